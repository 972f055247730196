"""Tables and facts. Import models from here."""

from webapp.models.audit_event import AuditEvent
from webapp.models.base import Base
from webapp.models.citizen import Citizen, CitizenKind, ContactTeam
from webapp.models.home import Department, DepartmentStaff, Home, Role, Shift, Staff
from webapp.models.observation import Observation, Outcome, SupportLevel, Withdrawal
from webapp.models.plan import Goal, Intervention, Plan, Sense, Sign
from webapp.models.sign_in import SignInThrottle, StaffSession

__all__ = [
    "AuditEvent",
    "Base",
    "Citizen",
    "CitizenKind",
    "ContactTeam",
    "Department",
    "DepartmentStaff",
    "Goal",
    "Home",
    "Intervention",
    "Observation",
    "Outcome",
    "Plan",
    "Role",
    "Sense",
    "Shift",
    "Sign",
    "SignInThrottle",
    "Staff",
    "StaffSession",
    "SupportLevel",
    "Withdrawal",
]

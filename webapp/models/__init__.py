"""Tables and facts. Import models from here."""

from webapp.models.audit_event import AuditEvent
from webapp.models.base import Base
from webapp.models.citizen import Citizen, CitizenKind, Contact, ContactKind, ContactTeam
from webapp.models.home import Department, DepartmentStaff, Home, Role, Shift, Staff
from webapp.models.observation import Observation, Outcome, SupportLevel, Withdrawal
from webapp.models.order import Order, OrderFile, OrderGoal, OrderKind
from webapp.models.plan import (
    Direction,
    Goal,
    GoalTemplate,
    GoalType,
    Intervention,
    InterventionDone,
    InterventionStatus,
    Measure,
    Participation,
    Plan,
    Sense,
    Sign,
    Step,
)
from webapp.models.plan_history import (
    ClosureVerdict,
    Draft,
    GoalAcknowledgement,
    GoalClosure,
    PlanPart,
    PlanRevision,
    Sparring,
    SparringComment,
)
from webapp.models.sign_in import SignInThrottle, StaffSession

__all__ = [
    "AuditEvent",
    "Base",
    "Citizen",
    "CitizenKind",
    "ClosureVerdict",
    "Contact",
    "ContactKind",
    "ContactTeam",
    "Department",
    "DepartmentStaff",
    "Direction",
    "Draft",
    "Goal",
    "GoalAcknowledgement",
    "GoalClosure",
    "GoalTemplate",
    "GoalType",
    "Home",
    "Intervention",
    "InterventionDone",
    "InterventionStatus",
    "Measure",
    "Observation",
    "Order",
    "OrderFile",
    "OrderGoal",
    "OrderKind",
    "Outcome",
    "Participation",
    "Plan",
    "PlanPart",
    "PlanRevision",
    "Role",
    "Sense",
    "Shift",
    "Sign",
    "SignInThrottle",
    "Sparring",
    "SparringComment",
    "Staff",
    "StaffSession",
    "Step",
    "SupportLevel",
    "Withdrawal",
]

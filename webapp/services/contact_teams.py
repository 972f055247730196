"""Who is responsible for a citizen's plan: read the contact team, and choose it."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.domain.managing import CARING_ROLES, check_contact_team
from webapp.models import Citizen, ContactTeam, DepartmentStaff, Staff
from webapp.services import audit


def team_of(session: Session, citizen: Citizen) -> list[Staff]:
    """Return the contact team by first name; may be empty."""
    query = select(Staff).join(ContactTeam, ContactTeam.staff_id == Staff.id)
    return list(
        session.scalars(
            query.where(ContactTeam.citizen_id == citizen.id).order_by(Staff.first_name, Staff.id)
        )
    )


def choosable_for(session: Session, citizen: Citizen) -> list[Staff]:
    """Return those who can be in the contact team: who work where the citizen lives, by name."""
    query = (
        select(Staff)
        .join(DepartmentStaff, DepartmentStaff.staff_id == Staff.id)
        .where(DepartmentStaff.department_id == citizen.department_id)
        .where(Staff.role.in_(CARING_ROLES), Staff.deactivated_at.is_(None))
    )
    return list(session.scalars(query.order_by(Staff.first_name, Staff.last_name, Staff.id)))


def set_contact_team(
    session: Session, citizen: Citizen, chosen: Collection[UUID], *, actor: Staff, now: datetime
) -> None:
    """Let these be the contact team, and nobody else. The same ones again are no change.

    Raises:
        ContactTeamUnfit.
    """
    # Held until the commit, so that two who choose at once do not end up with both choices.
    session.refresh(citizen, ["department_id"], with_for_update=True)
    wanted, stands = set(chosen), {each.id for each in team_of(session, citizen)}
    check_contact_team(wanted, {each.id for each in choosable_for(session, citizen)})
    if wanted == stands:
        return
    session.execute(
        delete(ContactTeam)
        .where(ContactTeam.citizen_id == citizen.id)
        .where(ContactTeam.staff_id.in_(stands - wanted))
    )
    session.add_all(ContactTeam(citizen_id=citizen.id, staff_id=id) for id in wanted - stands)
    audit.record(session, "contact_team.update", actor=actor, at=now, citizen_id=citizen.id)

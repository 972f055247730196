"""People who work here: invited, changed, let go, let in again; each act once in the log."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.blueprints.tapping import actions, count
from tests.factories import NOW, World, add_staff
from webapp.adapters import passwords
from webapp.domain.errors import (
    AlreadySaved,
    DepartmentMissing,
    EmailTaken,
    EmailUnfit,
    InvitationOver,
    LastAdmin,
    NotOnYourself,
    NotYoursToManage,
    RoleNotYours,
    StaffDeactivated,
)
from webapp.models import AuditEvent, Department, Invitation, Role, Staff
from webapp.services import staff as people
from webapp.services.colleagues import colleague_of, colleagues_of, contact_team_citizens
from webapp.services.invitations import create_invitation, find_invitation, open_invitation_of
from webapp.services.sign_in import find_session, open_session

PASSWORD = "regnvejr i Skagen"


@pytest.fixture
def ditte(session: Session, world: World) -> Staff:
    return session.merge(world.ditte)


@pytest.fixture
def frida(session: Session, world: World) -> Staff:
    return session.merge(world.frida)


@pytest.fixture
def bo(session: Session, world: World) -> Staff:
    return session.merge(world.bo)


def jonas(*departments: Department, role: Role = Role.STAFF) -> people.StaffContent:
    return people.StaffContent(
        first_name="Jonas",
        last_name="Lund",
        email=" Jonas@Solsikken.Example",
        role=role,
        departments=list(departments),
    )


def invite(
    session: Session, content: people.StaffContent, actor: Staff, id: UUID | None = None
) -> tuple[Staff, str | None]:
    return people.invite_staff(session, content, id=id or uuid4(), actor=actor, now=NOW)


# Invite


def test_an_invited_colleague_has_no_password_until_they_choose_one(
    session: Session, world: World, ditte: Staff
) -> None:
    staff, secret = invite(session, jonas(session.merge(world.soendermarken)), ditte)
    session.commit()

    assert secret
    assert (staff.email, staff.password_hash) == ("jonas@solsikken.example", None)
    assert actions(session) == ["staff.invite"]
    kept = session.scalars(select(Invitation)).one()
    assert secret not in kept.secret_hash
    assert (kept.made_by_id, kept.made_at) == (ditte.id, NOW)

    people.choose_password(session, secret, people.hash_fit(PASSWORD, ()), now=NOW)
    session.commit()

    assert passwords.verify_password(staff.password_hash, PASSWORD)
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "invitation.use")).one()
    assert (event.actor_id, event.object_id) == (staff.id, staff.id)


def test_the_same_form_again_adds_nobody_and_makes_no_second_link(
    session: Session, world: World, ditte: Staff
) -> None:
    id, content = uuid4(), jonas(session.merge(world.soendermarken))
    first, secret = invite(session, content, ditte, id)
    session.commit()

    again, none = invite(session, jonas(session.merge(world.soendermarken)), ditte, id)

    assert secret
    assert (again, none) == (first, None)
    assert actions(session) == ["staff.invite"]
    with pytest.raises(AlreadySaved):
        invite(session, jonas(session.merge(world.laerkereden)), ditte, id)


def test_a_manager_invites_staff_to_own_departments_only(
    session: Session, world: World, ditte: Staff
) -> None:
    elsewhere = session.get_one(Department, world.stranger.department_id)
    soendermarken = session.merge(world.soendermarken)
    for content, refusal in (
        (jonas(soendermarken, role=Role.ADMIN), RoleNotYours),
        (jonas(soendermarken, role=Role.MANAGER), RoleNotYours),
        (jonas(elsewhere), DepartmentMissing),
        (jonas(), DepartmentMissing),
    ):
        with pytest.raises(refusal):
            invite(session, content, ditte)

    assert actions(session) == []


@pytest.mark.parametrize(
    ("email", "refusal"), [("anna@solsikken.example", EmailTaken), ("jonas", EmailUnfit)]
)
def test_an_unfit_or_taken_address_is_refused(
    session: Session, world: World, frida: Staff, email: str, refusal: type[Exception]
) -> None:
    content = jonas(session.merge(world.soendermarken))
    content["email"] = email
    with pytest.raises(refusal):
        invite(session, content, frida)


# Links


def test_a_link_is_used_once(session: Session, frida: Staff, bo: Staff) -> None:
    secret = create_invitation(session, bo, actor=frida, now=NOW)
    people.choose_password(session, secret, people.hash_fit(PASSWORD, ()), now=NOW)
    session.commit()

    with pytest.raises(InvitationOver):
        people.choose_password(session, secret, people.hash_fit(PASSWORD, ()), now=NOW)


def test_a_link_is_good_for_seven_days(session: Session, frida: Staff, bo: Staff) -> None:
    secret = create_invitation(session, bo, actor=frida, now=NOW)

    assert find_invitation(session, secret, now=NOW + timedelta(days=6, hours=23))
    assert find_invitation(session, secret, now=NOW + timedelta(days=7)) is None
    assert open_invitation_of(session, bo, now=NOW + timedelta(days=7)) is None


def test_a_new_link_ends_the_one_before(session: Session, frida: Staff, bo: Staff) -> None:
    first = create_invitation(session, bo, actor=frida, now=NOW)
    second = create_invitation(session, bo, actor=frida, now=NOW)

    assert find_invitation(session, first, now=NOW) is None
    assert find_invitation(session, second, now=NOW)
    assert count(session, Invitation) == 1


@pytest.mark.parametrize("secret", ["", "x", "\x00", "æ" * 5000])
@pytest.mark.usefixtures("world")
def test_what_is_no_secret_opens_nothing(session: Session, secret: str) -> None:
    assert find_invitation(session, secret, now=NOW) is None


def test_a_forgotten_password_works_until_the_link_is_used_and_then_ends_everywhere(
    session: Session, frida: Staff, bo: Staff
) -> None:
    before = bo.password_hash
    tablet = open_session(session, bo, now=NOW)
    secret = create_invitation(session, bo, actor=frida, now=NOW)
    assert bo.password_hash == before

    people.choose_password(session, secret, people.hash_fit(PASSWORD, ()), now=NOW)
    session.commit()
    session.expire_all()

    assert bo.password_hash != before
    assert find_session(session, tablet, now=NOW) is None


def test_a_manager_makes_no_link_for_someone_with_more_rights(
    session: Session, ditte: Staff, frida: Staff
) -> None:
    for staff in (frida, ditte):
        with pytest.raises(NotYoursToManage):
            create_invitation(session, staff, actor=ditte, now=NOW)


# Change


def test_a_change_is_one_event_and_the_same_again_is_none(
    session: Session, world: World, ditte: Staff, bo: Staff
) -> None:
    content = people.content_of(bo) | {"last_name": "Kristensen", "role": Role.FACILITATOR}
    for _ in range(2):
        people.update_staff(session, bo, content.copy(), actor=ditte, now=NOW)
        session.commit()

    assert (bo.last_name, bo.role) == ("Kristensen", Role.FACILITATOR)
    assert actions(session) == ["staff.update"]


def test_nobody_changes_their_own_role(session: Session, frida: Staff) -> None:
    content = people.content_of(frida)
    content["role"] = Role.STAFF
    content["departments"] = list(session.scalars(select(Department).limit(1)))
    with pytest.raises(NotOnYourself):
        people.update_staff(session, frida, content, actor=frida, now=NOW)


def test_an_address_that_is_taken_changes_nothing(
    session: Session, frida: Staff, bo: Staff
) -> None:
    content = people.content_of(bo)
    content["email"] = "anna@solsikken.example"
    with pytest.raises(EmailTaken):
        people.update_staff(session, bo, content, actor=frida, now=NOW)
    session.rollback()

    assert bo.email == "bo@solsikken.example"
    assert actions(session) == []


def test_the_last_admin_stays_admin_and_stays(session: Session, world: World, frida: Staff) -> None:
    other = add_staff(session, session.merge(world.soendermarken), "Gry", "Dam", Role.ADMIN)
    content = people.content_of(frida)
    content["role"], content["departments"] = Role.MANAGER, [session.merge(world.soendermarken)]
    other.deactivated_at = NOW

    with pytest.raises(LastAdmin):
        people.update_staff(session, frida, content, actor=other, now=NOW)
    with pytest.raises(LastAdmin):
        people.deactivate_staff(session, frida, actor=other, now=NOW)

    other.deactivated_at = None
    people.deactivate_staff(session, frida, actor=other, now=NOW)
    assert frida.deactivated_at == NOW


# Let go, let in


def test_whoever_is_let_go_is_out_at_once_with_their_link(
    session: Session, frida: Staff, bo: Staff
) -> None:
    tablet = open_session(session, bo, now=NOW)
    secret = create_invitation(session, bo, actor=frida, now=NOW)
    for _ in range(2):
        people.deactivate_staff(session, bo, actor=frida, now=NOW)
    session.commit()
    session.expire_all()

    assert find_session(session, tablet, now=NOW) is None
    assert find_invitation(session, secret, now=NOW) is None
    with pytest.raises(StaffDeactivated):
        create_invitation(session, bo, actor=frida, now=NOW)
    assert actions(session) == ["invitation.create", "staff.deactivate"]

    for _ in range(2):
        people.reactivate_staff(session, bo, actor=frida, now=NOW)
    session.commit()

    assert bo.deactivated_at is None
    assert find_session(session, tablet, now=NOW) is None, "an old session stays dead"
    assert actions(session)[2:] == ["staff.reactivate"]


def test_nobody_lets_themselves_go(session: Session, frida: Staff) -> None:
    with pytest.raises(NotOnYourself):
        people.deactivate_staff(session, frida, actor=frida, now=NOW)


# The list


def test_a_manager_sees_own_departments_and_an_admin_the_home(
    session: Session, world: World, frida: Staff
) -> None:
    pia = add_staff(session, session.merge(world.laerkereden), "Pia", "Vang", Role.MANAGER)

    def names(viewer: Staff, name: str = "") -> list[str]:
        return [each.staff.first_name for each in colleagues_of(session, viewer, name=name)]

    assert names(pia) == ["Carl", "Ditte", "Erik", "Pia"]
    assert names(frida) == ["Anna", "Bo", "Carl", "Ditte", "Erik", "Frida", "Pia"]
    assert names(frida, "  pIA v") == ["Pia"]
    assert names(frida, "ø") == ["Frida"], "Møller"


def test_the_list_tells_who_was_here_lately_and_who_was_let_go(
    session: Session, frida: Staff, bo: Staff
) -> None:
    open_session(session, bo, now=NOW - timedelta(days=2))
    open_session(session, bo, now=NOW - timedelta(hours=1))
    session.flush()

    assert colleague_of(session, frida, bo).seen_at == NOW - timedelta(hours=1)
    bo.deactivated_at = NOW
    session.flush()
    [gone] = colleagues_of(session, frida, deactivated=True)
    assert gone.staff is bo
    assert bo not in {each.staff for each in colleagues_of(session, frida)}


def test_only_someone_who_manages_citizens_sees_whose_contact_team_one_is_in(
    session: Session, world: World, ditte: Staff, frida: Staff
) -> None:
    anna = session.merge(world.anna)

    assert [each.first_name for each in contact_team_citizens(session, ditte, anna)] == ["Sofie"]
    assert contact_team_citizens(session, frida, anna) == []

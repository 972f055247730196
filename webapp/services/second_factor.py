"""The code from an app, and the recovery codes on paper that stand in for it."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from webapp.adapters import totp
from webapp.adapters.sealing import SealBroken, Sealer
from webapp.domain.errors import SecondFactorOn, SetUpTooOld
from webapp.domain.managing import check_manages, check_on_another
from webapp.domain.second_factor import RECOVERY_CODES, steps_around
from webapp.domain.throttle import CODE, HERE, network_of
from webapp.models import RecoveryCode, SignInMethod, Staff
from webapp.services import audit
from webapp.services.sign_in import exchange_session
from webapp.services.staff import end_sessions
from webapp.services.throttling import count_failure, counters_of, drop_empty, is_shut

LABEL: Final = "totp"
"""What the secrets of apps are sealed for."""

SET_UP_WITHIN: Final = timedelta(hours=1)

# Without 0, 1, i, l and o: they are read from paper.
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS: Final = 4


@dataclass(frozen=True, slots=True)
class Draft:
    """A secret that an app has been shown and nobody has confirmed; nothing of it is stored.

    Attributes:
        secret: Base32.
        sealed: The same and whose it is, as the form carries it.
    """

    secret: str
    sealed: str


@dataclass(frozen=True, slots=True)
class TurnedOn:
    """What somebody gets when the second factor is on.

    Attributes:
        secret: For the cookie: the session goes on with another secret.
        codes: The recovery codes; nobody can read them again.
    """

    secret: str
    codes: list[str]


@dataclass(frozen=True, slots=True)
class Knock:
    """Where a code was typed, and what tries are counted under.

    Attributes:
        address: The network address.
        pepper: Keys the hashes under which tries are counted.
        sealer: Opens the secrets of apps.
        now: Aware.
    """

    address: str
    pepper: bytes
    sealer: Sealer
    now: datetime


def draw_draft(staff: Staff, sealer: Sealer) -> Draft:
    """Return a new secret for somebody's app."""
    secret = totp.new_secret()
    return Draft(secret, sealer.seal(f"{staff.id} {secret}"))


def read_draft(staff: Staff, sealer: Sealer, sealed: str) -> Draft:
    """Return the secret that a form carried.

    Raises:
        SetUpTooOld: It is an hour old, or somebody else's.
    """
    try:
        whose, _, secret = sealer.open(sealed, no_older_than=SET_UP_WITHIN).partition(" ")
    except SealBroken:
        raise SetUpTooOld from None
    if whose != str(staff.id):
        raise SetUpTooOld
    return Draft(secret, sealed)


def turn_on(
    session: Session, staff: Staff, draft: Draft, code: str, *, opened: str, knock: Knock
) -> TurnedOn | None:
    """Keep the secret of an app once a code shows that the app has it; None when it does not.

    Args:
        session: Not committed here.
        staff: Whose.
        draft: From `read_draft`.
        code: As typed.
        opened: The secret of the session it is done in; another one takes its place.
        knock: See there.

    Raises:
        SecondFactorOn.
    """
    _hold(session, staff)
    if staff.totp_confirmed_at:
        raise SecondFactorOn
    step = totp.fitting_step(draft.secret, _tidy(code), steps_around(knock.now))
    if step is None:
        return None
    secret = exchange_session(session, opened, now=knock.now, method=SignInMethod.SECOND_FACTOR)
    staff.totp_secret = knock.sealer.seal(draft.secret)
    staff.totp_confirmed_at, staff.totp_last_step = knock.now, step
    codes = _make_codes(session, staff, knock.now)
    audit.record(session, "second_factor.turn_on", actor=staff, at=knock.now, object_id=staff.id)
    return TurnedOn(secret, codes)


def sign_in_with_code(
    session: Session, staff: Staff, typed: str, *, opened: str, knock: Knock
) -> str | None:
    """Let a code, or a recovery code, open the rest of the way.

    Args:
        session: Committed by the caller whatever the answer: wrong tries are counted here.
        staff: Whose password was right.
        typed: As typed.
        opened: The secret of the session that the password opened.
        knock: See there.

    Returns:
        The secret for the cookie; None when refused, for whatever reason.
    """
    used = _let_count(session, staff, typed, knock)
    if used is None:
        return None
    audit.record(session, used, actor=staff, at=knock.now, object_id=staff.id)
    return exchange_session(session, opened, now=knock.now, method=SignInMethod.SECOND_FACTOR)


def turn_off(session: Session, staff: Staff, typed: str, *, knock: Knock) -> bool:
    """Throw the second factor away, when a code shows that it is theirs; else False.

    Args:
        session: Committed by the caller whatever the answer: wrong tries are counted here.
        staff: Whose.
        typed: A code or a recovery code.
        knock: See there.
    """
    if _let_count(session, staff, typed, knock) is None:
        return False
    _throw_away(session, staff)
    audit.record(session, "second_factor.turn_off", actor=staff, at=knock.now, object_id=staff.id)
    return True


def renew_recovery_codes(session: Session, staff: Staff, *, now: datetime) -> list[str]:
    """Make ten new recovery codes; the old ones open nothing any more."""
    _hold(session, staff)
    codes = _make_codes(session, staff, now)
    audit.record(session, "second_factor.renew_codes", actor=staff, at=now, object_id=staff.id)
    return codes


def reset_second_factor(
    session: Session, staff: Staff, *, actor: Staff | None, now: datetime
) -> None:
    """Take away the second factor of somebody who has lost it; all of their sessions end.

    Args:
        session: Not committed here.
        staff: Whose. Without one nothing is done.
        actor: A manager or admin; None from the command line.
        now: Aware.

    Raises:
        NotYoursToManage, NotOnYourself.
    """
    if actor:
        check_manages(actor, staff)
        check_on_another(actor, staff)
    if not staff.totp_confirmed_at:
        return
    _throw_away(session, staff)
    end_sessions(session, staff, now=now)
    audit.record(session, "second_factor.reset", actor=actor, at=now, object_id=staff.id)


def recovery_codes_left(session: Session, staff: Staff) -> int:
    """Return how many recovery codes somebody has not used."""
    unused = (RecoveryCode.staff_id == staff.id, RecoveryCode.used_at.is_(None))
    return session.scalar(select(func.count()).select_from(RecoveryCode).where(*unused)) or 0


def _let_count(session: Session, staff: Staff, typed: str, knock: Knock) -> str | None:
    """Return what a right code is called in the audit log; None, remembered, when it is wrong."""
    doors = {CODE: ("code", str(staff.id)), HERE: ("network", network_of(knock.address))}
    counters = counters_of(session, doors, pepper=knock.pepper, now=knock.now)
    if is_shut(counters, knock.now):
        drop_empty(session, counters.values())
        return None
    _hold(session, staff)
    typed = _tidy(typed)
    if totp.looks_like_code(typed):
        used = "sign_in.create" if _use_code(staff, typed, knock) else None
    else:
        used = "sign_in.recover" if _use_recovery_code(session, staff, typed, knock) else None
    if used:
        counters[CODE].failures = 0
        drop_empty(session, counters.values())
    else:
        count_failure(counters, knock.now)
        audit.record(session, "sign_in.refuse", actor=None, at=knock.now, object_id=staff.id)
    return used


def _use_code(staff: Staff, code: str, knock: Knock) -> bool:
    """Tell whether a code fits, and let it open once."""
    try:
        secret = knock.sealer.open(staff.totp_secret or "")
    except SealBroken:
        return False
    step = totp.fitting_step(secret, code, steps_around(knock.now))
    if step is None or step <= staff.totp_last_step:
        return False
    staff.totp_last_step = step
    # So that a secret of the server can be retired while people keep their apps.
    staff.totp_secret = knock.sealer.renew(staff.totp_secret or "")
    return True


def _use_recovery_code(session: Session, staff: Staff, typed: str, knock: Knock) -> bool:
    """Tell whether a recovery code fits, and let it open once."""
    found = session.get(RecoveryCode, (staff.id, _hash_code(staff.id, typed)))
    if not found or found.used_at:
        return False
    found.used_at = knock.now
    return True


def _make_codes(session: Session, staff: Staff, now: datetime) -> list[str]:
    session.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == staff.id))
    codes = [_draw_code() for _ in range(RECOVERY_CODES)]
    session.add_all(
        RecoveryCode(staff_id=staff.id, code_hash=_hash_code(staff.id, _tidy(code)), made_at=now)
        for code in codes
    )
    return codes


def _draw_code() -> str:
    """Return a recovery code: 79 bits in four groups, so that its hash cannot be tried out."""
    return "-".join(
        "".join(secrets.choice(_LETTERS) for _ in range(_GROUPS)) for _ in range(_GROUPS)
    )


def _throw_away(session: Session, staff: Staff) -> None:
    staff.totp_secret = staff.totp_confirmed_at = None
    session.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == staff.id))


def _hold(session: Session, staff: Staff) -> None:
    """Lock the person's row: two who type the same code at once are not both let in."""
    session.refresh(
        staff, ["totp_secret", "totp_confirmed_at", "totp_last_step"], with_for_update=True
    )


def _tidy(typed: str) -> str:
    """Return a code without the spaces and lines that people write in it."""
    return "".join(sign for sign in typed.lower() if sign.isalnum())


def _hash_code(staff_id: UUID, code: str) -> str:
    return hashlib.sha256(f"{staff_id} {code}".encode()).hexdigest()

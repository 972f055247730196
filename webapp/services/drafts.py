"""Keep what somebody is writing, so that a locked tablet or a lost network loses no word."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from webapp.models import Draft, Staff


def keep_draft(
    session: Session, form: str, fields: Mapping[str, list[str]], *, actor: Staff, now: datetime
) -> Draft:
    """Keep the fields of a form as they stand; the draft before it is replaced.

    Not audited: it is the writer's own, and nobody else reads it.

    Args:
        session: Not committed here.
        form: Which form: the path it is sent to.
        fields: By name, each with its values.
        actor: Whose draft.
        now: Aware.
    """
    key = (actor.id, form)
    if session.get(Draft, key) is None:
        # The same writer may have two pages open.
        with suppress(IntegrityError), session.begin_nested():
            session.add(Draft(staff_id=actor.id, form=form, fields={}, saved_at=now))
    draft = session.get_one(Draft, key)
    draft.fields, draft.saved_at = dict(fields), now
    return draft


def find_draft(session: Session, form: str, *, actor: Staff) -> Draft | None:
    """Return somebody's own draft of a form; None when there is none."""
    return session.get(Draft, (actor.id, form))


def drop_draft(session: Session, form: str, *, actor: Staff) -> None:
    """Forget a draft, because it was saved or thrown away; without one nothing happens."""
    session.execute(delete(Draft).where(Draft.staff_id == actor.id, Draft.form == form))

"""What logging and correcting answer alike."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from webapp import access
from webapp.adapters import clock
from webapp.db import db
from webapp.domain.errors import Refused
from webapp.htmx import wants_fragment
from webapp.login import current_staff, home_zone
from webapp.messages import words_for
from webapp.models import Goal
from webapp.services.board import card_of

_FIELDS = {
    "time_in_future": "at",
    "time_too_old": "at",
    "reason_missing": "reason",
    "outcome_needs_sign": "sign_id",
    "outcome_only_corrects": "outcome",
    "sign_archived": "sign_id",
    "sign_elsewhere": "sign_id",
    "support_missing": "support_level",
    "value_missing": "value",
    "value_unfit": "value",
}


def keep_and_answer(
    goal: Goal, *, opened: UUID | None = None, undone: bool = False
) -> ResponseReturnValue:
    """Commit once and show what is stored now: a card to htmx, the day to a plain form.

    Args:
        goal: What was logged on.
        opened: The observation whose details stand open; None for none.
        undone: Whether a tap was taken back; decides the words.
    """
    citizen_id = goal.plan.citizen_id
    access.keep_or_log_read("goal.read", citizen_id=citizen_id, object_id=goal.id)
    if not wants_fragment():
        day = url_for("citizens.show", citizen_id=citizen_id, opened=opened)
        return redirect(f"{day}#goal-{goal.id}", 303)
    now = clock.now()
    return render_template(
        "observations/_answer.html",
        card=card_of(db.session(), goal, viewer=current_staff(), now=now, zone=home_zone()),
        staff=current_staff(),
        now=now,
        opened=str(opened),
        undone=undone,
    )


def words_at_field(form: FlaskForm, refused: Refused) -> None:
    """Put the words for a refusal at the field it concerns; the form shows the rest on top."""
    name = _FIELDS.get(refused.code, "new_id")
    if name in form:
        form[name].errors = [words_for(refused.code)]


def first_words(form: FlaskForm) -> str | None:
    """Return the words of the first field that is wrong, for where no field is shown."""
    return next((str(field.errors[0]) for field in form if field.errors), None)

"""What logging and correcting answer alike."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from webapp.adapters import clock
from webapp.db import db, read_only
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
}


def answer(goal: Goal, *, opened: UUID | None) -> ResponseReturnValue:
    """Show what is stored now: htmx gets the goal's card, a plain form is sent to the day.

    Args:
        goal: What was logged on; already committed.
        opened: The observation whose details stand open; None for none.
    """
    if not wants_fragment():
        day = url_for("citizens.show", citizen_id=goal.plan.citizen_id, opened=opened)
        return redirect(f"{day}#goal-{goal.id}", 303)
    read_only()
    now = clock.now()
    return render_template(
        "observations/_answer.html",
        card=card_of(db.session(), goal, now=now, zone=home_zone()),
        staff=current_staff(),
        now=now,
        opened=str(opened),
    )


def words_at_field(form: FlaskForm, refused: Refused) -> None:
    """Put the words for a refusal at the field it concerns; the form shows the rest on top."""
    name = _FIELDS.get(refused.code, "new_id")
    if name in form:
        form[name].errors = [words_for(refused.code)]

"""What every form of a plan shares: the draft it begins with, and both texts when two wrote it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms.widgets import HiddenInput

from webapp import access
from webapp.db import db
from webapp.domain.errors import EditedMeanwhile, Refused
from webapp.domain.planning import in_few_words
from webapp.domain.revising import changed_fields
from webapp.fields import HALF_A_PAGE, Form, PlanTextField, UuidField, WholeNumberField
from webapp.i18n import lazy as _l
from webapp.login import current_staff
from webapp.messages import words_for
from webapp.models import Draft, Goal, OrderGoal, PlanPart, Staff
from webapp.plan_words import in_plan_units, names_in, revision_words
from webapp.services.drafts import drop_draft, find_draft
from webapp.services.plan_history import revisions_of
from webapp.services.plans import newest_revision, plain

AnyForm = TypeVar("AnyForm", bound="PlanForm")


class PlanForm(Form):
    """A part of a plan. `based_on` is the number of the revision the form was drawn from."""

    based_on = WholeNumberField(widget=HiddenInput())
    why = PlanTextField(_l("Hvorfor ændrer du?"))


class NewPlanForm(PlanForm):
    """A part that may be new: then `new_id` is what it gets, made where the form was drawn."""

    new_id = UuidField()

    def validate_new(self) -> bool:
        """Validate the form of something that is not stored yet."""
        valid = bool(self.validate())
        if not self.new_id.data:
            self.new_id.errors = [str(HALF_A_PAGE)]
        return valid and bool(self.new_id.data)


@dataclass(slots=True)
class Editing:
    """A form being shown.

    Attributes:
        action: The path it is sent to; also the name of its draft.
        form: With what is stored, what was typed, or what the draft holds.
        draft: What the fields were filled from; None when from what is stored.
        theirs: What a colleague saved meanwhile where both wrote, in words by field.
    """

    action: str
    form: Any
    draft: Draft | None = None
    theirs: Mapping[str, str] = field(default_factory=dict)


def begin(
    form: type[AnyForm], action: str, values: Mapping[str, Any], *, part: PlanPart, object_id: UUID
) -> Editing:
    """Return a form to write in: from the writer's own draft, else from what is stored."""
    newest = newest_revision(db.session(), part, object_id)
    draft = find_draft(db.session(), action, actor=current_staff())
    if draft:
        # The number stays the draft's: what was saved since is told when it is sent.
        return Editing(action, form(formdata=MultiDict(draft.fields)), draft)
    return Editing(action, form(formdata=None, based_on=newest.number if newest else 0, **values))


def begin_new(form: type[AnyForm], action: str, values: Mapping[str, Any]) -> Editing:
    """Return an empty form for something new, or the writer's draft of it."""
    draft = find_draft(db.session(), action, actor=current_staff())
    if draft:
        return Editing(action, form(formdata=MultiDict(draft.fields)), draft)
    return Editing(action, form(formdata=None, based_on=0, **values))


def refuse(
    form: PlanForm,
    action: str,
    refused: Refused,
    fields: Mapping[str, str],
    *,
    part: PlanPart | None = None,
    object_id: UUID | None = None,
    values: Mapping[str, Any] | None = None,
) -> Editing:
    """Roll back and put the words where they help; two texts of one part come side by side.

    Args:
        form: As it was sent.
        action: The path it was sent to.
        refused: Why.
        fields: Codes and the names of the fields they speak of.
        part: What is written; None when it is new.
        object_id: Of the row that is written.
        values: What was to be saved. What only the colleague changed goes into the form; what
            both changed comes beside.
    """
    db.session.rollback()
    name = fields.get(refused.code, "based_on")
    form[name].errors = [words_for(refused.code)]
    theirs: Mapping[str, str] = {}
    if isinstance(refused, EditedMeanwhile) and part and object_id:
        theirs = _merge(form, part, object_id, values or {})
    return Editing(action, form, theirs=theirs)


def _merge(
    form: PlanForm, part: PlanPart, object_id: UUID, ours: Mapping[str, Any]
) -> dict[str, str]:
    """Take over what only the colleague changed; return, in words, what both did."""
    revisions = revisions_of(db.session(), part, object_id)
    drawn_from = form.based_on.data or 0
    base = next(
        (
            each.content
            for each in revisions
            # Before the first change stood number 1, or nothing at all.
            if each.number == drawn_from or (not drawn_from and each.author_id is None)
        ),
        {},
    )
    newest = in_plan_units(revisions[-1].content)
    base, names = in_plan_units(base), names_in(db.session(), revisions)
    both: dict[str, str] = {}
    for name, value in in_plan_units({key: plain(said) for key, said in ours.items()}).items():
        if not changed_fields({name: newest.get(name)}, {name: value}):
            continue
        if not changed_fields({name: base.get(name)}, {name: newest.get(name)}):
            continue
        if changed_fields({name: base.get(name)}, {name: value}):
            both[name] = revision_words(name, newest.get(name), names)
        elif name in form:
            sent = [_as_sent(newest.get(name))]
            form[name].raw_data = sent
            form[name].process_formdata(sent)
    form.based_on.data, form.based_on.raw_data = revisions[-1].number, None
    return both


def _as_sent(value: Any) -> str:
    """Return what a revision says the way a form sends it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return "" if value is None else str(value)


def keep_and_go(
    action: str, url: str, read: str, *, citizen_id: UUID, object_id: UUID
) -> ResponseReturnValue:
    """Commit once, with the draft gone, and go on to a page."""
    drop_draft(db.session(), action, actor=current_staff())
    access.keep_or_log_read(read, citizen_id=citizen_id, object_id=object_id)
    return go(url)


def keep_and_show(action: str, goal: Goal, *, object_id: UUID) -> ResponseReturnValue:
    """Commit once, with the draft gone, and show the goal where it stands on its plan."""
    citizen_id = goal.plan.citizen_id
    plan = url_for("plans.show", citizen_id=citizen_id, _anchor=f"goal-{goal.id}")
    return keep_and_go(action, plan, "plan.read", citizen_id=citizen_id, object_id=object_id)


def go(url: str) -> ResponseReturnValue:
    """Send a plain form on to a page."""
    return redirect(url, 303)


def with_chosen(
    offered: Iterable[Staff | Goal | OrderGoal], chosen: Staff | Goal | OrderGoal | None
) -> list[tuple[UUID, str]]:
    """Return what can be chosen, id and words; what was chosen before may stay."""
    rows = {each.id: each for each in [*offered, *([chosen] if chosen else [])]}
    return [
        (id, f"{row.first_name} {row.last_name}" if isinstance(row, Staff) else _short(row.text))
        for id, row in rows.items()
    ]


def _short(text: str) -> str:
    return in_few_words(text, 90)


def sent(form: FlaskForm, names: tuple[str, ...]) -> dict[str, Any]:
    """Return the values of these fields of a form."""
    return {name: form[name].data for name in names}

"""What every form of a plan shares: the draft it begins with, and both texts when two wrote it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from flask import redirect
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms.widgets import HiddenInput

from webapp import access
from webapp.db import db
from webapp.domain.errors import EditedMeanwhile, Refused
from webapp.fields import Form, PlanTextField, WholeNumberField
from webapp.i18n import lazy as _l
from webapp.login import current_staff
from webapp.messages import words_for
from webapp.models import Draft, PlanPart
from webapp.plan_words import in_plan_units
from webapp.services.drafts import drop_draft, find_draft
from webapp.services.plans import newest_revision, plain

AnyForm = TypeVar("AnyForm", bound="PlanForm")


class PlanForm(Form):
    """A part of a plan. `based_on` is the number of the revision the form was drawn from."""

    based_on = WholeNumberField(widget=HiddenInput())
    why = PlanTextField(_l("Hvorfor ændrer du?"))


@dataclass(slots=True)
class Editing:
    """A form being shown.

    Attributes:
        action: The path it is sent to; also the name of its draft.
        form: With what is stored, what was typed, or what the draft holds.
        draft: What the fields were filled from; None when from what is stored.
        theirs: What a colleague saved meanwhile, by field; empty when nobody did.
    """

    action: str
    form: Any
    draft: Draft | None = None
    theirs: Mapping[str, Any] = field(default_factory=dict)


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
        values: What was to be saved; only fields that a colleague saved otherwise come beside.
    """
    db.session.rollback()
    name = fields.get(refused.code, "based_on")
    form[name].errors = [words_for(refused.code)]
    theirs: Mapping[str, Any] = {}
    if isinstance(refused, EditedMeanwhile) and part and object_id:
        newest = newest_revision(db.session(), part, object_id)
        content = newest.content if newest else {}
        ours = values or {}
        differing = {name for name in ours if plain(ours[name]) != content.get(name)}
        theirs = {name: said for name, said in in_plan_units(content).items() if name in differing}
        form.based_on.data = newest.number if newest else 0
        form.based_on.raw_data = None
    return Editing(action, form, theirs=theirs)


def keep_and_go(
    action: str, url: str, read: str, *, citizen_id: UUID, object_id: UUID
) -> ResponseReturnValue:
    """Commit once, with the draft gone, and go on to a page."""
    drop_draft(db.session(), action, actor=current_staff())
    access.keep_or_log_read(read, citizen_id=citizen_id, object_id=object_id)
    return go(url)


def go(url: str) -> ResponseReturnValue:
    """Send a plain form on to a page."""
    return redirect(url, 303)


def sent(form: FlaskForm, names: tuple[str, ...]) -> dict[str, Any]:
    """Return the values of these fields of a form."""
    return {name: form[name].data for name in names}

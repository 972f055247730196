"""What the forms of a citizen and of the contacts answer alike."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import access
from webapp.blueprints.profiles.forms import ContactForm, ProfileForm
from webapp.db import db
from webapp.domain.errors import EditedMeanwhile, Refused
from webapp.domain.versions import version_of
from webapp.legal_grounds import legal_grounds
from webapp.messages import words_for
from webapp.models import Citizen, Contact
from webapp.services.profiles import content_of, profile_of


def keep_and_go(citizen_id: UUID, *, contact: Contact | None = None) -> ResponseReturnValue:
    """Commit once and go to the citizen's page, to the contact when there is one."""
    object_id = contact.id if contact else citizen_id
    access.keep_or_log_read("profile.read", citizen_id=citizen_id, object_id=object_id)
    place = f"#contact-{contact.id}" if contact else ""
    return redirect(url_for("profiles.show", citizen_id=citizen_id) + place, 303)


def show_profile(citizen: Citizen, form: ProfileForm, *, shows_stored: bool = False) -> str:
    """Draw the form of a citizen; with what is stored now below, for someone who must compare."""
    access.log_read("profile.read", citizen_id=citizen.id)
    return render_template(
        "profiles/edit.html",
        citizen=citizen,
        form=form,
        departments=access.departments(),
        laws=legal_grounds(),
        shows_stored=shows_stored,
    )


def show_contact(
    citizen: Citizen, contact: Contact | None, form: ContactForm, *, shows_stored: bool = False
) -> str:
    """Draw the form of a new contact, or of one that is stored."""
    object_id = contact.id if contact else None
    access.log_read("profile.read", citizen_id=citizen.id, object_id=object_id)
    return render_template(
        "profiles/edit_contact.html",
        citizen=citizen,
        contact=contact,
        form=form,
        shows_stored=shows_stored,
    )


def refuse_profile(citizen: Citizen, form: ProfileForm, refused: Refused) -> ResponseReturnValue:
    """Roll back and show the form again with all that was typed, and what a colleague wrote."""
    db.session.rollback()
    _take_version(form, profile_of(citizen), refused)
    form.drawn_from.errors = [words_for(refused.code)]
    return show_profile(citizen, form, shows_stored=True), refused.status


def refuse_contact(
    citizen: Citizen, contact: Contact | None, form: ContactForm, refused: Refused
) -> ResponseReturnValue:
    """Roll back and show the form again with all that was typed, and what a colleague wrote."""
    db.session.rollback()
    if contact:
        _take_version(form, content_of(contact), refused)
    form.new_id.errors = [words_for(refused.code)]
    return show_contact(citizen, contact, form, shows_stored=contact is not None), refused.status


def _take_version(
    form: ProfileForm | ContactForm, stored: Mapping[str, Any], refused: Refused
) -> None:
    """Both texts stand on the page now, so the next time it is saved is with open eyes."""
    if isinstance(refused, EditedMeanwhile):
        form.drawn_from.data = version_of(stored)

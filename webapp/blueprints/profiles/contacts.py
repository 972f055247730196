"""Those around a citizen: add someone, change what is kept, take someone off the list."""

from uuid import UUID

from flask.typing import ResponseReturnValue

from webapp import access
from webapp.access import requires
from webapp.adapters import clock
from webapp.blueprints.profiles.answers import keep_and_go, refuse_contact, show_contact
from webapp.blueprints.profiles.forms import ContactForm
from webapp.blueprints.profiles.routes import bp
from webapp.db import db
from webapp.domain.errors import Refused
from webapp.domain.permissions import Permission
from webapp.domain.versions import version_of
from webapp.login import current_staff
from webapp.models import Citizen, Contact
from webapp.services import profiles


@bp.get("/citizens/<uuid:citizen_id>/contacts/new")
@requires(Permission.EDIT_PLAN)
def new_contact(citizen_id: UUID) -> ResponseReturnValue:
    """Show an empty form."""
    citizen = access.citizen(citizen_id)
    access.check_plan_of(citizen, Permission.EDIT_PLAN)
    return show_contact(citizen, None, ContactForm())


@bp.post("/citizens/<uuid:citizen_id>/contacts")
@requires(Permission.EDIT_PLAN)
def create_contact(citizen_id: UUID) -> ResponseReturnValue:
    """Add someone to the list."""
    citizen = access.citizen(citizen_id)
    access.check_plan_of(citizen, Permission.EDIT_PLAN)
    return _save(citizen, None, ContactForm())


@bp.get("/contacts/<uuid:contact_id>/edit")
@requires(Permission.EDIT_PLAN)
def edit_contact(contact_id: UUID) -> ResponseReturnValue:
    """Show what is kept of someone to write in."""
    contact = access.contact(contact_id)
    access.check_plan_of(contact.citizen, Permission.EDIT_PLAN)
    stored = profiles.content_of(contact)
    form = ContactForm(**stored, drawn_from=version_of(stored))
    return show_contact(contact.citizen, contact, form)


@bp.post("/contacts/<uuid:contact_id>")
@requires(Permission.EDIT_PLAN)
def update_contact(contact_id: UUID) -> ResponseReturnValue:
    """Save what is kept of someone."""
    contact = access.contact(contact_id)
    access.check_plan_of(contact.citizen, Permission.EDIT_PLAN)
    return _save(contact.citizen, contact, ContactForm())


@bp.post("/contacts/<uuid:contact_id>/archival")
@requires(Permission.EDIT_PLAN)
def archive_contact(contact_id: UUID) -> ResponseReturnValue:
    """Take someone off the list."""
    contact = access.contact(contact_id)
    access.check_plan_of(contact.citizen, Permission.EDIT_PLAN)
    profiles.archive_contact(db.session(), contact, actor=current_staff(), now=clock.now())
    return keep_and_go(contact.citizen_id, contact=contact)


@bp.post("/contacts/<uuid:contact_id>/restoration")
@requires(Permission.EDIT_PLAN)
def restore_contact(contact_id: UUID) -> ResponseReturnValue:
    """Put someone back on the list."""
    contact = access.contact(contact_id)
    access.check_plan_of(contact.citizen, Permission.EDIT_PLAN)
    profiles.restore_contact(db.session(), contact, actor=current_staff(), now=clock.now())
    return keep_and_go(contact.citizen_id, contact=contact)


def _save(citizen: Citizen, contact: Contact | None, form: ContactForm) -> ResponseReturnValue:
    if not form.validate():
        return show_contact(citizen, contact, form), 422
    session, content = db.session(), form.content
    actor, now = current_staff(), clock.now()
    try:
        if contact:
            drawn_from = str(form.drawn_from.data)
            profiles.update_contact(
                session, contact, content, drawn_from=drawn_from, actor=actor, now=now
            )
        else:
            id = form.new_id.data
            contact = profiles.create_contact(
                session, citizen, content, id=id, actor=actor, now=now
            )
    except Refused as refused:
        return refuse_contact(citizen, contact, form, refused)
    return keep_and_go(citizen.id, contact=contact)

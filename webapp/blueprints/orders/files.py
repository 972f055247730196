"""Papers that come with an order: laid beside it, and handed out whole, never shown in a page."""

from uuid import UUID

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from webapp import access
from webapp.access import requires
from webapp.adapters import clock
from webapp.adapters.media_store import MediaMissing, get_media
from webapp.adapters.papers import PaperUnread
from webapp.blueprints.orders.answers import keep_and_go
from webapp.blueprints.orders.forms import PaperForm
from webapp.blueprints.orders.routes import bp
from webapp.current import media_store
from webapp.db import db
from webapp.domain.errors import Refused
from webapp.domain.permissions import Permission
from webapp.http_errors import problem
from webapp.login import current_staff
from webapp.messages import words_for
from webapp.models import Order, OrderFile
from webapp.pages import as_attachment
from webapp.services.order_files import LARGEST_FILE, add_order_file, keep_paper
from webapp.uploads import takes_file

_AS_A_FILE = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}
"""A browser keeps it and opens nothing: no script in it runs, and its kind is not guessed."""


@bp.get("/orders/<uuid:order_id>/files/new")
@requires(Permission.EDIT_PLAN)
def new_file(order_id: UUID) -> ResponseReturnValue:
    """Show the form for a paper."""
    order = access.order(order_id)
    access.check_plan_of(order.citizen, Permission.EDIT_PLAN)
    return _show_form(order, PaperForm())


@bp.post("/orders/<uuid:order_id>/files")
@takes_file(LARGEST_FILE)
@requires(Permission.EDIT_PLAN)
def create_file(order_id: UUID) -> ResponseReturnValue:
    """Lay a paper beside an order."""
    order = access.order(order_id)
    access.check_plan_of(order.citizen, Permission.EDIT_PLAN)
    form = PaperForm()
    if not form.validate():
        return _show_form(order, form), 422
    # Looking into it takes long and must not hold up those who write meanwhile.
    db.session.rollback()
    sent = form.paper.data
    try:
        paper = keep_paper(media_store(), sent.read(), name=sent.filename)
        order = access.order(order_id)
        access.check_plan_of(order.citizen, Permission.EDIT_PLAN)
        add_order_file(
            db.session(),
            order,
            paper,
            id=form.new_id.data,
            actor=current_staff(),
            now=clock.now(),
        )
    except PaperUnread:
        return problem("busy", 503)
    except Refused as refused:
        db.session.rollback()
        form.paper.errors = [words_for(refused.code)]
        return _show_form(access.order(order_id), form), refused.status
    return keep_and_go(order)


@bp.get("/order-files/<uuid:order_file_id>")
@requires(Permission.READ_CITIZEN)
def show_file(order_file_id: UUID) -> ResponseReturnValue:
    """Hand out a paper as a file to keep."""
    file = access.order_file(order_file_id)
    access.log_read("order_file.read", citizen_id=file.order.citizen_id, object_id=file.id)
    try:
        return _as_file(file)
    except MediaMissing:
        return problem("file_missing", 404)


def _as_file(file: OrderFile) -> Response:
    response = Response(
        get_media(media_store(), file.sha256, size=file.size), mimetype=file.media_type
    )
    response.headers.update(_AS_A_FILE)
    response.headers["Content-Length"] = str(file.size)
    return as_attachment(response, file.name)


def _show_form(order: Order, form: PaperForm) -> str:
    access.log_read("order.read", citizen_id=order.citizen_id, object_id=order.id)
    return render_template(
        "orders/new_file.html",
        citizen=order.citizen,
        order=order,
        form=form,
        largest=LARGEST_FILE,
    )

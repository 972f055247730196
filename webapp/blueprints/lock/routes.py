"""Lock a shared tablet, and open it with a face and a PIN."""

from urllib.parse import urlsplit
from uuid import UUID

from flask import (
    Blueprint,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from webapp import login, tablets
from webapp.access import public, requires
from webapp.adapters import clock
from webapp.adapters.passwords import TooManyAtOnce
from webapp.blueprints.lock.forms import PinForm
from webapp.blueprints.lock.screen import draw
from webapp.db import db, read_only
from webapp.domain.permissions import Permission
from webapp.htmx import wants_fragment
from webapp.pages import own_page
from webapp.services.pins import Shut, lock_tablet, open_tablet, try_pin

bp = Blueprint("lock", __name__)


@bp.get("/lock")
@public
def show() -> ResponseReturnValue:
    """Show who works here. Names stand on enrolled tablets and nowhere else."""
    device = tablets.current_device()
    if device is None:
        return _go(login.way_in())
    if login.is_signed_in():
        return _go(url_for("board.index"))
    return draw(device, chosen=_chosen())


@bp.post("/lock")
@public
def create() -> ResponseReturnValue:
    """Lock the tablet that somebody puts down. One that is locked already stays so."""
    device = tablets.current_device()
    if device is None:
        return _go(login.way_in())
    if login.is_signed_in():
        lock_tablet(db.session(), login.current_session(), now=clock.now())
        db.session.commit()
    if wants_fragment():
        return draw(device)
    return redirect(url_for(".show", next=own_page(request.form.get("next"))), 303)


@bp.post("/lock/pin")
@public
def enter() -> ResponseReturnValue:
    """Open the tablet. The same person is back where they were, another gets a clean board.

    Whoever scanned the code of an instruction was on the way to it, whoever had the tablet before.
    """
    read_only()
    device, tablet, form = tablets.current_device(), tablets.tablet_secret(), PinForm()
    if device is None or tablet is None:
        return _go(login.way_in())
    is_whole = form.validate()
    person: UUID | None = form.person.data
    try:
        tried = try_pin(db.session(), person, str(form.pin.data) if is_whole else "")
    except TooManyAtOnce:
        answer = make_response(draw(device, chosen=person, shut="busy", status=503))
        answer.headers["Retry-After"] = "2"
        return answer
    # Comparing takes long and holds nothing up; from here on it is short and has the lock.
    db.session.rollback()
    sleeping = login.cookie_secret()
    opened = open_tablet(
        db.session(), tried, device, tablet=tablet, sleeping=sleeping, now=clock.now()
    )
    db.session.commit()
    if isinstance(opened, Shut):
        return draw(device, chosen=person, shut=opened, status=422)
    tablets.keep(opened.tablet)
    if opened.secret:
        login.begin(opened.secret)
        return _go(_on_the_wall(form.next.data) or url_for("board.index"))
    return _go_on(own_page(form.next.data) or url_for("board.index"))


@bp.get("/lock/offline")
@public
def offline() -> ResponseReturnValue:
    """The page that opens a tablet without network. The worker keeps it; it knows nobody."""
    response = make_response(render_template("lock/offline.html"))
    response.headers["Cache-Control"] = "no-cache"
    return response


@bp.post("/seen")
@requires(Permission.USE_APP)
def seen() -> ResponseReturnValue:
    """Hear that somebody types, though nothing is sent; `presence` writes it down."""
    return "", 204


def _chosen() -> UUID | None:
    try:
        return UUID(request.args.get("person", ""))
    except ValueError:
        return None


def _on_the_wall(path: str | None) -> str | None:
    """Return a path that a code on the wall leads to, the citizen's screen; None for any other."""
    page = own_page(path)
    if page is None:
        return None
    try:
        endpoint, _ = current_app.url_map.bind("").match(urlsplit(page).path, "GET")
    except HTTPException:
        return None
    return page if endpoint == "citizen_mode.show" else None


def _go(address: str) -> ResponseReturnValue:
    """Send a page on; tell a script that the page it covers is gone for good."""
    if wants_fragment():
        return Response(status=204, headers={"HX-Redirect": address})
    return redirect(address, 303)


def _go_on(address: str) -> ResponseReturnValue:
    """Let a script uncover its page; send a page on."""
    return ("", 204) if wants_fragment() else redirect(address, 303)

"""The list of tablets, a code for a new one, and what a manager does with those there are."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import access, assets
from webapp.access import fresh, requires
from webapp.adapters import clock
from webapp.blueprints.devices.forms import NameForm, TabletForm
from webapp.current import pepper, settings
from webapp.db import db
from webapp.domain.permissions import Permission
from webapp.domain.tablet_codes import CODE_LIFE
from webapp.login import current_staff
from webapp.models import Department
from webapp.qr import qr_svg
from webapp.services import devices
from webapp.services.reach import departments_in_reach

bp = Blueprint("devices", __name__)


@bp.get("/tablets")
@requires(Permission.MANAGE_TABLETS)
def index() -> ResponseReturnValue:
    """Show the tablets of the departments the acting person sets up."""
    return _list()


@bp.get("/tablets/new")
@requires(Permission.MANAGE_TABLETS)
@fresh
def new() -> ResponseReturnValue:
    """Ask what the tablet is called and where it lies."""
    return _show(TabletForm())


@bp.post("/tablets/codes")
@requires(Permission.MANAGE_TABLETS)
@fresh
def create_code() -> ResponseReturnValue:
    """Show a code that lets one tablet in. It is shown now and never again."""
    form, places = TabletForm(), _places()
    department = next((one for one in places if str(one.id) == form.department.data), None)
    if not form.validate():
        return _show(form, 422)
    if department is None:
        abort(404)
    code = devices.make_code(
        db.session(),
        department,
        form.name.data.strip(),
        pepper=pepper(),
        actor=current_staff(),
        now=clock.now(),
    )
    db.session.commit()
    # The code stands after the #: a browser never sends that part, so no log and no Referer has it.
    address = f"{settings().address}{url_for('.new_tablet')}"
    return render_template(
        "devices/code.html",
        code=code,
        address=address,
        qr=qr_svg(f"{address}#code={code}"),
        name=form.name.data.strip(),
        department=department,
        until=clock.now() + CODE_LIFE,
    )


@bp.post("/tablets/<uuid:device_id>/name")
@requires(Permission.MANAGE_TABLETS)
def rename(device_id: UUID) -> ResponseReturnValue:
    """Call a tablet something else."""
    device, form = access.device(device_id), NameForm()
    if not form.validate():
        return _list(renamed=device_id, form=form, status=422)
    devices.rename(
        db.session(), device, form.name.data.strip(), actor=current_staff(), now=clock.now()
    )
    db.session.commit()
    return redirect(url_for(".index"), 303)


@bp.post("/tablets/<uuid:device_id>/revocation")
@requires(Permission.MANAGE_TABLETS)
@fresh
def revoke(device_id: UUID) -> ResponseReturnValue:
    """Let a tablet go; whoever is signed in on it is out at the next touch."""
    return _change(device_id, devices.revoke)


@bp.post("/tablets/<uuid:device_id>/opening")
@requires(Permission.MANAGE_TABLETS)
@fresh
def open_locked(device_id: UUID) -> ResponseReturnValue:
    """Let PINs open a tablet again, whoever's were tried too often."""
    return _change(device_id, devices.open_locked)


def _change(device_id: UUID, change: Callable[..., None]) -> ResponseReturnValue:
    device = access.device(device_id)
    change(db.session(), device, actor=current_staff(), now=clock.now())
    db.session.commit()
    return redirect(url_for(".index"), 303)


def _places() -> list[Department]:
    """Return the departments in which the acting person sets tablets up."""
    within = departments_in_reach(current_staff(), Permission.MANAGE_TABLETS)
    return devices.places(db.session(), within)


def _show(form: TabletForm, status: int = 200) -> ResponseReturnValue:
    return render_template("devices/new.html", form=form, departments=_places()), status


def _list(
    renamed: UUID | None = None, form: NameForm | None = None, status: int = 200
) -> ResponseReturnValue:
    within = departments_in_reach(current_staff(), Permission.MANAGE_TABLETS)
    return render_template(
        "devices/index.html",
        shown=devices.shown(db.session(), within, now=clock.now()),
        newest=assets.release(),
        renamed=renamed,
        form=form,
    ), status

"""See the departments of the home, add one, give it another name, remove it while it is empty."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import access
from webapp.access import requires
from webapp.adapters import clock
from webapp.blueprints.departments.forms import DepartmentForm
from webapp.db import db
from webapp.domain.errors import Refused
from webapp.domain.permissions import Permission
from webapp.login import current_staff
from webapp.messages import words_for
from webapp.models import Department
from webapp.services import homes

bp = Blueprint("departments", __name__)


@bp.get("/departments")
@requires(Permission.MANAGE_HOME)
def index() -> ResponseReturnValue:
    """Show all departments, each with who is there."""
    rows = homes.departments_and_who_is_there(db.session(), current_staff().home)
    return render_template("departments/index.html", rows=rows)


@bp.get("/departments/new")
@requires(Permission.MANAGE_HOME)
def new() -> ResponseReturnValue:
    """Show an empty form."""
    return _show(None, DepartmentForm())


@bp.post("/departments")
@requires(Permission.MANAGE_HOME)
def create() -> ResponseReturnValue:
    """Add a department."""
    return _save(None)


@bp.get("/departments/<uuid:department_id>/edit")
@requires(Permission.MANAGE_HOME)
def edit(department_id: UUID) -> ResponseReturnValue:
    """Show a department to write in."""
    department = access.home_department(department_id)
    form = DepartmentForm(name=department.name, description=department.description)
    return _show(department, form)


@bp.post("/departments/<uuid:department_id>")
@requires(Permission.MANAGE_HOME)
def update(department_id: UUID) -> ResponseReturnValue:
    """Save a department's name and description."""
    return _save(access.home_department(department_id))


@bp.post("/departments/<uuid:department_id>/removal")
@requires(Permission.MANAGE_HOME)
def remove(department_id: UUID) -> ResponseReturnValue:
    """Remove a department to which nobody belongs."""
    department = access.home_department(department_id)
    homes.remove_department(db.session(), department, actor=current_staff(), now=clock.now())
    db.session.commit()
    return redirect(url_for(".index"), 303)


def _show(department: Department | None, form: DepartmentForm) -> str:
    return render_template("departments/edit.html", department=department, form=form)


def _save(department: Department | None) -> ResponseReturnValue:
    form, session = DepartmentForm(), db.session()
    if not form.validate():
        return _show(department, form), 422
    name, description = form.name.data.strip(), form.description.data.strip()
    actor, now = current_staff(), clock.now()
    try:
        if department:
            homes.update_department(session, department, name, description, actor=actor, now=now)
        else:
            id = form.new_id.data
            homes.create_department(
                session, actor.home, name, description, id=id, actor=actor, now=now
            )
    except Refused as refused:
        session.rollback()
        form.name.errors = [words_for(refused.code)]
        return _show(department, form), refused.status
    session.commit()
    return redirect(url_for(".index"), 303)

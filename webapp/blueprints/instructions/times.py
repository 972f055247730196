"""How long a step takes."""

from uuid import UUID

from flask.typing import ResponseReturnValue

from webapp.access import requires
from webapp.adapters import clock
from webapp.blueprints.instructions.forms import TimeForm
from webapp.blueprints.instructions.pictures import keep_and_go, step_to_edit
from webapp.blueprints.instructions.routes import bp
from webapp.db import db
from webapp.domain.errors import Refused
from webapp.domain.permissions import Permission
from webapp.http_errors import problem
from webapp.login import current_staff
from webapp.services.instructions import give_time


@bp.post("/steps/<uuid:step_id>/time")
@requires(Permission.EDIT_PLAN)
def choose_time(step_id: UUID) -> ResponseReturnValue:
    """Give a step its time, or take it away."""
    step = step_to_edit(step_id)
    form = TimeForm()
    if not form.validate():
        return problem("step_time_unfit", 422)
    try:
        give_time(db.session(), step, form.seconds.data, actor=current_staff(), now=clock.now())
    except Refused as refused:
        db.session.rollback()
        return problem(refused.code, refused.status)
    return keep_and_go(step)

"""What is seen on the picture or the clip of a step, in words."""

from uuid import UUID

from flask.typing import ResponseReturnValue

from webapp.access import requires
from webapp.adapters import clock
from webapp.blueprints.instructions.forms import DescriptionForm
from webapp.blueprints.instructions.pictures import keep_and_go, step_to_edit
from webapp.blueprints.instructions.routes import bp
from webapp.db import db
from webapp.domain.errors import Refused
from webapp.domain.permissions import Permission
from webapp.http_errors import problem
from webapp.login import current_staff
from webapp.services.instructions import describe_step


@bp.post("/steps/<uuid:step_id>/description")
@requires(Permission.EDIT_PLAN)
def describe(step_id: UUID) -> ResponseReturnValue:
    """Say what is seen at a step, or take it away."""
    step = step_to_edit(step_id)
    form = DescriptionForm()
    if not form.validate():
        return problem("step_description_unfit", 422)
    said = form.description.data
    try:
        describe_step(db.session(), step, said, actor=current_staff(), now=clock.now())
    except Refused as refused:
        db.session.rollback()
        return problem(refused.code, refused.status)
    return keep_and_go(step)

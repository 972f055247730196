"""Showing an instruction, noted alike by a page and by what a tablet kept."""

from webapp import outbox
from webapp.blueprints.citizen_mode.forms import ShowingForm
from webapp.models import InstructionShowing, Intervention
from webapp.outbox import Act, Kind
from webapp.services.showings import note_showing


def show(intervention: Intervention, form: ShowingForm, act: Act) -> InstructionShowing:
    """Note that it was shown; see `note_showing`."""
    return note_showing(
        act.session,
        intervention,
        id=form.new_id.data,
        actor=act.actor,
        now=act.now,
        kept=act.kept,
    )


outbox.register(
    Kind("instruction.show", "citizen_mode.create_showing", Intervention, show, ShowingForm)
)

"""Carrying out and taking back, done alike by a page and by what a tablet kept."""

from webapp import outbox
from webapp.blueprints.interventions.forms import DoneForm
from webapp.domain.errors import TooLateToTakeBack, TooLateToUndo
from webapp.models import Intervention, InterventionDone
from webapp.outbox import Act, Kind
from webapp.services.interventions import carry_out_intervention, withdraw_done


def carry_out(intervention: Intervention, form: DoneForm, act: Act) -> InterventionDone | None:
    """Say that it was done; see `carry_out_intervention`."""
    return carry_out_intervention(
        act.session,
        intervention,
        id=form.new_id.data,
        actor=act.actor,
        now=act.now,
        kept=act.kept,
    )


def withdraw(done: InterventionDone, act: Act) -> None:
    """Take it back; see `withdraw_done`."""
    withdraw_done(act.session, done, actor=act.actor, now=act.now, kept=act.kept)


def _withdraw_kept(done: InterventionDone, _form: None, act: Act) -> InterventionDone | None:
    """Take it back; where the seconds had passed it stands, and a manager reads of the wish."""
    try:
        withdraw(done, act)
    except TooLateToTakeBack:
        if act.kept is None:
            raise
        act.kept.doubt(TooLateToUndo.code)
        return None
    return done


outbox.register(
    Kind(
        "intervention.carry_out",
        "interventions.carry_out",
        Intervention,
        carry_out,
        DoneForm,
    ),
    Kind(
        "intervention.withdraw",
        "interventions.withdraw",
        InterventionDone,
        _withdraw_kept,
        target_may_come=True,
    ),
)

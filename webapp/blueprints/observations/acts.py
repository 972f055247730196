"""Logging, undoing and correcting, done alike by a page and by what a tablet kept."""

from dataclasses import replace

from webapp import outbox
from webapp.blueprints.observations.forms import CorrectionForm, ObservationForm
from webapp.domain.errors import SignElsewhere, TooLateToUndo
from webapp.models import Goal, Observation, Outcome, Sign
from webapp.outbox import Act, Kind
from webapp.services.observations import (
    Changes,
    correct_observation,
    log_observation,
    withdraw_observation,
)


def log(goal: Goal, sign: Sign | None, form: ObservationForm, act: Act) -> Observation | None:
    """Log one tap; see `log_observation`."""
    return log_observation(
        act.session,
        goal,
        sign,
        form.outcome.data,
        id=form.new_id.data,
        at=form.at.in_zone(act.zone, act.asked_at),
        support_level=form.support_level.data,
        value=form.amount,
        steps_alone=form.steps_alone.data,
        note=form.note.data,
        actor=act.actor,
        now=act.now,
        kept=act.kept,
    )


def chosen_sign(goal: Goal, form: ObservationForm) -> Sign | None:
    """Return the sign that the form names; None when it speaks of the whole goal.

    Raises:
        SignElsewhere.
    """
    sign = next((sign for sign in goal.signs if sign.id == form.sign_id.data), None)
    if form.sign_id.data and sign is None:
        raise SignElsewhere
    return sign


def correct(observation: Observation, form: CorrectionForm, act: Act) -> Observation:
    """Fill in or correct; see `correct_observation`."""
    return correct_observation(
        act.session,
        observation,
        _changes(form),
        id=form.new_id.data,
        reason=form.reason.data,
        actor=act.actor,
        now=act.now,
        zone=act.zone,
        kept=act.kept,
    )


def withdraw(observation: Observation, act: Act) -> None:
    """Undo a tap; see `withdraw_observation`."""
    withdraw_observation(act.session, observation, actor=act.actor, now=act.now, kept=act.kept)


def _withdraw_kept(observation: Observation, _form: None, act: Act) -> Observation:
    """Undo a tap; where the seconds had passed, take it back in a row that stays."""
    try:
        withdraw(observation, act)
    except TooLateToUndo as refused:
        if act.kept is None:
            raise
        act.kept.doubt(refused.code)
        # That nobody said why goes without saying: the page would not have offered to undo it.
        silently = replace(act.kept, doubts=[])
        return correct_observation(
            act.session,
            observation,
            {"outcome": Outcome.RETRACTED},
            id=act.kept.id,
            actor=act.actor,
            now=act.now,
            zone=act.zone,
            kept=silently,
        )
    return observation


def _changes(form: CorrectionForm) -> Changes:
    """Return the fields that were sent; a level sent empty is taken away."""
    changes = Changes()
    if form.outcome.data:
        changes["outcome"] = form.outcome.data
    if form.was_sent("support_level"):
        changes["support_level"] = form.support_level.data
    if form.has_amount:
        changes["value"] = form.amount
    if form.steps_alone.data is not None:
        changes["steps_alone"] = form.steps_alone.data
    if form.was_sent("note"):
        changes["note"] = form.note.data
    return changes


outbox.register(
    Kind(
        "observation.create_for_sign",
        "observations.create_for_sign",
        Sign,
        lambda sign, form, act: log(sign.goal, sign, form, act),
        ObservationForm,
        takes_pictures=True,
    ),
    Kind(
        "observation.create_for_goal",
        "observations.create_for_goal",
        Goal,
        lambda goal, form, act: log(goal, chosen_sign(goal, form), form, act),
        ObservationForm,
        takes_pictures=True,
    ),
    Kind(
        "observation.correct",
        "observations.correct",
        Observation,
        correct,
        CorrectionForm,
        target_may_come=True,
        takes_pictures=True,
    ),
    Kind(
        "observation.withdraw",
        "observations.withdraw",
        Observation,
        _withdraw_kept,
        target_may_come=True,
    ),
)

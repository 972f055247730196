"""Having seen what changed, done alike by a page and by what a tablet kept."""

from webapp import outbox
from webapp.blueprints.goals.forms import AcknowledgementForm
from webapp.models import Goal, GoalAcknowledgement
from webapp.outbox import Act, Kind
from webapp.services.plan_history import acknowledge_goal


def acknowledge(goal: Goal, form: AcknowledgementForm, act: Act) -> GoalAcknowledgement:
    """Keep that somebody has seen what changed; see `acknowledge_goal`."""
    return acknowledge_goal(
        act.session,
        goal,
        id=form.new_id.data,
        actor=act.actor,
        now=act.now,
        kept=act.kept,
    )


outbox.register(
    Kind("goal.acknowledge", "goals.acknowledge", Goal, acknowledge, AcknowledgementForm)
)

"""The rules that read the fields around the text: R, T and E.

They have the same form as those in `rules`.
"""

from datetime import date, timedelta

from webapp.domain.smorte.goal_draft import GoalDraft
from webapp.domain.smorte.reading import Reading
from webapp.domain.smorte.rules import MISSING, Found
from webapp.domain.smorte.words import Group

LONGEST_GOAL = timedelta(days=366)
"""The plan is put on file once a year; a goal that runs longer is due for a new look."""

LONGEST_WAIT = timedelta(days=184)
"""At least two evaluations a year. Source: individuelle-planer-og-status.txt, D."""


# R: it belongs to the order, and to the citizen


def order_goal(goal: GoalDraft, text: Reading) -> Found:
    """The goal is linked to one in the municipality's order."""
    return MISSING if goal.has_order_goal else None


def no_order_goal(goal: GoalDraft, text: Reading) -> Found:
    """It is linked to nothing in the order, and nothing says why."""
    return None if goal.has_order_goal or goal.no_order_goal_reason.strip() else MISSING


def reason_instead_of_order_goal(goal: GoalDraft, text: Reading) -> Found:
    """A reason stands in place of the order: worth a word at the next status meeting."""
    return MISSING if not goal.has_order_goal and goal.no_order_goal_reason.strip() else None


def obedience(goal: GoalDraft, text: Reading) -> Found:
    """The goal is that staff are obeyed; what is in it for the citizen? "gør, som vi siger"."""
    return text.as_written(text.in_goal(Group.OBEDIENCE)) or None


# T: it has an end


def end_date(goal: GoalDraft, text: Reading) -> Found:
    """The goal has a last day."""
    return MISSING if goal.ends_on else None


def no_end_date(goal: GoalDraft, text: Reading) -> Found:
    """There is no last day, and the text names none."""
    return None if goal.ends_on or text.dates else MISSING


def date_only_in_text(goal: GoalDraft, text: Reading) -> Found:
    """The text names a day that its field lacks: "inden 1. juni"."""
    return None if goal.ends_on else text.dates or None


def ends_before_it_starts(goal: GoalDraft, text: Reading) -> Found:
    """The last day comes before the first."""
    return MISSING if goal.ends_on and goal.starts_on and goal.ends_on < goal.starts_on else None


def end_has_passed(goal: GoalDraft, text: Reading) -> Found:
    """The last day is over; the day itself still counts."""
    return MISSING if goal.ends_on and goal.ends_on < goal.today else None


def far_end(goal: GoalDraft, text: Reading) -> Found:
    """The goal runs for more than a year."""
    first = goal.starts_on or goal.today
    return MISSING if goal.ends_on and _lies_beyond(LONGEST_GOAL, first, goal.ends_on) else None


def open_ended(goal: GoalDraft, text: Reading) -> Found:
    """The text takes the end away again: "på sigt", "fremover", "længst muligt"."""
    return text.as_written(text.hits(Group.OPEN_ENDED)) or None


# E: there is a day to look back, and something to look at


def evaluation_date(goal: GoalDraft, text: Reading) -> Found:
    """The next evaluation has its day."""
    return MISSING if goal.next_evaluation_on else None


def no_evaluation_date(goal: GoalDraft, text: Reading) -> Found:
    """Nothing says when to look back."""
    return None if goal.next_evaluation_on or goal.revise_on else MISSING


def only_revision_date(goal: GoalDraft, text: Reading) -> Found:
    """The goal is to be looked at again, but no day is set for looking at what came of it."""
    return MISSING if goal.revise_on and not goal.next_evaluation_on else None


def evaluation_has_passed(goal: GoalDraft, text: Reading) -> Found:
    """The day of the next evaluation is over; the day itself still counts."""
    day = goal.next_evaluation_on
    return MISSING if day and day < goal.today else None


def evaluation_after_end(goal: GoalDraft, text: Reading) -> Found:
    """The evaluation comes more than a fortnight after the goal has ended."""
    day = goal.next_evaluation_on
    late = day and goal.ends_on and _lies_beyond(timedelta(days=14), goal.ends_on, day)
    return MISSING if late else None


def far_evaluation(goal: GoalDraft, text: Reading) -> Found:
    """The next evaluation is more than half a year away."""
    day = goal.next_evaluation_on
    first = max(goal.today, goal.starts_on or goal.today)
    return MISSING if day and _lies_beyond(LONGEST_WAIT, first, day) else None


def signs_to_evaluate_by(goal: GoalDraft, text: Reading) -> Found:
    """The goal has signs to look back at."""
    return MISSING if goal.sign_count > 0 else None


def no_signs(goal: GoalDraft, text: Reading) -> Found:
    """The goal has no signs, so there is nothing to look back at."""
    return None if goal.sign_count > 0 else MISSING


def _lies_beyond(span: timedelta, first: date, last: date) -> bool:
    """Tell whether two days lie further apart. A difference never leaves the calendar."""
    return last - first > span

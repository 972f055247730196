"""The rules that read the text: S, M and O.

A rule takes the draft and its text as read. It returns the words it found, none when what it found
is that something is missing, and None when it has nothing to say. Its name is the finding's code.
"""

from webapp.domain.smorte.goal_draft import GoalDraft
from webapp.domain.smorte.reading import Hit, Reading
from webapp.domain.smorte.words import Group

Found = tuple[str, ...] | None

MISSING: Found = ()

MOST_ACTIONS = 3
"""Different things to do in one goal; what has more is several goals."""

MOST_WORDS_IN_GOAL = 60
"""A goal longer than this is not remembered by those who work with it."""


def no_text(goal: GoalDraft, text: Reading) -> Found:
    """Nothing is written yet, or nothing with letters in it."""
    return None if text.words else MISSING


# S: one thing to see, the same for all


def observable_verb(goal: GoalDraft, text: Reading) -> Found:
    """The goal tells what one can see or hear: "smører", "rækker kortet frem"."""
    return text.as_written(_actions(text)) or None


def no_observable_verb(goal: GoalDraft, text: Reading) -> Found:
    """The coach knows no verb here that one can see or hear: "ny cykel til sommer".

    What is to be avoided is named well enough: there the O speaks.
    """
    told = _actions(text) or _vague(text) or wide_verb(goal, text) or _avoided(text)
    return None if told or not text.words else MISSING


def only_vague_words(goal: GoalDraft, text: Reading) -> Found:
    """All that is said can be read in several ways: "skal trives", "mere selvstændig"."""
    return None if _actions(text) else text.as_written(_vague(text)) or None


def vague_verb(goal: GoalDraft, text: Reading) -> Found:
    """A vague verb carries the goal although something can be seen: "udvikler sig ved at male".

    After what can be seen it only says why, and that is welcome: "maler og føler sig glad".
    """
    actions = _actions(text)
    vague = _not_after(actions, text.in_goal(Group.VAGUE), text)
    return text.as_written(vague) or None if actions else None


def interpretation(goal: GoalDraft, text: Reading) -> Found:
    """Two colleagues may see it differently: "sidder roligt", "taler pænt"."""
    found = text.as_written(text.in_goal(Group.INTERPRETATION))
    return found or None if _actions(text) else None


def wide_verb(goal: GoalDraft, text: Reading) -> Found:
    """The verb covers much and nothing says how much: "deltager", "bruger", "øver sig"."""
    wide = _not_after(text.in_goal(Group.OBSERVABLE), text.in_goal(Group.WIDE), text)
    return None if text.amounts else text.as_written(wide) or None


def staff_goal(goal: GoalDraft, text: Reading) -> Found:
    """The goal tells what staff do, which is an intervention: "vi støtter", "motiveres"."""
    ours = _not_after(
        text.in_goal(Group.OBSERVABLE), text.in_goal(Group.STAFF, Group.DONE_TO), text
    )
    return text.as_written(hit for hit in ours if not text.is_after_preposition(hit)) or None


def several_goals(goal: GoalDraft, text: Reading) -> Found:
    """There is more than one goal in it: "desuden", or many different things to do."""
    more = text.as_written(text.hits(Group.ANOTHER_GOAL))
    actions = text.as_written(text.in_goal(Group.OBSERVABLE))
    return more or (actions if len(actions) > MOST_ACTIONS else None)


def long_text(goal: GoalDraft, text: Reading) -> Found:
    """The goal is too long to be remembered."""
    return MISSING if len(text.words) > MOST_WORDS_IN_GOAL else None


# M: it can be told when it is reached


def amount(goal: GoalDraft, text: Reading) -> Found:
    """A number, a weekday or how often: "fire dage om ugen", "hver aften"."""
    return text.as_written(text.amounts) or None


def signs_to_count(goal: GoalDraft, text: Reading) -> Found:
    """The goal has signs, and they can be counted."""
    return MISSING if text.words and goal.sign_count > 0 else None


def no_measure(goal: GoalDraft, text: Reading) -> Found:
    """Neither a number nor a sign tells when the goal is reached."""
    return None if not text.words or text.amounts or goal.sign_count > 0 else MISSING


def vague_amount(goal: GoalDraft, text: Reading) -> Found:
    """More or better, but nothing says than what: "oftere", "gladere", "øge"."""
    return None if text.amounts else text.as_written(text.in_goal(Group.VAGUE_AMOUNT)) or None


def hedge(goal: GoalDraft, text: Reading) -> Found:
    """A way out makes it impossible to tell: "så vidt muligt", "efter behov"."""
    return text.as_written(text.hits(Group.HEDGE)) or None


def number_of_what(goal: GoalDraft, text: Reading) -> Found:
    """There is a number, but what it counts cannot be seen: "føler sig tryg tre dage"."""
    cannot_be_seen = only_vague_words(goal, text)
    return cannot_be_seen if text.amounts and goal.sign_count <= 0 else None


# O: something to reach, small enough to reach it


def something_to_reach(goal: GoalDraft, text: Reading) -> Found:
    """Nothing in the text is to be avoided."""
    avoids = avoidance(goal, text) or loss_held_back(goal, text) or less_of(goal, text)
    return None if avoids or without(goal, text) or not text.words else MISSING


def avoidance(goal: GoalDraft, text: Reading) -> Found:
    """The goal says what not to do: "undgå", "ikke længere", "holder op med", "slår ikke"."""
    return None if goal.goal_type == "limit_loss" else _avoided(text)


def loss_held_back(goal: GoalDraft, text: Reading) -> Found:
    """Where a loss is held back, avoiding is the point; what remains is still better to see."""
    return _avoided(text) if goal.goal_type == "limit_loss" else None


def without(goal: GoalDraft, text: Reading) -> Found:
    """Something to reach, with something to avoid hung on: "uden at råbe", "uden brok".

    Without help is no such thing: "uden at vi minder ham".
    """
    return text.as_written(text.without()) or None


def less_of(goal: GoalDraft, text: Reading) -> Found:
    """Less of something: "mindske", "færre". To hold back a loss it is what one wants."""
    size = {"i", "en", "et", "de", "den", "to", "små"}
    less = [hit for hit in text.in_goal(Group.LESS) if text.before(hit.first) not in size]
    return None if goal.goal_type == "limit_loss" else text.as_written(less) or None


def all_or_nothing(goal: GoalDraft, text: Reading) -> Found:
    """One bad day and the goal is lost: "altid", "hver eneste", "100 %"."""
    return text.as_written(text.in_goal(Group.ALL_OR_NOTHING)) + text.hundred_percent or None


def large_goal(goal: GoalDraft, text: Reading) -> Found:
    """A whole life is in it; a goal is small: "mestre sit eget liv"."""
    return text.as_written(text.in_goal(Group.LARGE)) or None


def _actions(text: Reading) -> list[Hit]:
    """Return what one can see or hear.

    Where something says how much, wide verbs count too; and "er" and "har", when nothing vague
    follows: "er i bad i fem minutter", but not "er glad fem dage om ugen".
    """
    groups = [Group.OBSERVABLE]
    if text.amounts:
        groups.append(Group.WIDE)
        if not _vague(text) and not text.in_goal(Group.VAGUE_AMOUNT):
            groups.append(Group.STATE)
    return text.in_goal(*groups)


def _vague(text: Reading) -> list[Hit]:
    return text.in_goal(Group.VAGUE, Group.INTERPRETATION, Group.LARGE)


def _avoided(text: Reading) -> Found:
    return text.as_written(text.avoided) or None


def _not_after(actions: list[Hit], hits: list[Hit], text: Reading) -> list[Hit]:
    """Return the hits that have nothing to see before them in their sentence."""
    first: dict[int, int] = {}
    for action in actions:
        first.setdefault(text.words[action.first].sentence, action.first)
    return [
        hit for hit in hits if hit.first <= first.get(text.words[hit.first].sentence, hit.first)
    ]

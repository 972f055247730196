"""Which rules each letter asks, and how grave each answer is."""

from collections.abc import Callable
from typing import Final

from webapp.domain.smorte import frame_rules as frame
from webapp.domain.smorte import rules
from webapp.domain.smorte.goal_draft import Assessment, Finding, GoalDraft, Letter, Light
from webapp.domain.smorte.reading import Reading
from webapp.domain.smorte.rules import Found

Rule = Callable[[GoalDraft, Reading], Found]

# The gravest answer decides the light, and is told first.
_RULES: Final[dict[Letter, dict[Light, tuple[Rule, ...]]]] = {
    Letter.SPECIFIC: {
        Light.RED: (rules.no_text, rules.only_vague_words),
        Light.AMBER: (
            rules.staff_goal,
            rules.no_observable_verb,
            rules.vague_verb,
            rules.interpretation,
            rules.wide_verb,
            rules.several_goals,
            rules.long_text,
        ),
        Light.GREEN: (rules.observable_verb,),
    },
    Letter.MEASURABLE: {
        Light.RED: (rules.no_text, rules.no_measure),
        Light.AMBER: (rules.number_of_what, rules.vague_amount, rules.hedge),
        Light.GREEN: (rules.amount, rules.signs_to_count),
    },
    Letter.ACHIEVABLE: {
        Light.RED: (rules.no_text, rules.avoidance),
        Light.AMBER: (
            rules.loss_held_back,
            rules.without,
            rules.less_of,
            rules.all_or_nothing,
            rules.large_goal,
        ),
        Light.GREEN: (rules.something_to_reach,),
    },
    Letter.RELEVANT: {
        Light.RED: (frame.no_order_goal,),
        Light.AMBER: (frame.reason_instead_of_order_goal, frame.obedience),
        Light.GREEN: (frame.order_goal,),
    },
    Letter.TIMED: {
        Light.RED: (frame.no_end_date, frame.ends_before_it_starts),
        Light.AMBER: (
            frame.date_only_in_text,
            frame.end_has_passed,
            frame.far_end,
            frame.open_ended,
        ),
        Light.GREEN: (frame.end_date,),
    },
    Letter.EVALUABLE: {
        Light.RED: (frame.no_evaluation_date,),
        Light.AMBER: (
            frame.only_revision_date,
            frame.evaluation_has_passed,
            frame.evaluation_after_end,
            frame.far_evaluation,
            frame.no_signs,
        ),
        Light.GREEN: (frame.evaluation_date, frame.signs_to_evaluate_by),
    },
}

CODES: Final = frozenset(
    rule.__name__ for by_light in _RULES.values() for asked in by_light.values() for rule in asked
)
"""Every code a finding can have; each has its sentence in `webapp/smorte_words.py`."""


def assess(draft: GoalDraft) -> list[Assessment]:
    """Return the six lights of a goal, in the order S M O R T E.

    An empty text gives red for what the text has to say; the fields still speak for themselves.
    Nothing is refused: any text of any length gives its six.
    """
    text = Reading(draft.text)
    return [_letter(letter, draft, text) for letter in Letter]


def _letter(letter: Letter, draft: GoalDraft, text: Reading) -> Assessment:
    light, findings = Light.GREEN, list[Finding]()
    for gravity, asked in _RULES[letter].items():
        for rule in asked:
            if (words := rule(draft, text)) is not None:
                light = light if findings else gravity
                findings.append(Finding(rule.__name__, words))
    return Assessment(letter, light, tuple(findings))

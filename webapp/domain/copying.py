"""Take a goal from one citizen to another, or into a template that names nobody.

What belongs to the first citizen alone stays behind: how they took part, the order, days, reasons,
where they stand today. Their name is replaced in every text.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal
from uuid import UUID

from webapp.domain.documentation import active_signs
from webapp.domain.planning import LONGEST_SHORT_TEXT, in_few_words
from webapp.domain.renaming import Name, renamed
from webapp.models import Direction, Goal, GoalType, InterventionStatus, Measure, Sense

ANYBODY: Final = Name("borgeren")
"""Who a template is about."""

_TOLD: Final = ("title", "approach", "practice", "who", "when_and_where", "materials")
"""The texts of an intervention."""


@dataclass(frozen=True, slots=True)
class SignContent:
    """A sign that is nobody's yet. Without a baseline: that is where one citizen stands."""

    sense: Sense
    text: str
    measure: Measure
    direction: Direction
    target: int | None
    gas_levels: tuple[str, ...]
    steps: tuple[str, ...]

    @property
    def values(self) -> dict[str, Any]:
        """By the fields of a sign."""
        names = ("sense", "text", "measure", "direction", "target")
        lists = {"gas_levels": list(self.gas_levels), "steps": list(self.steps)}
        return {name: getattr(self, name) for name in names} | lists


@dataclass(frozen=True, slots=True)
class InterventionContent:
    """An intervention that is nobody's yet, with the sentences of its steps.

    `pictograms` are as many as the steps, "" for a step without; templates made before pictograms
    have none at all.
    """

    title: str
    approach: str
    practice: str
    who: str
    when_and_where: str
    materials: str
    steps: tuple[str, ...]
    pictograms: tuple[str, ...] = ()

    @property
    def values(self) -> dict[str, Any]:
        """By the fields of an intervention; pictograms are put on its steps afterwards."""
        return {name: getattr(self, name) for name in _TOLD} | {"steps": list(self.steps)}


@dataclass(frozen=True, slots=True)
class GoalContent:
    """A goal that is nobody's yet. `version` tells later releases how to read a stored one."""

    text: str
    short_text: str
    type: GoalType
    theme: str
    signs: tuple[SignContent, ...]
    interventions: tuple[InterventionContent, ...]
    version: Literal[1] = 1

    @property
    def values(self) -> dict[str, Any]:
        """By the fields of a goal; its days are for whoever uses it."""
        return {name: getattr(self, name) for name in ("text", "short_text", "type", "theme")}

    @property
    def texts(self) -> Iterator[str]:
        """Every text in it that people wrote."""
        yield from (self.text, self.short_text)
        for sign in self.signs:
            yield from (sign.text, *sign.gas_levels, *sign.steps)
        for each in self.interventions:
            yield from (*(getattr(each, name) for name in _TOLD), *each.steps)


def content_of(goal: Goal, pictograms: Mapping[UUID, str]) -> GoalContent:
    """Return what can be taken along: signs still in use, interventions that are not ended.

    Args:
        goal: Its signs, interventions and steps loaded.
        pictograms: By the ids of those of its steps that have one; photographs stay behind.
    """
    return GoalContent(
        text=goal.text,
        short_text=goal.short_text,
        type=goal.type,
        theme=goal.theme,
        signs=tuple(
            SignContent(
                sense=sign.sense,
                text=sign.text,
                measure=sign.measure,
                direction=sign.direction,
                target=sign.target,
                gas_levels=tuple(sign.gas_levels),
                steps=tuple(sign.steps),
            )
            for sign in active_signs(goal)
        ),
        interventions=tuple(
            InterventionContent(
                **{name: getattr(each, name) for name in _TOLD},
                steps=tuple(step.text for step in each.steps),
                pictograms=tuple(pictograms.get(step.id, "") for step in each.steps),
            )
            for each in goal.interventions
            if each.status is not InterventionStatus.ENDED
        ),
    )


def renamed_content(content: GoalContent, old: Name, new: Name) -> GoalContent:
    """Return the goal with one name in the place of another, in every text of it."""

    def put(text: str) -> str:
        return renamed(text, old, new)

    return replace(
        content,
        text=put(content.text),
        short_text=in_few_words(put(content.short_text), LONGEST_SHORT_TEXT),
        signs=tuple(
            replace(
                sign,
                # It goes on after "Vi vil se, at …".
                text=renamed(sign.text, old, new, begins=False),
                gas_levels=tuple(map(put, sign.gas_levels)),
                steps=tuple(map(put, sign.steps)),
            )
            for sign in content.signs
        ),
        interventions=tuple(
            replace(
                each,
                **{name: put(getattr(each, name)) for name in _TOLD},
                steps=tuple(map(put, each.steps)),
                pictograms=each.pictograms,
            )
            for each in content.interventions
        ),
    )

"""The words of a plan on screen: its choices, its fields, and what a revision says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.domain.revising import Piece, changed_fields, differences
from webapp.guides import taxonomies, theme_title
from webapp.i18n import day
from webapp.i18n import lazy as _l
from webapp.models import (
    ClosureVerdict,
    Direction,
    Goal,
    GoalType,
    InterventionStatus,
    Measure,
    OrderGoal,
    Participation,
    PlanPart,
    PlanRevision,
    Sign,
    Staff,
)
from webapp.presentation import SENSES, Choices

GOAL_TYPES: Final[dict[GoalType, str]] = {
    GoalType.DEVELOP: _l("Udvikle"),
    GoalType.KEEP: _l("Fastholde"),
    GoalType.LIMIT_LOSS: _l("Begrænse tab"),
}

PARTICIPATIONS: Final[dict[Participation, str]] = {
    Participation.WROTE: _l("Formulerede selv"),
    Participation.CHOSE: _l("Valgte"),
    Participation.HEARD: _l("Blev hørt"),
    Participation.SHOWED: _l("Viste det med handling"),
    Participation.GUARDIANS: _l("Kunne ikke; forældre eller værge gjorde"),
}

MEASURES: Final[dict[Measure, str]] = {
    Measure.SEEN: _l("Set, delvist eller ikke set"),
    Measure.SUPPORT: _l("Hvor meget hjælp"),
    Measure.COUNT: _l("Hvor mange gange"),
    Measure.DURATION: _l("Hvor længe, i minutter"),
    Measure.SCALE: _l("En skala fra 1 til 5"),
    Measure.SMILEY: _l("Borgerens egen smiley, 1 til 5"),
    Measure.STEPS: _l("Hvor mange trin selv"),
    Measure.GAS: _l("Fem niveauer, GAS, −2 til +2"),
}

DIRECTIONS: Final[dict[Direction, str]] = {
    Direction.MORE: _l("Mere"),
    Direction.LESS: _l("Mindre"),
}

STATUSES: Final[dict[InterventionStatus, str]] = {
    InterventionStatus.PLANNED: _l("Planlagt"),
    InterventionStatus.RUNNING: _l("I gang"),
    InterventionStatus.PAUSED: _l("På pause"),
    InterventionStatus.ENDED: _l("Afsluttet"),
}

VERDICTS: Final[dict[ClosureVerdict, str]] = {
    ClosureVerdict.REACHED: _l("Nået"),
    ClosureVerdict.PARTLY_REACHED: _l("Delvist nået"),
    ClosureVerdict.ENDED: _l("Stoppet"),
}

PARTS: Final[dict[PlanPart, str]] = {
    PlanPart.CONTEXT: _l("Sammenhæng"),
    PlanPart.GOAL: _l("Mål"),
    PlanPart.SIGN: _l("Tegn"),
    PlanPart.INTERVENTION: _l("Tiltag"),
    PlanPart.EVALUATION: _l("Evalueringsplan"),
}

FIELD_NAMES: Final[dict[str, str]] = {
    "resources": _l("Ressourcer"),
    "challenge": _l("Udfordring"),
    "needs": _l("Behov"),
    "frame": _l("Rammer"),
    "earlier_experience": _l("Det har vi prøvet før"),
    "context": _l("Baggrund"),
    "theme": _l("Tema"),
    "evaluation_months": _l("Måneder mellem evalueringer"),
    "next_evaluation_on": _l("Næste evaluering"),
    "evaluator_id": _l("Sørger for evalueringen"),
    "text": _l("Tekst"),
    "short_text": _l("I få ord"),
    "type": _l("Type"),
    "parent_id": _l("Delmål af"),
    "starts_on": _l("Starter"),
    "ends_on": _l("Slutter"),
    "revise_on": _l("Revideres"),
    "responsible_id": _l("Ansvarlig"),
    "participation": _l("Borgerens medvirken"),
    "participation_words": _l("Hvordan borgeren var med"),
    "others_took_part": _l("Andre, der var med"),
    "partner_involved": _l("Ekstern samarbejdspartner"),
    "partner_words": _l("Hvem og hvorfor"),
    "order_goal_id": _l("Mål i bestillingen"),
    "no_order_goal_reason": _l("Uden mål i bestillingen, fordi"),
    "second_goal_reason": _l("To mål på samme tid, fordi"),
    "smorte_reasons": _l("SMORTE, set alligevel"),
    "sense": _l("Hvordan vi mærker det"),
    "measure": _l("Måles ved"),
    "direction": _l("Retning"),
    "baseline": _l("I dag"),
    "target": _l("Det vil vi nå"),
    "gas_levels": _l("Fem niveauer"),
    "steps": _l("Trin"),
    "archived_at": _l("Lagt væk"),
    "title": _l("Tiltaget"),
    "approach": _l("Metode"),
    "practice": _l("Sådan gør vi her"),
    "who": _l("Hvem"),
    "when_and_where": _l("Hvornår og hvor"),
    "materials": _l("Det skal vi bruge"),
    "status": _l("Hvor er vi"),
}

_CHOICES: Final[Mapping[str, Mapping[str, str]]] = {
    "type": {str(key): words for key, words in GOAL_TYPES.items()},
    "participation": {str(key): words for key, words in PARTICIPATIONS.items()},
    "measure": {str(key): words for key, words in MEASURES.items()},
    "direction": {str(key): words for key, words in DIRECTIONS.items()},
    "status": {str(key): words for key, words in STATUSES.items()},
    "sense": {str(key): words for key, words in SENSES.items()},
}

_DAYS: Final = frozenset({"starts_on", "ends_on", "revise_on", "next_evaluation_on"})


def init_app(app: Flask) -> None:
    """Give templates these words."""
    app.jinja_env.globals.update(
        goal_type_words=GOAL_TYPES.__getitem__,
        participation_words=PARTICIPATIONS.__getitem__,
        measure_words=MEASURES.__getitem__,
        status_words=STATUSES.__getitem__,
        verdict_words=VERDICTS.__getitem__,
        part_words=PARTS.__getitem__,
        field_words=FIELD_NAMES.__getitem__,
        revision_name=revision_name,
        revision_words=revision_words,
        plan_choices=plan_choices,
        sense_choices=lambda: plan_choices("sense"),
        theme_title=theme_title,
        in_plan_unit=in_plan_unit,
    )


def plan_choices(name: str) -> Choices:
    """Return the choices of a field of a plan, in the order to offer them."""
    return [*_CHOICES[name].items()] if name in _CHOICES else _VERDICT_CHOICES[name]


_VERDICT_CHOICES: Final[Mapping[str, Choices]] = {
    "verdict": [(str(key), words) for key, words in VERDICTS.items()],
    "yes_no": [("yes", _l("Ja")), ("no", _l("Nej"))],
}


def in_plan_unit(sign: Sign, number: int) -> int:
    """Return a baseline or target as people write it: minutes, where taps are seconds."""
    return number // 60 if sign.measure is Measure.DURATION else number


def in_plan_units(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return a revision's content with minutes where taps are seconds."""
    if content.get("measure") != Measure.DURATION:
        return dict(content)
    return dict(content) | {
        name: content[name] and content[name] // 60 for name in ("baseline", "target")
    }


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that became something else, word by word."""

    name: str
    pieces: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class RevisionOnPage:
    """A revision as the history shows it: what it is of, and what became different."""

    revision: PlanRevision
    name: str
    fields: Sequence[FieldChange]


def revisions_on_page(
    revisions: Sequence[PlanRevision], names: Mapping[str, str]
) -> list[RevisionOnPage]:
    """Return what each revision changed, in their order.

    Args:
        revisions: Of one plan, whole chains; may be empty.
        names: From `names_in`.
    """
    known = {(each.part, each.object_id, each.number): each for each in revisions}

    def fields(revision: PlanRevision) -> list[FieldChange]:
        before = known.get((revision.part, revision.object_id, revision.number - 1))
        old, new = in_plan_units(before.content if before else {}), in_plan_units(revision.content)
        return [
            FieldChange(
                name,
                differences(
                    revision_words(name, old.get(name), names),
                    revision_words(name, new.get(name), names),
                ),
            )
            for name in changed_fields(old, new)
            if name in FIELD_NAMES
        ]

    return [RevisionOnPage(each, revision_name(each), fields(each)) for each in revisions]


def revision_name(revision: PlanRevision) -> str:
    """Return what a revision is of, in its own words; "" for the parts there is one of."""
    content = revision.content
    return str(content.get("text") or content.get("title") or "")


def revision_words(name: str, value: Any, names: Mapping[str, str]) -> str:
    """Return what a revision says in one field, as people read it; "" when it says nothing.

    Args:
        name: The field.
        value: As the revision keeps it.
        names: Of colleagues, goals, goals of the order and themes, by id or code.
    """
    if value in ("", [], {}) or value is None:
        return ""
    if isinstance(value, bool):
        return str(_l("Ja")) if value else str(_l("Nej"))
    if name in _CHOICES:
        return str(_CHOICES[name].get(value, value))
    if name in _DAYS:
        return day(date.fromisoformat(value))
    if isinstance(value, list):
        return "\n".join(map(str, value))
    if isinstance(value, dict):
        return "\n".join(f"{key}: {words}" for key, words in value.items())
    if name == "archived_at":
        return str(_l("Ja"))
    return names.get(str(value), str(value))


def names_in(session: Session, revisions: Sequence[PlanRevision]) -> dict[str, str]:
    """Return the names of everything the revisions of one plan point at, by id or code."""
    said = [each.content for each in revisions]

    def ids(*fields: str) -> list[UUID]:
        return [UUID(each[name]) for each in said for name in fields if each.get(name)]

    names: dict[str, str] = {}
    for taxonomy in taxonomies().values():
        names |= {theme.code: theme.title for group in taxonomy.groups for theme in group.themes}
    people = select(Staff.id, Staff.first_name).where(
        Staff.id.in_(ids("responsible_id", "evaluator_id"))
    )
    goals = select(Goal.id, Goal.short_text).where(Goal.id.in_(ids("parent_id")))
    orders = select(OrderGoal.id, OrderGoal.text).where(OrderGoal.id.in_(ids("order_goal_id")))
    for query in (people, goals, orders):
        names |= {str(id): words for id, words in session.execute(query)}
    return names

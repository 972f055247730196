"""What the SMORTE coach says on screen: questions, examples, a sentence for each finding."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from flask import Flask
from markupsafe import Markup, escape

from webapp.domain.smorte import Assessment, Finding, Letter, Light
from webapp.i18n import lazy as _l
from webapp.presentation import typed

NAMES: Final[dict[Letter, str]] = {
    Letter.SPECIFIC: _l("Specifikt"),
    Letter.MEASURABLE: _l("Målbart"),
    Letter.ACHIEVABLE: _l("Opnåeligt"),
    Letter.RELEVANT: _l("Relevant"),
    Letter.TIMED: _l("Tidsbestemt"),
    Letter.EVALUABLE: _l("Evaluerbart"),
}

LIGHTS: Final[dict[Light, str]] = {
    Light.GREEN: _l("På plads"),
    Light.AMBER: _l("Se på det igen"),
    Light.RED: _l("Mangler"),
}

ICONS: Final[dict[Light, str]] = {
    Light.GREEN: "check",
    Light.AMBER: "half",
    Light.RED: "not_seen",
}

QUESTIONS: Final[dict[Letter, str]] = {
    Letter.SPECIFIC: _l("Ser alle kolleger det samme for sig?"),
    Letter.MEASURABLE: _l("Hvordan kan I se, at målet er nået?"),
    Letter.ACHIEVABLE: _l("Er det noget at nå hen til, og er det småt nok?"),
    Letter.RELEVANT: _l("Hvad i kommunens bestilling hører målet til?"),
    Letter.TIMED: _l("Hvilken dag slutter målet?"),
    Letter.EVALUABLE: _l("Hvornår ser I tilbage, og hvad ser I efter?"),
}

GOOD_EXAMPLES: Final[dict[Letter, str]] = {
    Letter.SPECIFIC: _l("Sofie tager selv tandbørsten, når hun ser billedet."),
    Letter.MEASURABLE: _l("Malik står op til sit vækkeur fire dage om ugen."),
    Letter.ACHIEVABLE: _l("Ali går ud og hopper på trampolinen, når han bliver vred."),
    Letter.RELEVANT: _l(
        "Kommunen skriver, at Karen skal lave mere af sin mad. Målet er, at hun smører sin frokost."
    ),
    Letter.TIMED: _l("Målet slutter 30. april."),
    Letter.EVALUABLE: _l("Vi evaluerer 31. januar og ser på tre tegn."),
}

POOR_EXAMPLES: Final[dict[Letter, str]] = {
    Letter.SPECIFIC: _l("Sofie skal være mere selvstændig."),
    Letter.MEASURABLE: _l("Malik står oftere op til tiden."),
    Letter.ACHIEVABLE: _l("Ali skal holde op med at slå."),
    Letter.RELEVANT: _l("Karen gør, som vi siger, når hun er i køkkenet."),
    Letter.TIMED: _l("Det bliver nok bedre på sigt."),
    Letter.EVALUABLE: _l("Vi ser på det, når der er tid."),
}

FINDINGS: Final[dict[str, str]] = {
    "no_text": _l("Her står ikke noget endnu. Skriv, hvad borgeren gør, når målet er nået."),
    "only_vague_words": _l(
        "%(words)s kan læses på flere måder. Skriv, hvad I ser eller hører, når det lykkes."
    ),
    "no_observable_verb": _l(
        "Jeg kan ikke finde noget, man ser eller hører. Det kan være, jeg ikke kender ordet. "
        "Hvad gør borgeren?"
    ),
    "vague_verb": _l("%(words)s kan ikke ses. Begynd med det, I ser eller hører."),
    "interpretation": _l(
        "%(words)s kan I se forskelligt på. Hvordan ser det ud, eller hvordan lyder det?"
    ),
    "wide_verb": _l("%(words)s kan være meget. Skriv hvordan, eller hvor meget."),
    "staff_goal": _l(
        "%(words)s er det, vi gør. Skriv det som et tiltag. Målet er det, borgeren gør."
    ),
    "several_goals": _l(
        "Der er vist flere mål i et: %(words)s. Vælg det første, og lav delmål af resten."
    ),
    "long_text": _l("Teksten er lang. Kan du sige målet på én gang til en ny kollega?"),
    "observable_verb": _l("Det kan ses eller høres: %(words)s."),
    "no_measure": _l("Her er hverken et tal eller et tegn. Skriv hvor tit, eller skriv et tegn."),
    "number_of_what": _l("Der er et tal, men %(words)s er svært at tælle. Hvad tæller I?"),
    "vague_amount": _l("%(words)s siger ikke hvor meget. Skriv et tal, for eksempel dage om ugen."),
    "hedge": _l("Med %(words)s kan ingen sige, om målet er nået. Prøv uden."),
    "amount": _l("Det kan tælles: %(words)s."),
    "signs_to_count": _l("Målet har tegn, som I kan tælle."),
    "avoidance": _l(
        "Med %(words)s siger målet, hvad der skal holde op. Hvad vil I gerne se i stedet?"
    ),
    "loss_held_back": _l(
        "Med %(words)s siger målet, hvad I vil undgå. Hvad skal borgeren stadig kunne?"
    ),
    "without": _l("%(words)s er det, der skal væk. Hvad skal være der i stedet?"),
    "less_of": _l("%(words)s: Målet er at få mindre af noget. Hvad vil I se mere af?"),
    "all_or_nothing": _l(
        "%(words)s er svært at nå. Én skidt dag, og målet er tabt. Hvad er godt nok?"
    ),
    "large_goal": _l("%(words)s er stort. Hvad er det første lille skridt?"),
    "something_to_reach": _l("Målet siger, hvad I vil nå hen til."),
    "no_order_goal": _l("Vælg det mål i bestillingen, det hører til. Eller skriv, hvorfor ikke."),
    "reason_instead_of_order_goal": _l(
        "Du har skrevet hvorfor. Tag målet med til næste statusmøde."
    ),
    "obedience": _l("%(words)s: Hvad får borgeren selv ud af det?"),
    "order_goal": _l("Målet hører til bestillingen."),
    "no_end_date": _l("Vælg den dag, målet slutter."),
    "ends_before_it_starts": _l("Målet slutter, før det begynder. Se på de to datoer."),
    "date_only_in_text": _l("Du har skrevet %(words)s. Vælg også dagen, så minder vi jer om den."),
    "end_has_passed": _l("Slutdatoen er forbi. Skal målet have en ny, eller er det nået?"),
    "far_end": _l("Der er mere end et år til. Kan du dele målet i to?"),
    "open_ended": _l("%(words)s har ingen ende. Prøv uden, nu hvor målet har en dato."),
    "end_date": _l("Målet har en slutdato."),
    "no_evaluation_date": _l("Vælg den dag, I evaluerer."),
    "only_revision_date": _l("Målet skal ses efter, men hvornår evaluerer I? Vælg en dag."),
    "evaluation_has_passed": _l("Dagen for at evaluere er forbi. Vælg en ny."),
    "evaluation_after_end": _l("I evaluerer længe efter, at målet er slut. Vælg en dag før."),
    "far_evaluation": _l("Der er over et halvt år til. Målet skal evalueres to gange om året."),
    "no_signs": _l("Målet har ingen tegn. Skriv et, så I ved, hvad I ser efter."),
    "evaluation_date": _l("I har en dag, hvor I evaluerer."),
    "signs_to_evaluate_by": _l("I har tegn at se efter."),
}


@dataclass(frozen=True, slots=True)
class LightOnScreen:
    """One letter as the page draws it."""

    letter: Letter
    light: Light
    light_words: str
    icon: str
    name: str
    question: str
    findings: tuple[Markup, ...]
    good_example: str
    poor_example: str


def init_app(app: Flask) -> None:
    """Give templates the coach's words."""
    app.jinja_env.globals["smorte_lights"] = smorte_lights


def smorte_lights(assessments: Iterable[Assessment], name_of_e: str) -> list[LightOnScreen]:
    """Return the lights with their words; the E is called what the home calls it.

    An empty `name_of_e` gives our own, "Evaluerbart".
    """
    names = NAMES | ({Letter.EVALUABLE: name_of_e} if name_of_e.strip() else {})
    return [
        LightOnScreen(
            letter=one.letter,
            light=one.light,
            light_words=LIGHTS[one.light],
            icon=ICONS[one.light],
            name=names[one.letter],
            question=QUESTIONS[one.letter],
            findings=tuple(said(finding) for finding in one.findings),
            good_example=GOOD_EXAMPLES[one.letter],
            poor_example=POOR_EXAMPLES[one.letter],
        )
        for one in assessments
    ]


def said(finding: Finding) -> Markup:
    """Return a finding's sentence with the words found in it, each shown as someone's own."""
    sentence = escape(str(FINDINGS[finding.code]))
    if not finding.words:
        return sentence
    quoted = Markup(", ").join(Markup("“{}”").format(typed(word)) for word in finding.words)
    return sentence % {"words": quoted}

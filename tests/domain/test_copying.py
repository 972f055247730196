"""Copying a goal: the first name is gone everywhere, and every other word is as it was."""

import re
import unicodedata
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.factories import NOW
from webapp.domain.copying import ANYBODY, content_of, renamed_content
from webapp.domain.planning import LONGEST_SHORT_TEXT
from webapp.domain.renaming import Name, genitive, names_in, renamed
from webapp.models import (
    Direction,
    Goal,
    GoalType,
    Intervention,
    InterventionStatus,
    Measure,
    Participation,
    Sense,
    Sign,
    Step,
)

SOFIE, MADS = Name("Sofie", "Bruun"), Name("Mads", "Holm")
JENS_OLE = Name("Jens Ole", "von Hansen")


@pytest.mark.parametrize(
    ("text", "old", "new", "is_now"),
    [
        ("Sofie tager selv børsten", SOFIE, MADS, "Mads tager selv børsten"),
        ("Giv Sofies kort til SOFIE", SOFIE, MADS, "Giv Mads’ kort til Mads"),
        ("Sofie's, Sofie’s og sofies", SOFIE, MADS, "Mads’, Mads’ og Mads’"),
        ("Mads', Mads’, Mads's og mads", MADS, SOFIE, "Sofies, Sofies, Sofies og Sofie"),
        ("Vi siger 'Mads' til ham", MADS, SOFIE, "Vi siger 'Sofie' til ham"),
        ("Sofie Bruuns værelse, fru Bruun", SOFIE, MADS, "Mads Holms værelse, fru Holm"),
        ("Sofiesvej, Sofielund, sofiernes", SOFIE, MADS, "Sofiesvej, Sofielund, sofiernes"),
        ("Sofie-tavlen og (Sofie)", SOFIE, MADS, "Mads-tavlen og (Mads)"),
        ("Jens Oles kop, Jens-Ole og Jens", JENS_OLE, MADS, "Mads’ kop, Mads og Mads"),
        ("Jens\nOle von Hansen og Jens Hansen", JENS_OLE, MADS, "Mads Holm og Mads Holm"),
        ("Vi kom fra den by, de er von", JENS_OLE, MADS, "Vi kom fra den by, de er von"),
        ("So\u00adfie rækker ud", SOFIE, MADS, "Mads rækker ud"),
        ("Anne-Maries sko", Name("Anne-Marie"), MADS, "Mads’ sko"),
        ("O’Brien og O'Briens hat", Name("Pat", "O’Brien"), MADS, "Holm og Holms hat"),
        ("", SOFIE, MADS, ""),
        ("Ingen her", Name(""), MADS, "Ingen her"),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_name_is_replaced_as_people_write_it(
    text: str, old: Name, new: Name, is_now: str, form: str
) -> None:
    typed = unicodedata.normalize(form, text)  # type: ignore[arg-type]

    assert unicodedata.normalize("NFC", renamed(typed, old, new)) == is_now


def test_a_name_is_found_however_its_letters_are_composed() -> None:
    for stored in ("Zoë", "Zoe\u0308"):
        for typed in ("Zoë", "Zoe\u0308", "ZOË", "ZOE\u0308"):
            assert renamed(f"{typed}s bold", Name(stored), MADS) == "Mads’ bold"
    assert renamed("Zoe er en anden", Name("Zoë"), MADS) == "Zoe er en anden"


@pytest.mark.parametrize(
    ("text", "is_now"),
    [
        (
            "Sofie børster. Så vender Sofie billedet.",
            "Borgeren børster. Så vender borgeren billedet.",
        ),
        ("Peg én gang.\n- Sofies tur", "Peg én gang.\n- Borgerens tur"),
        ("“Sofie!” siger vi til Sofie", "“Borgeren!” siger vi til borgeren"),
        ("Sofie Bruun og fru Bruuns søster", "Borgeren og fru borgerens søster"),
    ],
)
def test_in_a_template_the_citizen_is_a_word_with_a_capital_where_sentences_begin(
    text: str, is_now: str
) -> None:
    assert renamed(text, SOFIE, ANYBODY) == is_now


def test_from_a_template_the_first_name_comes_back_and_other_borgere_stay() -> None:
    text = "Borgeren tager borgerens børste. Andre borgere ser på borgeren."

    assert renamed(text, ANYBODY, Name("Mads")) == (
        "Mads tager Mads’ børste. Andre borgere ser på Mads."
    )


@pytest.mark.parametrize(
    ("name", "owner"), [("Sofie", "Sofies"), ("Mads", "Mads’"), ("Max", "Max’"), ("", "s")]
)
def test_an_owner_is_named_the_danish_way(name: str, owner: str) -> None:
    assert genitive(name) == owner


# For any text and any name

NAMES = st.text(st.sampled_from("abefioszåæéøABEFIOSZÅÆÉØ"), min_size=2, max_size=8)
FILLINGS = st.text(
    st.sampled_from(" \n\t.,;:!?-–—'’”\"()/_0123456789abesøåé\u0301\u00adABESØÅ"), max_size=12
)


def words_of(text: str) -> list[str]:
    """Return the words of a text in one form, however they were typed."""
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).casefold())
    return re.findall(r"[^\W_](?:[^\W_]|\u0301)*", plain.replace("\u00ad", ""))


@st.composite
def texts_about(draw: st.DrawFn, names: list[str]) -> str:
    """Draw a text in which names stand in any writing, among other words and signs."""
    writings = st.sampled_from(
        [
            form
            for name in names
            for said in (name, name.upper(), name.lower(), f"{name}s", f"{name}’s", f"{name}'")
            for form in (said, unicodedata.normalize("NFD", said))
        ]
    )
    return "".join(draw(st.lists(FILLINGS | writings, max_size=12)))


@given(st.data(), NAMES, NAMES)
def test_the_old_name_never_remains_as_a_word(data: st.DataObject, first: str, last: str) -> None:
    text = data.draw(texts_about([first, last]))

    said = words_of(renamed(text, Name(first, last), Name("Xxxx", "Yyyy")))

    for name in (first, last):
        [key] = words_of(name)
        assert key not in said
        assert f"{key}s" not in said


@given(st.data(), NAMES)
def test_a_template_keeps_no_name_either(data: st.DataObject, first: str) -> None:
    text = data.draw(texts_about([first, "Bruun"]))

    said = words_of(renamed(text, Name(first, "Bruun"), ANYBODY))

    assert not {*words_of(first), "bruun"} & set(said)


@given(FILLINGS, NAMES)
@example("Sofiesvej 3, ”Sofia”", "Sofie")
def test_a_text_that_does_not_say_the_name_stays_to_the_letter(text: str, name: str) -> None:
    [key] = words_of(name)
    if {key, f"{key}s"} & set(words_of(text)):
        return

    assert renamed(text, Name(name), MADS) == text


@given(st.data(), NAMES)
def test_everything_around_the_name_stays_to_the_letter(data: st.DataObject, name: str) -> None:
    before, after = data.draw(FILLINGS), data.draw(FILLINGS)
    [key] = words_of(name)
    if {key, f"{key}s"} & {*words_of(before), *words_of(after)}:
        return

    assert renamed(f"{before} {name} {after}", Name(name), Name("Xxxx")) == f"{before} Xxxx {after}"


@given(st.text(max_size=200), st.text(max_size=10), st.text(max_size=10))
def test_any_text_and_any_name_can_be_asked_for(text: str, first: str, last: str) -> None:
    renamed(text, Name(first, last), MADS)
    renamed(text, Name(first, last), ANYBODY)


def test_a_long_text_full_of_names_is_done_at_once() -> None:
    text = "Sofie\n" * 20_000

    assert renamed(text, SOFIE, MADS) == "Mads\n" * 20_000
    assert renamed(" " * 100_000 + "Sofie", SOFIE, ANYBODY).endswith("Borgeren")


def test_names_that_are_left_are_told_when_they_have_their_capital() -> None:
    texts = ["Hun skal bo her med Anna.", "Hassans kop og Jens’ stol"]

    assert names_in(texts, ["Anna", "Bo", "Hassan", "Jens Ole"]) == ["Anna", "Hassan", "Jens"]
    assert names_in([], ["Anna"]) == names_in(["Anna"], []) == []


# The goal


def a_goal() -> Goal:
    """Return a goal with everything a goal can have."""
    goal = Goal(
        text="Sofie børster selv sine tænder fem aftener om ugen",
        short_text="Sofie børster tænder efter seks billeder ved sit eget spejl",
        type=GoalType.KEEP,
        theme="egenomsorg",
        starts_on=date(2026, 6, 1),
        ends_on=date(2027, 3, 31),
        participation=Participation.CHOSE,
        participation_words="Sofie pegede",
        no_order_goal_reason="Hun vil selv",
        second_goal_reason="Det haster",
        smorte_reasons={"S": "Vi kender hende"},
    )
    goal.signs = [
        Sign(
            sense=Sense.SEE,
            text="Sofie tager Sofies børste",
            measure=Measure.COUNT,
            direction=Direction.MORE,
            baseline=1,
            target=5,
            gas_levels=[],
            steps=["Sofie finder børsten"],
        ),
        Sign(sense=Sense.SEE, text="Lagt væk", gas_levels=[], steps=[], archived_at=NOW),
    ]
    told = dict.fromkeys(("approach", "who", "when_and_where", "materials"), "")
    goal.interventions = [
        Intervention(
            title="Sofies billeder",
            practice="Vis Sofie billede 1",
            status=InterventionStatus.PAUSED,
            steps=[Step(text="Kald på Sofie"), Step(text="Vent")],
            **told,
        ),
        Intervention(title="Slut", practice="", status=InterventionStatus.ENDED, **told),
    ]
    return goal


def test_a_copy_takes_signs_and_interventions_along_and_leaves_what_is_personal() -> None:
    content = renamed_content(content_of(a_goal(), {}), SOFIE, MADS)

    assert content.text == "Mads børster selv sine tænder fem aftener om ugen"
    assert set(content.values) == {"text", "short_text", "type", "theme"}
    [sign] = content.signs
    assert sign.values == {
        "sense": Sense.SEE,
        "text": "Mads tager Mads’ børste",
        "measure": Measure.COUNT,
        "direction": Direction.MORE,
        "target": 5,
        "gas_levels": [],
        "steps": ["Mads finder børsten"],
    }
    [intervention] = content.interventions
    assert intervention.title == "Mads’ billeder"
    assert intervention.values["steps"] == ["Kald på Mads", "Vent"]
    assert not any("Sofie" in text for text in content.texts)


def test_a_sign_goes_on_in_the_middle_of_a_sentence() -> None:
    [sign] = renamed_content(content_of(a_goal(), {}), SOFIE, ANYBODY).signs

    assert sign.text == "borgeren tager borgerens børste"
    assert sign.steps == ("Borgeren finder børsten",)


def test_the_few_words_still_fit_on_a_card_with_a_longer_name() -> None:
    content = renamed_content(content_of(a_goal(), {}), SOFIE, Name("Wilhelmina-Alexandra"))

    assert len(content.short_text) <= LONGEST_SHORT_TEXT
    assert content.short_text.endswith("…")

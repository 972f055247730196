"""Which step a sentence goes on as, which picture may be shown, which sign steps measure."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import NOW
from webapp.domain.consenting import may_be_shown
from webapp.domain.errors import PictureNeedsConsent, SignElsewhere, SignHasNoFaces, StepsDiffer
from webapp.domain.instructing import (
    carried_over,
    check_may_be_taken,
    check_measured_by,
    is_long,
    sign_asked,
    sign_of_steps,
)
from webapp.models import (
    Citizen,
    CitizenKind,
    Consent,
    ConsentGiver,
    ConsentPurpose,
    Goal,
    Intervention,
    InterventionStatus,
    Measure,
    Picture,
    Sign,
    Step,
    StepPicture,
)

TODAY = date(2026, 11, 21)
TEETH = ["Tag tandbørsten", "Kom tandpasta på", "Børst foroven", "Skyl munden"]
SENTENCES = st.lists(st.sampled_from([*TEETH, "Børst forneden", "Tør munden"]), max_size=8)


@pytest.mark.parametrize(
    ("new", "places"),
    [
        (TEETH, [0, 1, 2, 3]),
        (["Tag den blå tandbørste", *TEETH[1:]], [0, 1, 2, 3]),
        ([TEETH[1], TEETH[0], *TEETH[2:]], [1, 0, 2, 3]),
        ([*TEETH[:2], "Børst forneden", *TEETH[2:]], [0, 1, None, 2, 3]),
        ([*TEETH, "Sæt børsten på plads"], [0, 1, 2, 3, None]),
        (TEETH[1:], [1, 2, 3]),
        ([], []),
        (["Tag tøj på", "Gå ud i køkkenet"], [None, None]),
    ],
)
def test_a_sentence_goes_on_as_the_step_it_was(new: list[str], places: list[int | None]) -> None:
    assert carried_over(TEETH, new) == places


@pytest.mark.parametrize(
    ("old", "new", "places"),
    [
        (["Vask", "Skyl", "Vask"], ["Skyl", "Vask"], [1, 2]),
        (["Et", "To", "Tre"], ["Et nyt", "Et ekstra", "To", "Tre"], [0, None, 1, 2]),
        (["Tag kluden", "Vrid den", "Tør"], ["Vrid den godt", "Tør"], [1, 2]),
        (["Tag kluden", "Vrid den", "Tør"], ["Tør", "Vrid den godt", "Tag kluden"], [2, 1, 0]),
    ],
)
def test_a_sentence_put_differently_keeps_its_step_whatever_its_neighbours_do(
    old: list[str], new: list[str], places: list[int | None]
) -> None:
    assert carried_over(old, new) == places


def test_of_very_many_sentences_only_the_same_are_found_again() -> None:
    # Comparing each with each would hold up everybody who writes meanwhile.
    old = [f"Trin {number}" for number in range(5000)]

    assert carried_over(old, [*reversed(old), "Trin 4999 igen"]) == [*reversed(range(5000)), None]


def test_the_same_sentence_twice_is_two_steps() -> None:
    assert carried_over(["Skyl", "Skyl"], ["Skyl", "Skyl", "Skyl"]) == [0, 1, None]


@given(SENTENCES, SENTENCES)
def test_no_step_goes_on_twice_and_one_whose_sentence_stays_is_never_lost(
    old: list[str], new: list[str]
) -> None:
    places = carried_over(old, new)

    used = [place for place in places if place is not None]
    assert len(places) == len(new)
    assert len(used) == len(set(used))
    for text in set(old):
        kept = [place for place in used if old[place] == text]
        assert len(kept) >= min(old.count(text), new.count(text))


def a_picture(*, shows_citizen: bool) -> StepPicture:
    return StepPicture(id=uuid4(), shows_citizen=shows_citizen)


def a_yes(purpose: ConsentPurpose, until: date | None = None) -> Consent:
    citizen = Citizen(first_name="Sofie", kind=CitizenKind.ADULT, born_on=date(1990, 1, 1))
    return Consent(
        citizen=citizen,
        purpose=purpose,
        given_by=ConsentGiver.CITIZEN,
        given_on=date(2026, 1, 1),
        until=until,
    )


@pytest.mark.parametrize("purpose", list(ConsentPurpose))
def test_a_picture_of_a_note_needs_a_yes_to_documentation(purpose: ConsentPurpose) -> None:
    noted = Picture(shows_citizen=True)

    is_meant = purpose is ConsentPurpose.DOCUMENTATION
    assert may_be_shown(noted, [a_yes(purpose)], TODAY) is is_meant
    assert may_be_shown(Picture(shows_citizen=None), [], TODAY)


def test_hands_and_things_need_no_consent() -> None:
    assert may_be_shown(a_picture(shows_citizen=False), [], TODAY)
    check_may_be_taken(shows_citizen=False, consents=[], today=TODAY)


@pytest.mark.parametrize(
    ("consents", "is_shown"),
    [
        ([], False),
        ([a_yes(ConsentPurpose.INSTRUCTION)], True),
        ([a_yes(ConsentPurpose.DOCUMENTATION)], False),
        ([a_yes(ConsentPurpose.INSTRUCTION, until=date(2026, 11, 20))], False),
        ([a_yes(ConsentPurpose.INSTRUCTION, until=TODAY)], True),
    ],
    ids=["nobody said yes", "yes", "for something else", "run out", "its last day"],
)
def test_the_citizen_is_seen_only_with_a_yes_that_counts(
    consents: list[Consent], *, is_shown: bool
) -> None:
    assert may_be_shown(a_picture(shows_citizen=True), consents, TODAY) is is_shown
    if is_shown:
        check_may_be_taken(shows_citizen=True, consents=consents, today=TODAY)
    else:
        with pytest.raises(PictureNeedsConsent):
            check_may_be_taken(shows_citizen=True, consents=consents, today=TODAY)


def test_more_than_twelve_words_are_long() -> None:
    assert not is_long("en to tre fire fem seks syv otte ni ti elleve tolv")
    assert is_long("en to tre fire fem seks syv otte ni ti elleve tolv tretten")


def an_instruction(
    *,
    steps: int = 3,
    sign_steps: int = 3,
    measure: Measure = Measure.STEPS,
    archived_at: datetime | None = None,
) -> Intervention:
    """Return an intervention whose steps measure a sign of the same goal."""
    goal = Goal(id=uuid4())
    sign = Sign(
        id=uuid4(),
        goal_id=goal.id,
        measure=measure,
        steps=[f"Trin {number}" for number in range(sign_steps)],
        archived_at=archived_at,
    )
    texts = [Step(text=f"Gør {number}", rank=number) for number in range(steps)]
    return Intervention(
        goal_id=goal.id,
        goal=goal,
        sign=sign,
        steps=texts,
        status=InterventionStatus.RUNNING,
    )


def test_the_steps_measure_the_sign_that_was_chosen_whatever_its_sentences_are() -> None:
    instruction = an_instruction()

    assert sign_of_steps(instruction) is instruction.sign
    check_measured_by(instruction, instruction.sign, None)
    check_measured_by(instruction, None, None)


@pytest.mark.parametrize(
    "unfit",
    [
        {"steps": 2},
        {"sign_steps": 4},
        {"measure": Measure.COUNT},
        {"archived_at": NOW},
    ],
    ids=["a step was taken out", "the sign got one more", "it is counted now", "put away"],
)
def test_a_sign_that_no_longer_fits_is_not_measured_and_cannot_be_chosen(
    unfit: dict[str, Any],
) -> None:
    instruction = an_instruction(**unfit)

    assert sign_of_steps(instruction) is None
    with pytest.raises(StepsDiffer):
        check_measured_by(instruction, instruction.sign, None)


def test_a_sign_of_another_goal_cannot_be_chosen() -> None:
    with pytest.raises(SignElsewhere):
        check_measured_by(an_instruction(), an_instruction().sign, None)


def test_a_citizen_is_asked_about_a_sign_with_faces_as_long_as_it_has_them() -> None:
    instruction = an_instruction()
    faces = Sign(id=uuid4(), goal_id=instruction.goal_id, measure=Measure.SMILEY)
    assert sign_asked(instruction) is None
    instruction.asked_sign = faces
    check_measured_by(instruction, None, faces)
    assert sign_asked(instruction) is faces

    faces.archived_at = NOW
    assert sign_asked(instruction) is None
    with pytest.raises(SignHasNoFaces):
        check_measured_by(instruction, None, faces)
    with pytest.raises(SignElsewhere):
        check_measured_by(an_instruction(), None, faces)

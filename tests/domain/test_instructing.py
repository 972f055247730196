"""Which step a sentence goes on as, and which picture may be shown."""

from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.errors import PictureNeedsConsent
from webapp.domain.instructing import carried_over, check_may_be_taken, is_long, may_be_shown
from webapp.models import Citizen, CitizenKind, Consent, ConsentGiver, ConsentPurpose, StepPicture

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

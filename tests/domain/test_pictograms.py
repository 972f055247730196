"""Finding pictograms by Danish words."""

import unicodedata
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.adapters.pictograms import load_pictograms
from webapp.domain.pictograms import LONGEST_QUERY, folded, search

ALL = [each for group in load_pictograms() for each in group.pictograms]
NAMES = [each.name for each in ALL]


@dataclass(frozen=True)
class Word:
    name: str
    synonyms: tuple[str, ...] = ()


def found(query: str) -> list[str]:
    return [each.name for each in search(query, ALL)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("tandbørste", "Tandbørste"),
        ("tænder", "Tandbørste"),
        ("børste tænder", "Tandbørste"),
        ("Tag tandbørsten.", "Tandbørste"),
        ("Kom tandpasta på", "Tandbørste"),
        ("tøj på", "T-shirt"),
        ("vaske hænder", "Vask hænder"),
        ("gå i bad", "Gå i bad"),
        ("kop kaffe", "Kaffe"),
        ("cykelhjelm", "Hjelm"),
        ("Sluk lyset", "Lys"),
        ("klokken 7", "Klokken syv"),
        ("kl. 19", "Klokken syv"),
        ("ikke glad", "Glad"),
        ("tage medicin", "Medicin"),
    ],
)
def test_everyday_words_find_what_they_mean(query: str, first: str) -> None:
    assert first in found(query)[:4]


@pytest.mark.parametrize("query", ["bad", "tøj", "mad", "sko", "bil", "ked", "ur", "is", "på"])
def test_short_words_find_something(query: str) -> None:
    assert found(query)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("tandboerste", "tandbørste"), ("aeble", "æble"), ("paere", "pære"), ("baad", "båd")],
)
def test_a_keyboard_without_danish_letters_finds_the_same(typed: str, meant: str) -> None:
    assert found(typed) == found(meant) != []


@pytest.mark.parametrize("query", ["", "   ", "…", "xyzzyq", "🪥"])
def test_what_says_nothing_finds_nothing(query: str) -> None:
    assert found(query) == []


def test_a_name_stands_before_a_synonym_and_both_before_a_part_of_a_word() -> None:
    words = [Word("Badminton"), Word("Svømme", ("bad",)), Word("Bad")]

    assert [each.name for each in search("bad", words)] == ["Bad", "Svømme", "Badminton"]


def test_who_answers_to_all_words_stands_before_who_answers_to_one() -> None:
    words = [Word("Tøj"), Word("Vask tøj"), Word("Vask")]

    assert next(iter(search("vask tøj", words))).name == "Vask tøj"


def test_the_whole_word_is_taken_apart_only_where_nothing_better_is_found() -> None:
    assert [each.name for each in search("vintersko", [Word("Sko")])] == ["Sko"]
    both = [Word("Sko"), Word("Vintersko")]
    assert [each.name for each in search("vintersko", both)] == ["Vintersko"]


@settings(deadline=None)
@given(st.sampled_from(ALL))
def test_each_is_found_first_by_its_own_name(each: Word) -> None:
    same = [other.name for other in ALL if folded(other.name) == folded(each.name)]
    assert same == [each.name]
    assert found(each.name)[0] == each.name


@settings(deadline=None)
@given(st.sampled_from(ALL), st.data())
def test_each_is_found_by_the_beginning_of_its_name(each: Word, data: st.DataObject) -> None:
    word = folded(each.name)[0]
    letters = data.draw(st.integers(min_value=min(2, len(word)), max_value=len(word)))

    assert each.name in found(word[:letters])


@settings(deadline=None)
@given(st.sampled_from(NAMES) | st.text(max_size=30))
def test_capitals_and_how_letters_are_composed_make_no_difference(query: str) -> None:
    assert found(unicodedata.normalize("NFD", query)) == found(unicodedata.normalize("NFC", query))
    if folded(query.upper()) == folded(query):
        assert found(query.upper()) == found(query)


@settings(deadline=None)
@given(st.lists(st.sampled_from(NAMES) | st.text(max_size=20), max_size=20).map(" ".join))
def test_whatever_is_typed_finds_each_at_most_once_and_only_what_is_there(query: str) -> None:
    names = found(query)

    assert len(names) == len(set(names))
    assert set(names) <= set(NAMES)


def test_a_whole_novel_is_looked_at_only_as_far_as_a_query_goes() -> None:
    novel = "tandbørste " + "bla " * 100_000

    assert "Tandbørste" in found(novel)
    assert found("q " * LONGEST_QUERY + "tandbørste") == []

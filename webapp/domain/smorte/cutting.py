"""A goal's text cut into words, each with the clause it stands in."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple
from unicodedata import normalize

from webapp.domain.smorte.lexicon import TELLING_FORMS
from webapp.domain.smorte.words import (
    INFINITIVE_AFTER,
    NOT_BEFORE_NEGATION,
    OPENS_TOLD,
    PRONOUNS,
    SUBORDINATORS,
)

# A letter may come as two characters: "å" as an "a" and a ring.
_WORD: Final = re.compile(r"[\w\u0300-\u036f§]+")
_QUOTED: Final = re.compile(r"[\"“”„»«][^\"“”„»«\n]{1,200}[\"“”„»«]")
_SENTENCE_ENDS: Final = ".!?\n\r;"
_CLAUSE_ENDS: Final = ",:–"


class Word(NamedTuple):
    """One word and where it stands.

    `aside` is true in a clause that tells when, why or what for, and `subordinate` in those of
    them that turn "ikke" away from the goal; `told` in what the citizen says, `quoted` in quotation
    marks. None of these is what the goal wants to reach. `infinitive` is true where one may stand:
    after "at" or a modal verb, and first in a sentence.
    """

    key: str
    start: int
    end: int
    sentence: int
    aside: bool
    subordinate: bool
    told: bool
    quoted: bool
    infinitive: bool


def words_of(text: str) -> Iterator[Word]:
    """Yield the words with their places; what stands between them ends clauses and sentences."""
    quotes = _quoted_places(text)
    found = list(_WORD.finditer(text))
    keys = [_key_of(one[0]) for one in found]
    sentence = end = 0
    aside = subordinate = told = telling = infinitive = False
    for place, (one, key) in enumerate(zip(found, keys, strict=True)):
        gap = text[end : one.start()]
        start, end = one.span()
        begins_sentence = not place or _ends(gap, _SENTENCE_ENDS)
        if begins_sentence:
            sentence, telling, told, infinitive = sentence + 1, False, False, False
        if begins_sentence or _ends(gap, _CLAUSE_ENDS):
            aside = subordinate = False
        before = "" if begins_sentence else keys[place - 1]
        subordinate = subordinate or _opens_subordinate(key, before)
        aside = aside or subordinate or _opens_aside(key, before, gap)
        told = told or (telling and key in OPENS_TOLD)
        telling = telling or key in TELLING_FORMS
        infinitive = infinitive or key in INFINITIVE_AFTER
        while quotes and quotes[-1][1] <= start:
            quotes.pop()
        yield Word(
            key,
            start,
            end,
            sentence,
            aside=aside,
            subordinate=subordinate,
            told=told,
            quoted=bool(quotes) and quotes[-1][0] <= start,
            infinitive=infinitive or begins_sentence,
        )


def _opens_subordinate(key: str, before: str) -> bool:
    """Tell whether a word begins a clause of when or why, or of who.

    At the start of a sentence "der" means "there", and after "at" too.
    """
    if key == "der":
        return before not in {"", "at"}
    return key in SUBORDINATORS and key not in NOT_BEFORE_NEGATION


def _opens_aside(key: str, before: str, gap: str) -> bool:
    """Tell whether a word begins what is no goal: before what, so that, without, each time."""
    return (
        key in NOT_BEFORE_NEGATION
        or (key == "at" and before in {"for", "uden"})
        or (key in PRONOUNS and before == "gang")
        or (key == "så" and "," in gap)
    )


def _ends(gap: str, marks: str) -> bool:
    return any(mark in gap for mark in marks)


def _key_of(written: str) -> str:
    """Return a word as the lexicon has it: composed and without capitals."""
    return written.lower() if written.isascii() else normalize("NFC", written.casefold())


def _quoted_places(text: str) -> list[tuple[int, int]]:
    """Return what stands in quotation marks, last first; nothing when that is nearly all."""
    places = [found.span() for found in _QUOTED.finditer(text)]
    if 2 * sum(end - start for start, end in places) > len(text):
        return []
    return places[::-1]

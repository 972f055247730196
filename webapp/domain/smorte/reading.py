"""A goal's text as the rules see it: its words, and which of ours stand where.

One pass over the text, so the time grows with its length and with nothing else.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from webapp.domain.smorte.cutting import Word, words_of
from webapp.domain.smorte.lexicon import INFINITIVES, LEXICON, Entry
from webapp.domain.smorte.words import (
    GAUGES,
    HELP,
    NO_MEASURE_AFTER,
    NO_MEASURE_BEFORE,
    PREPOSITIONS,
    Group,
)

_MONTHS: Final = (
    "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"
)
_DATE: Final = re.compile(
    r"\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b"
    rf"|\b(?:\d{{1,2}}\. ?)?(?:{_MONTHS}) \d{{4}}\b"
    rf"|\b\d{{1,2}}\. ?(?:{_MONTHS})\b"
    r"|\b(?:inden|senest|den|til|før) (?:d\. ?)?\d{1,2}/\d{1,2}\b"
    r"|\b(?:i|inden|til|senest|før) uge \d{1,2}\b",
    re.IGNORECASE,
)
_HUNDRED: Final = re.compile(r"\b100 ?%")

LONGEST_PHRASE: Final = 80
"""Characters. What is spread wider is no phrase any more."""

LONGEST_GAP: Final = 2
"""Words that may stand in a phrase where the list has "…"."""

MOST_WORDS: Final = 5
"""A finding shows no more than these; nobody mends a goal from a longer list."""


class Hit(NamedTuple):
    """A word or phrase of ours, from its first word to its last, by their places in the text."""

    group: Group
    first: int
    last: int


class Reading:
    """A text read once.

    Attributes:
        text: As typed.
        words: Its words in order; empty when it has none.
        amounts: Where it says how much or how often.
        avoided: Where it says what is to end.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._dates = [found.span() for found in _DATE.finditer(text)]
        self.words = list(words_of(text))
        self._hits: dict[Group, list[Hit]] = {group: [] for group in Group}
        for hit in self._found():
            self._hits[hit.group].append(hit)
        self._leave_out_what_a_phrase_covers()
        # Several rules ask the same.
        self._asked: dict[tuple[Group, ...], list[Hit]] = {}
        self.amounts = _widest([*self._numbers(), *self._hits[Group.AMOUNT]])
        self.avoided = _widest([*self.in_goal(Group.AVOIDANCE), *self._negations()])

    def hits(self, *groups: Group) -> list[Hit]:
        """Return where these groups stand, in the order of the text; of two nested the wider."""
        return _widest(hit for group in groups for hit in self._hits[group])

    def in_goal(self, *groups: Group) -> list[Hit]:
        """Return where these groups stand in what the goal itself says: no asides, no quotes."""
        if groups not in self._asked:
            hits = self.hits(*groups)
            self._asked[groups] = [hit for hit in hits if not self._excused(self.words[hit.first])]
        return self._asked[groups]

    def as_written(self, hits: Iterable[Hit]) -> tuple[str, ...]:
        """Return what stands there, letter by letter, each once and no more than `MOST_WORDS`."""
        seen: dict[str, str] = {}
        for hit in hits:
            written = self.text[self.words[hit.first].start : self.words[hit.last].end]
            seen.setdefault(written.casefold(), written)
            if len(seen) == MOST_WORDS:
                break
        return tuple(seen.values())

    @property
    def dates(self) -> tuple[str, ...]:
        """Dates and periods written in the text; empty when there are none."""
        exact = [self.text[start:end] for start, end in self._dates]
        return tuple(dict.fromkeys([*exact, *self.as_written(self.hits(Group.DATE))]))[:MOST_WORDS]

    @property
    def hundred_percent(self) -> tuple[str, ...]:
        """The words "100 %" as written; empty when they are not there."""
        found = _HUNDRED.search(self.text)
        return (found[0],) if found else ()

    def without(self) -> list[Hit]:
        """Return each "uden" that leaves out a bad habit; "uden at vi minder ham" is less help."""
        return [
            hit
            for hit in self.hits(Group.WITHOUT)
            if not any(self._key(place) in HELP for place in range(hit.last + 1, hit.last + 6))
        ]

    def before(self, place: int) -> str:
        """Return the word before one in its sentence, as a key; "" when there is none."""
        if place and self.words[place - 1].sentence == self.words[place].sentence:
            return self.words[place - 1].key
        return ""

    def is_after_preposition(self, hit: Hit) -> bool:
        """Tell whether it is "med personalet" rather than "personalet"."""
        return self.before(hit.first) in PREPOSITIONS

    def _key(self, place: int) -> str:
        return self.words[place].key if place < len(self.words) else ""

    def _excused(self, word: Word) -> bool:
        return word.aside or word.told or word.quoted

    def _numbers(self) -> Iterator[Hit]:
        """Yield numbers that measure something: not a date, an age or a room."""
        for place, word in enumerate(self.words):
            if word.key[0].isdecimal() and not self._is_name_or_date(place):
                yield Hit(Group.AMOUNT, place, place)

    def _negations(self) -> Iterator[Hit]:
        """Yield each "ikke" of the goal itself: "slår ikke"; not "når hun ikke kan", "ikke kun"."""
        for hit in self._hits[Group.NOT]:
            word = self.words[hit.first]
            elsewhere = word.subordinate or word.told or word.quoted
            if not elsewhere and self._key(hit.last + 1) not in GAUGES:
                yield hit

    def _is_name_or_date(self, place: int) -> bool:
        word = self.words[place]
        return (
            self._key(place + 1) in NO_MEASURE_AFTER
            or self.before(place) in NO_MEASURE_BEFORE
            or self._is_in_date(word.start)
        )

    def _is_in_date(self, start: int) -> bool:
        place = bisect_right(self._dates, (start, len(self.text)))
        return place > 0 and start < self._dates[place - 1][1]

    def _found(self) -> Iterator[Hit]:
        for place, word in enumerate(self.words):
            for entry in LEXICON.get(word.key, ()):
                if entry.group is Group.OBSERVABLE and _is_another_word(word):
                    continue
                last = self._last_word(entry, place)
                if last is not None:
                    yield Hit(entry.group, place, last)

    def _last_word(self, entry: Entry, place: int) -> int | None:
        """Return where a phrase that may begin here ends; None when it does not stand here."""
        first, last = self.words[place], place
        for part in entry.rest:
            furthest = last + 1 + (LONGEST_GAP if part.may_wait else 0)
            for later in range(last + 1, min(furthest + 1, len(self.words))):
                word = self.words[later]
                if word.key in part.forms and word.sentence == first.sentence:
                    last = later
                    break
            else:
                return None
        return last if self.words[last].end - first.start <= LONGEST_PHRASE else None

    def _leave_out_what_a_phrase_covers(self) -> None:
        """Let "holder op med" be no "holder", and "støttes" nothing but done to someone."""
        covers = (Group.AVOIDANCE, Group.LESS, Group.DONE_TO, Group.LARGE, Group.OBEDIENCE)
        covered = {
            place for group in covers for hit in self._hits[group]
            for place in range(hit.first, hit.last + 1)
        }  # fmt: skip
        longer = {hit.first for hit in self._hits[Group.VAGUE] if hit.last > hit.first}
        for group in (Group.OBSERVABLE, Group.WIDE, Group.STATE, Group.VAGUE):
            out = covered if group is Group.VAGUE else covered | longer
            self._hits[group] = [hit for hit in self._hits[group] if hit.first not in out]


def _widest(hits: Iterable[Hit]) -> list[Hit]:
    """Return the hits in order, without those that lie inside another."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.first, -hit.last)):
        if not kept or hit.last > kept[-1].last:
            kept.append(hit)
    return kept


def _is_another_word(word: Word) -> bool:
    """Tell whether what looks like an infinitive stands where none can: "en stille stund"."""
    return word.key in INFINITIVES and not word.infinitive

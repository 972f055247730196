"""Finding a pictogram by Danish words.

Source: docs/decisions/0034-pictograms.md
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, Protocol, TypeVar

LONGEST_QUERY: Final = 200
"""Characters; what comes after them is not looked at."""

MOST_WORDS: Final = 12
"""Words of a query that are looked at."""

_SMALL_WORDS: Final = frozenset(
    {
        *("af", "at", "de", "dem", "den", "det", "din", "dine", "dit", "du", "en", "er", "et"),
        *("for", "fra", "han", "hen", "hun", "i", "jeg", "kom", "med", "men", "min", "mine"),
        *("mit", "og", "om", "os", "paa", "saa", "sig", "sin", "sine", "sit", "som", "tag", "tage"),
        *("til", "ved", "vi"),
    }
)
"""Folded. They say nothing about what a pictogram shows, unless one searches for nothing else."""

_ENDINGS: Final = ("erne", "ene", "ens", "ets", "er", "en", "et", "ne", "e", "r", "n", "t", "s")
"""Of Danish nouns and verbs, the longest first."""

_SHORTEST_STEM: Final = 3
_SHORTEST_PART: Final = 3
"""Letters of a part of a longer word, so that not every word with an "is" in it is found."""

_EXACT, _SAME_STEM, _BEGINS, _PART, _HELD = 100, 85, 70, 40, 15
_SURE: Final = 65
_FAR_FETCHED: Final = 26
"""Points for a word: where something is found that well, what is found that badly is left out."""

_AS_SYNONYM: Final = 0.8
_WHOLE: Final = 60
"""On top, where the whole query is a whole name or synonym."""

_WORD: Final = re.compile(r"[^\W_]+")
_LETTERS: Final = str.maketrans({"æ": "ae", "ä": "ae", "ø": "oe", "ö": "oe", "å": "aa"})


class Named(Protocol):
    """Something with a name and other words for it, each one line of text."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def synonyms(self) -> Sequence[str]:
        """Other words; may be none."""


Found = TypeVar("Found", bound=Named)


@lru_cache(maxsize=20_000)
def folded(text: str) -> tuple[str, ...]:
    """Return the words of a text as they are compared: small, æ as ae, ø as oe, å as aa.

    Other accents do not count, and neither do signs between the words; none gives no words.
    """
    # Composed first, so that an å that came as a with a ring is an å all the same.
    small = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", small)
    return tuple(_WORD.findall("".join(each for each in plain if not unicodedata.combining(each))))


def search(query: str, among: Iterable[Found]) -> list[Found]:
    """Return what a query finds, the best first; nothing for a query without words.

    A word finds another by being the same, the same in another ending, its beginning, a part of it
    ("børste" of "tandbørste") or, where nothing better is found, by holding it ("sko" in
    "vintersko"). Who answers to more of the words stands first, then who answers better, and names
    count for more than synonyms.

    Args:
        query: As it was typed, or a whole sentence.
        among: Where to look; of two that are as good the first stays first.
    """
    said = folded(query[:LONGEST_QUERY])
    words = [word for word in said if word not in _SMALL_WORDS] or list(said)
    wanted = list(dict.fromkeys(words))[:MOST_WORDS]
    if not wanted:
        return []
    fits = [_Fit(word) for word in wanted]
    ranked = [(_rank(fits, said, each), each) for each in among]
    hits = [(rank, each) for rank, each in ranked if rank[0]]
    hits.sort(key=lambda hit: hit[0], reverse=True)
    if any(points >= many * _SURE for (many, points), _ in hits):
        hits = [hit for hit in hits if hit[0][1] > hit[0][0] * _FAR_FETCHED]
    return [each for _, each in hits]


class _Fit(dict[str, float]):
    """How well each word fits one word of a query; worked out once, for most stand often."""

    def __init__(self, word: str) -> None:
        super().__init__({"": 0.0})
        self._word = word

    def __missing__(self, other: str) -> float:
        self[other] = points = _points(self._word, other)
        return points


def _rank(wanted: Sequence[_Fit], said: tuple[str, ...], entry: Named) -> tuple[int, float]:
    """Return how many of the words an entry answers to, and how well."""
    words, labels = _weighed(entry.name, tuple(entry.synonyms))
    many, points = 0, 0.0
    for fit in wanted:
        best = max([fit[word] * weight for word, weight in words], default=0)
        many, points = many + (best > 0), points + best
    return many, points + labels.get(said, 0)


@lru_cache(maxsize=20_000)
def _weighed(
    name: str, synonyms: tuple[str, ...]
) -> tuple[list[tuple[str, float]], dict[tuple[str, ...], float]]:
    """Return the words of an entry with what each counts, and what is added for a whole label."""
    labels = {folded(each): _AS_SYNONYM for each in synonyms} | {folded(name): 1.0}
    # The name last, so that a word that stands in both counts as the name's.
    words = {word: weight for label, weight in labels.items() for word in label}
    words |= dict.fromkeys(folded(name), 1.0)
    return list(words.items()), {label: weight * _WHOLE for label, weight in labels.items()}


def _points(word: str, other: str) -> float:
    """Return how well a word of the query fits a word of a name, 0 to 100."""
    if word == other:
        return _EXACT
    if _stem(word) == _stem(other):
        return _SAME_STEM
    # The more of the word is said, the likelier it is the one that was meant.
    if other.startswith(word):
        return _BEGINS + 10 * len(word) / len(other)
    stem = _stem(word)
    if len(stem) >= _SHORTEST_PART and (stem in other):
        return _PART + 10 * len(stem) / len(other)
    is_part = len(other) >= _SHORTEST_PART and other not in _SMALL_WORDS
    if is_part and (word.startswith(other) or word.endswith(other)):
        return _HELD + 10 * len(other) / len(word)
    return 0


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    """Return a word without its ending; a short one stays as it is."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word

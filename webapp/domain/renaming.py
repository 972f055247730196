"""Put one name in the place of another in what people wrote.

A name is found wherever it stands as words of its own: in small and capital letters, composed or
decomposed, in the genitive, and the parts of a name of several words also alone. All other words
stay as they are, to the letter.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise
from typing import Final, NamedTuple

from webapp.models import Citizen


@dataclass(frozen=True, slots=True)
class Name:
    """What somebody is called. Without a last name the first stands for the whole."""

    first: str
    last: str = ""

    @property
    def whole(self) -> str:
        """First and last name."""
        return f"{self.first} {self.last}".strip()


def name_of(citizen: Citizen) -> Name:
    """Return what a citizen is called."""
    return Name(citizen.first_name, citizen.last_name)


def renamed(text: str, old: Name, new: Name, *, begins: bool = True) -> str:
    """Return the text with the new name wherever the old one stood.

    A word that is no name, as "borgeren", gets a capital where a sentence begins.

    Args:
        text: May be empty.
        old: Who it was about.
        new: Who it is about now.
        begins: Whether the text begins a sentence.
    """
    said = {_Part.FIRST: new.first, _Part.LAST: new.last or new.first, _Part.WHOLE: new.whole}
    pieces, at = [], 0
    for found in _found(text, old, merge=not new.last):
        word = said[found.part]
        if word[:1].islower() and _begins_sentence(text, found.start, begins=begins):
            word = word[:1].upper() + word[1:]
        pieces += [text[at : found.start], genitive(word) if found.is_genitive else word]
        at = found.end
    return "".join([*pieces, text[at:]])


def genitive(name: str) -> str:
    """Return a name as an owner is named: Sofies, Mads’."""
    return f"{name}’" if _key(name).endswith(_HISSES) else f"{name}s"


def names_in(texts: Iterable[str], names: Iterable[str]) -> list[str]:
    """Return which names stand in the texts with a capital letter, by alphabet; may be empty.

    For a reader to look at: many names are words too, and then it is the capital that tells.

    Args:
        texts: Where to look.
        names: First names; the parts of one are looked for each by itself.
    """
    known = {_key(word.said): word.said for name in names for word in _words(name)}
    said = {_key(word.said) for text in texts for word in _words(text) if word.said[0].isupper()}
    return sorted(word for key, word in known.items() if said & {key, f"{key}s"})


class _Part(Enum):
    FIRST = auto()
    LAST = auto()
    WHOLE = auto()


class _Word(NamedTuple):
    start: int
    end: int
    said: str


class _Found(NamedTuple):
    start: int
    end: int
    part: _Part
    is_genitive: bool


_Sought = tuple[tuple[str, ...], _Part]
"""The words of a name or of a part of it, as `_key` gives them, and which part it is."""

_SOFT_HYPHEN: Final = "\u00ad"
_APOSTROPHES: Final = tuple("'’‘ʼ´`")
_HISSES: Final = ("s", "x", "z")
_BETWEEN: Final = re.compile(r"[\s\-‐‑–'’‘ʼ´`]+")
"""What may stand between the words of one name."""
_BESIDE: Final = re.compile(r"[ \t\u00a0-]+")
_OPENS: Final = "\"'”“„»«’‘([{-–—•*"
_ENDS: Final = ".!?…\n"

_PARTICLES: Final = frozenset(
    (
        *("af", "al", "bin", "da", "de", "del", "den", "der", "di", "dos"),
        *("du", "el", "ibn", "la", "le", "ten", "ter", "van", "von", "zu"),
    )
)
"""Parts of last names that are words of their own; alone they are nobody's name."""


def _found(text: str, name: Name, *, merge: bool) -> Iterator[_Found]:
    """Yield where a name stands, from left to right, none inside another.

    Args:
        text: Where to look.
        name: What to look for.
        merge: Whether a first and a last name beside each other are one.
    """
    sought, words = _sought(name), _words(text)
    waiting: _Found | None = None
    place = 0
    while place < len(words):
        found, taken = _found_at(text, words, place, sought)
        place += taken
        if waiting and found and merge and _is_one_person(text, waiting, found):
            waiting = _Found(waiting.start, found.end, _Part.WHOLE, found.is_genitive)
        elif found:
            if waiting:
                yield waiting
            waiting = found
    if waiting:
        yield waiting


def _is_one_person(text: str, one: _Found, other: _Found) -> bool:
    parts = one.part is not _Part.LAST and other.part is _Part.LAST and not one.is_genitive
    return parts and _BESIDE.fullmatch(text, one.end, other.start) is not None


def _found_at(
    text: str, words: Sequence[_Word], place: int, sought: Sequence[_Sought]
) -> tuple[_Found | None, int]:
    """Return what stands at a word and how many words it takes: None and 1 for another word."""
    for keys, part in sought:
        run = words[place : place + len(keys)]
        said = tuple(_key(word.said) for word in run)
        if said not in (keys, (*keys[:-1], f"{keys[-1]}s")) or not _belong_together(text, run):
            continue
        if said != keys:
            return _Found(run[0].start, run[-1].end, part, is_genitive=True), len(run)
        end, more = _past_genitive(text, words, place + len(run))
        return _Found(run[0].start, end, part, is_genitive=end > run[-1].end), len(run) + more
    return None, 1


def _belong_together(text: str, run: Sequence[_Word]) -> bool:
    return all(_BETWEEN.fullmatch(text, one.end, two.start) for one, two in pairwise(run))


def _past_genitive(text: str, words: Sequence[_Word], place: int) -> tuple[int, int]:
    """Return where the name before a place ends, and how many words more that takes.

    With the apostrophe of a genitive: "Sofie's", "Mads’". One that closes a quotation is none.
    """
    name = words[place - 1]
    if not text.startswith(_APOSTROPHES, name.end):
        return name.end, 0
    after = words[place] if place < len(words) else None
    if after and after.start == name.end + 1:
        return (after.end, 1) if _key(after.said) == "s" else (name.end, 0)
    is_quoted = text[: name.start].endswith(_APOSTROPHES)
    hisses = _key(name.said).endswith(_HISSES)
    return name.end + (hisses and not is_quoted), 0


def _sought(name: Name) -> list[_Sought]:
    """Return what to look for, the longest first."""
    lasts = name.last.split()
    parts = [
        (name.whole, _Part.WHOLE if name.last else _Part.FIRST),
        (name.first, _Part.FIRST),
        *((each, _Part.FIRST) for each in name.first.split()),
        (name.last, _Part.LAST),
        *((each, _Part.LAST) for each in lasts if _key(each) not in _PARTICLES),
    ]
    found: dict[tuple[str, ...], _Part] = {}
    for said, part in parts:
        if keys := tuple(_key(word.said) for word in _words(said)):
            found.setdefault(keys, part)
    return sorted(found.items(), key=lambda sought: -len(sought[0]))


def _words(text: str) -> list[_Word]:
    """Return the words of a text: letters and digits, with the marks that belong to them."""
    words: list[_Word] = []
    start: int | None = None
    for place, sign in enumerate(f"{text} "):
        if start is None:
            start = place if _begins_word(sign) else None
        elif not _begins_word(sign) and not _goes_on(sign):
            words.append(_Word(start, place, text[start:place]))
            start = None
    return words


def _begins_word(sign: str) -> bool:
    return sign.isalnum() and sign not in _APOSTROPHES


def _goes_on(sign: str) -> bool:
    return sign == _SOFT_HYPHEN or unicodedata.category(sign).startswith("M")


def _key(word: str) -> str:
    """Return what all writings of one word have in common."""
    decomposed = unicodedata.normalize("NFD", word.replace(_SOFT_HYPHEN, ""))
    return unicodedata.normalize("NFD", decomposed.casefold())


def _begins_sentence(text: str, place: int, *, begins: bool) -> bool:
    before = place - 1
    while before >= 0 and text[before] not in _ENDS and _may_open(text[before]):
        before -= 1
    return begins if before < 0 else text[before] in _ENDS


def _may_open(sign: str) -> bool:
    return sign.isspace() or sign in _OPENS

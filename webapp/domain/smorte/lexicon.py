"""The words of `words`, in all their forms, laid out so that a text is read once."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from webapp.domain.smorte.inflection import adjective_forms, noun_forms, verb_forms
from webapp.domain.smorte.words import PHRASES, TELLING, VERBS, Group

_INFLECT: Final = {"*": verb_forms, "~": adjective_forms, "+": noun_forms}


class Part(NamedTuple):
    """A later word of a phrase: its forms, and whether others may stand before it."""

    forms: frozenset[str]
    may_wait: bool


class Entry(NamedTuple):
    """A word or phrase, found by its first word."""

    group: Group
    rest: tuple[Part, ...]


def _phrases() -> Iterator[tuple[Group, list[str]]]:
    for group, listed in PHRASES.items():
        for phrase in listed.split(","):
            yield group, phrase.split()


def _forms(word: str) -> frozenset[str]:
    inflect = _INFLECT.get(word[-1])
    return inflect(word[:-1]) if inflect else frozenset({word})


def _rest(words: list[str]) -> tuple[Part, ...]:
    return tuple(
        Part(_forms(word), may_wait=before == "…")
        for before, word in pairwise(words)
        if word != "…"
    )


def _lexicon() -> dict[str, tuple[Entry, ...]]:
    found: dict[str, set[Entry]] = {}
    for group, infinitives in VERBS.items():
        for infinitive in infinitives.split():
            for form in verb_forms(infinitive):
                # What is done to someone ends in -s; without it they do it themselves.
                if group is not Group.DONE_TO or form.endswith("s"):
                    found.setdefault(form, set()).add(Entry(group, ()))
    for group, words in _phrases():
        for form in _forms(words[0]):
            found.setdefault(form, set()).add(Entry(group, _rest(words)))
    return {form: tuple(sorted(entries, key=str)) for form, entries in found.items()}


LEXICON: Final = _lexicon()
"""From each form of a first word to what it may begin."""

INFINITIVES: Final = frozenset(VERBS[Group.OBSERVABLE].split())

TELLING_FORMS: Final = frozenset(form for verb in TELLING.split() for form in verb_forms(verb))

"""Danish endings: from the word in our list to the forms people write.

Only endings are made, so a form that is no word may come out. It does no harm: nobody writes it.
"""

from typing import Final

# Where the present or the participle is not made by an ending.
_UNLIKE: Final[dict[str, str]] = {
    "bede": "bedt",
    "binde": "bundet",
    "blive": "blevet bliv",
    "bryde": "brudt",
    "bære": "båret",
    "drikke": "drukket",
    "finde": "fundet",
    "flyve": "fløjet",
    "følge": "fulgt",
    "få": "fået",
    "gribe": "grebet",
    "give": "givet",
    "gå": "gået",
    "gøre": "gør gjort",
    "have": "har haft",
    "hjælpe": "hjulpet",
    "holde": "holdt",
    "ligge": "ligget",
    "lægge": "lagt",
    "ride": "redet",
    "række": "rakt",
    "sidde": "siddet",
    "sige": "sagt",
    "skrive": "skrevet",
    "skære": "skåret",
    "slå": "slået",
    "smøre": "smurt",
    "spørge": "spurgt",
    "stå": "stået",
    "synge": "sunget",
    "sætte": "sat",
    "tage": "taget",
    "tælle": "talt",
    # Its present, "ved", is nearly always the preposition; `words` has it in phrases.
    "vide": "vidst",
    "vinde": "vundet",
    "vælge": "valgt",
    "være": "er været",
}
# Prefixes that leave the inflection as it is: "stå" and "forstå", "hjælpe" and "afhjælpe".
_PREFIXES: Final = ("af", "an", "be", "del", "for", "frem", "ind", "med", "ned", "om", "op",
                    "over", "på", "til", "ud", "under", "ved")  # fmt: skip


def verb_forms(infinitive: str) -> frozenset[str]:
    """Return infinitive, present, both with -s, and participle.

    "børste" gives børste, børster, børstes and børstet. The past is left out: nobody writes a goal
    in it, and "så" and "bad" are other words too. So is the imperative: "hjælp" is a noun.
    """
    common = {infinitive, f"{infinitive}r", f"{infinitive}s"}
    for prefix in ("", *_PREFIXES):
        if infinitive.startswith(prefix) and (unlike := _UNLIKE.get(infinitive[len(prefix) :])):
            return frozenset(common | {prefix + form for form in unlike.split()})
    stem = infinitive.removesuffix("e")
    return frozenset(common | {f"{stem}et", f"{stem}t"})


def adjective_forms(plain: str) -> frozenset[str]:
    """Return an adjective with -t, -e and its comparison.

    "rolig" gives roligt, rolige, roligere and roligst; "tryg" doubles its last letter: tryggere.
    """
    doubled = plain + plain[-1]
    endings = ("e", "ere", "est", "este", "st", "ste")
    return frozenset({plain, f"{plain}t", f"{plain}s"}) | {
        stem + ending for stem in (plain, doubled, plain.removesuffix("e")) for ending in endings
    }


def noun_forms(singular: str) -> frozenset[str]:
    """Return a noun in its cases: "konflikt" gives konflikten, konflikter, konflikternes."""
    stem = singular.removesuffix("e")
    forms = {singular, *(stem + ending for ending in ("en", "et", "e", "ene", "er", "erne", "n"))}
    return frozenset(forms | {f"{form}s" for form in forms})

"""Words in a sign that say what somebody makes of it, not what can be seen, heard or felt.

A hint and never a refusal: staff know the person, and a word can be right where it stands. So it
is better to miss one than to point at a good sign. What the citizen says is left alone: it can be
heard.
Source: "Målformulering med fokus på progression", recommendation 2: signs are visible, concrete
and measurable.
"""

import re
import unicodedata
from itertools import product
from typing import Final


def _forms(endings: str, stems: str) -> frozenset[str]:
    """Return every stem with every ending, "-" being none. Forms that nobody says do no harm."""
    both = product(stems.split(), endings.replace("-", "").split(" "))
    return frozenset(stem + ending for stem, ending in both)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ADJECTIVES: Final = (
    _forms(
        "- e ere est este st ste",
        "aggressiv alderssvarende ansvarlig ansvarsfuld bange besværlig bevidst dominerende doven "
        "dygtig dårlig ensom flov fraværende genert glad harmonisk hensigtsmæssig hensynsfuld "
        "hjælpsom høflig imødekommende jaloux ked kontaktbar krævende kærlig ligeglad livlig "
        "lykkelig manipulerende modig negativ normal nervøs nysgerrig nærværende omsorgsfuld "
        "opmærksom opmærksomhedssøgende oplagt ordentlig passende positiv provokerende pæn "
        "robust rolig samarbejdsvillig selvbevidst selvhjulpen social stolt stædig sulten sur "
        "tilfreds tryg træt trist trodsig tålmodig tørstig uafhængig udadreagerende "
        "uhensigtsmæssig uhøflig ulykkelig umoden uopmærksom uoplagt urolig usikker utilfreds "
        "utryg utålmodig uvenlig velfungerende veltilpas venlig vred ængstelig",
    )
    | _forms(
        "t",
        "aggressiv aktiv ansvarlig besværlig dygtig dårlig ensom harmonisk hensigtsmæssig "
        "hensynsfuld høflig kærlig lykkelig modig negativ normal nervøs nysgerrig omsorgsfuld "
        "opmærksom ordentlig positiv pæn rolig social tryg tålmodig uhensigtsmæssig uhøflig "
        "umoden uopmærksom urolig usikker utryg utålmodig uvenlig venlig vred ængstelig",
    )
    | _forms(
        "et ede",
        "afbalancer afslapp begejstr bekymr belast deprimer engager fokuser forvirr frustrer "
        "interesser irriter koncentrer motiver overvæld press skuff stress udfordr umotiver",
    )
    | _words(
        "bedre bedst bedste dovne ensomme fint fleksibel fleksibelt fleksible flot fornøjede "
        "fornøjet hjælpsomme motiverende nemmere nemt opmærksomme overstimuleret selvhjulpne "
        "selvsikker selvsikkert selvsikre sikrere sultne sværere trygge tryggere tryggest "
        "tryggeste trætte trættere uopmærksomme usikre usikrere utrygge utryggere værre værst "
        "værste"
    )
)

_VERBS: Final = _words(
    "acceptere accepterede accepterer accepteret bekymrer elske elskede elsker engagerer erkender "
    "fokuserer forbedre forbedrer forbedres forbedret foretrak foretrækker forstod forstå forstår "
    "forstås forstået fremstod fremstår frygte frygtede frygter føle føler føles følt følte gad "
    "genkende genkender genkendte gerne gide gider glemme glemmer glemte glædede glæder hade "
    "hadede hader huske huskede husker husket hyggede hygger håbe håbede håber indse indser "
    "interesserer keder kedede kende kender kendte koncentrerer lide lider lært lærte længes magte "
    "magtede magter manipulerer mene mener mente mestre mestrede mestrer misforstår motivere "
    "motiverer nyde nyder nydt opleve oplevede oplever opleves oplevet orke orkede orker overskue "
    "overskuede overskuer profiterer provokerer respektere respekterede respekterer samarbejde "
    "samarbejdede samarbejder savne savnede savner selvregulerer skammer styrker styrket synes "
    "syntes tilegner trives trivedes troede tror tænke tænker tænkt tænkte udstråle udstråler "
    "udvikle udviklede udvikler udviklet vidste ønske ønskede ønsker ønskes ønsket"
)

_NOUNS: Final = _words(
    "accept angst angsten ansvar ansvaret begejstring behov behovet bekymring bekymringer "
    "bevidsthed empati energi energien ensomhed fokus forbedring forbedringer forståelse "
    "forståelsen frustration frustrationen frustrationer følelse følelsen følelser følelserne "
    "glæde glæden humør humøret håb håbet identitet identiteten impulskontrol indsigt initiativ "
    "initiativet interesse interessen interesser irritation kompetence kompetencer koncentration "
    "koncentrationen livsglæde livskvalitet livskvaliteten livslyst livsmod madlyst mestring "
    "mistillid mistrivsel motivation motivationen nervøsitet opmærksomhed opmærksomheden overblik "
    "overblikket overskud overskuddet relation relationen relationer relationerne respekt "
    "respekten selvfølelse selvindsigt selvkontrol selvregulering selvstændighed selvtillid "
    "selvtilliden selvværd selvværdet sorg sorgen spiselyst stress succes succesoplevelse "
    "succesoplevelser tilfredshed tilknytning tillid tilliden trivsel trivslen tryghed trygheden "
    "udvikling udviklingen uro uroen usikkerhed utryghed velbefindende velvære vilje viljen vrede "
    "vreden ønske ønsker ønsket"
)

_ALWAYS: Final = _ADJECTIVES | _VERBS | _NOUNS

_ONLY_AFTER: Final = {
    "aktiv": _words("mere"),
    "god": _words("en mere"),
    # Quiet in a room can be heard; that someone is calm is what another makes of it.
    "ro": _words("bevarer er finde finder fik får få har i indre mere skaber til"),
    "roen": _words("bevarer finde finder genfinder"),
    # "Tager selvstændigt jakken på" can be seen.
    "selvstændig": _words("blive bliver er mere"),
    "sikker": _words("bliver er mere sig"),
    "tilpas": _words("sig"),
    "lyst": _words("fik får har havde ingen"),
    "åben": _words("mere"),
}

_ONLY_BEFORE: Final = {
    "let": _words("ved"),
    # "lærer" is also the teacher, and a tap is regulated too.
    "lærer": _words("at hvordan nye nyt sig"),
    "lyst": _words("til"),
    "mærker": _words("efter"),
    "regulerer": _words("sig sin sine sit"),
    "svært": _words("ved"),
    "virker": _words("mere mindre som til"),
}

# A face on a card is pointed at, and the word is the card's.
_FACES: Final = _words("ansigt ansigter ansigtet smiley smileyen smileyer")

_NEVER_BEFORE: Final = {
    "bedste": _words("kammerat ven veninde venner"),
    "dårlig": _words("arm fod hånd"),
    "dårlige": _words("arm ben fod hånd side"),
    "føle": _words("efter med om på"),
    "føler": _words("efter med om på"),
    "glad": _FACES,
    "glade": _FACES,
    "god": _words("halv time times"),
    "lyst": _words("hår rum tøj"),
    "pæne": _words("bukser kjole sko skjorte tøj"),
    "rolig": _words("musik vejrtrækning"),
    "sur": _FACES | _words("mælk"),
    "sure": _FACES,
    "triste": _FACES,
    "tænker": _words("højt"),
    # "Vred" is also what one did to a cloth.
    "vred": _FACES | _words("håndklædet karkluden kluden"),
    "vrede": _FACES,
}

_NEVER_AFTER: Final = {
    "behov": _words("efter ved"),
    "gerne": _words("må"),
    # How someone breathes can be counted.
    "roligt": _words("vejret"),
}

_NOT_A_VERDICT: Final = _words("ikke kan kunne lige må skal så ved vil")
"""After these, "godt" does not say how well: "han kan godt nå knappen"."""

_MEASURES: Final = _words("en et to tre fire fem seks syv otte ni ti halvanden og")
"""Before these, "godt" is part of a measure: "godt fem minutter"."""

_QUESTIONS: Final = _words("at hvad hvem hvilken hvor hvordan hvorfor hvornår om")
"""After "ved" and a comma, these tell that it is the verb: "Sofie ved, hvad hun skal"."""

# A combining mark belongs to its letter: some tablets write å as two characters.
_TOKEN: Final = re.compile(r"[\w\u0300-\u036f]+|[^\w\s]")

_QUOTED: Final = re.compile(r"“[^“”]*”|„[^„“”]*[“”]|”[^”]*”|‘[^‘’]*’|»[^«»]*«|«[^«»]*»|\"[^\"]*\"")

_SAYING: Final = (
    "fortalte fortælle fortæller hviske hvisker nævne nævner råbe råber sagde sige siger skrive "
    "skriver snakke snakker spurgte spørge spørger svare svarede svarer tale taler"
)

_REPORTED: Final = re.compile(
    # Between verb and clause may stand a few words, "til os"; they are looked at like the rest.
    rf"\b((?:{'|'.join(_SAYING.split())})(?:\s\w{{1,30}}){{0,3}})"
    r"(?:,?\s(?:at|om|hvad|hvem|hvilken|hvilket|hvor|hvordan|hvorfor|hvornår)|,\s(?:han|hun|jeg))\b"
    r"[^.,!?;:\n]*",
    re.IGNORECASE,
)


def interpretation_words(text: str) -> list[str]:
    """Return the words that interpret, as they are written and in their order, each once.

    A word counts as the same whether it is written large or small. What stands in quotation
    marks, and what someone is told to say, is not looked at. Empty when there is nothing to
    point at.

    Args:
        text: A sign as typed, with or without its "Vi vil se, at"; may be empty or very long.
    """
    rest = _REPORTED.sub(r"\1 . ", _QUOTED.sub(" . ", text))
    written = _TOKEN.findall(rest)
    words = [unicodedata.normalize("NFC", word).lower() for word in written]
    found: dict[str, str] = {}
    for place, word in enumerate(words):
        if word not in found and _interprets(words, place):
            found[word] = written[place]
    return list(found.values())


def _interprets(words: list[str], place: int) -> bool:
    word = words[place]
    before = words[place - 1] if place else ""
    after, later = [*words[place + 1 : place + 3], "", ""][:2]
    if before in _NEVER_AFTER.get(word, ()) or after in _NEVER_BEFORE.get(word, ()):
        return False
    if word == "godt":
        return not (before in _NOT_A_VERDICT or after in _MEASURES or after.isdigit())
    if word == "ved":
        return after == "godt" or (after == "," and later in _QUESTIONS)
    return (
        word in _ALWAYS
        or before in _ONLY_AFTER.get(word, ())
        or after in _ONLY_BEFORE.get(word, ())
    )

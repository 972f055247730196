"""Words in a sign that say what somebody makes of it, not what can be seen, heard or felt."""

import unicodedata
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.demo.citizens import CITIZENS
from webapp.domain.interpreting import interpretation_words

INTERPRETED = [
    ("Sofie er gladere om morgenen", "gladere"),
    ("Sofie bliver bedre til at børste tænder", "bedre"),
    ("Mikkel forstår, at der er pause nu", "forstår"),
    ("Karen trives ved bordet", "trives"),
    ("Villads er tryg, når uret er rødt", "tryg"),
    ("Malik er motiveret for at stå op", "motiveret"),
    ("Amina føler sig set, når hun vælger tøj", "føler"),
    ("Jens Ole synes, at turen er hyggelig", "synes"),
    ("Freja ønsker mere musik", "ønsker"),
    ("Malik får mere selvværd", "selvværd"),
    ("Poul finder ro på sit værelse", "ro"),
    ("Poul er i ro, når lampen er tændt", "ro"),
    ("Villads falder til ro efter skole", "ro"),
    ("Vi vil se, at Karen er tilfreds og stolt over bordet", "tilfreds stolt"),
    ("Sofie ved, hvad hun skal på badeværelset", "ved"),
    ("Mikkel ved godt, hvornår han har fri", "ved"),
    ("Amina har lyst til at vælge selv", "lyst"),
    ("Malik kommer ud, når han har lyst", "lyst"),
    ("Karen har det godt sammen med de andre", "godt"),
    ("Poul spiser godt til aften", "godt"),
    ("Poul har en god nat", "god"),
    ("Jens Ole vil gerne gå selv", "gerne"),
    ("Freja kan godt lide bassen", "lide"),
    ("Villads husker sin morgenkasse", "husker"),
    ("Mikkel overskuer flere gæster i stuen", "overskuer"),
    ("Mikkel har overskud til at lave madpakke", "overskud"),
    ("Amina viser glæde ved den gule bluse", "glæde"),
    ("Malik virker til at have sovet", "virker"),
    ("Malik virker mindre træt i skolen", "virker træt"),
    ("Sofie lærer at bruge de seks billeder", "lærer"),
    ("Sofie er mere selvstændig på badeværelset", "selvstændig"),
    ("Karen er mere åben over for de andre", "åben"),
    ("Villads regulerer sig selv efter en konflikt", "regulerer"),
    ("Villads regulerer sine følelser", "regulerer følelser"),
    ("Jens Ole har svært ved at komme op", "svært"),
    ("Poul er mindre urolig og ængstelig om natten", "urolig ængstelig"),
    ("Freja koncentrerer sig om knappen", "koncentrerer"),
    ("Amina udviser motivation og initiativ", "motivation initiativ"),
    ("Malik tager ansvar for sin søvn", "ansvar"),
    ("De unge opfører sig pænt og samarbejder", "pænt samarbejder"),
    ("Karen TRIVES og er Glad", "TRIVES Glad"),
    ("Villads er sikker på sig selv", "sikker"),
    ("Mikkel mærker efter, hvad han har brug for", "mærker"),
]

CLEAN = [
    "",
    "   ",
    "Sofie tager tandbørsten, når hun ser billede 1",
    "Sofie går med ud på badeværelset",
    "Mikkel rækker pausekortet til en af os",
    "Mikkel siger “jeg er ked af det”, før han går",
    'Mikkel siger "jeg vil gerne have pause"',
    "Mikkel siger »jeg er glad« eller »jeg er sur«",
    "Amina siger, at hun er glad for kjolen",
    "Amina siger til os, hvad hun ønsker at have på",
    "Malik siger, han er træt",
    "Malik fortæller om sine følelser, mens vi kører",
    "Karen smiler, når de andre sætter sig",
    "Karen peger på den glade smiley efter maden",
    "Freja føler på højttaleren med begge hænder",
    "Jens Ole kan godt nå bremsen på rollatoren",
    "Jens Ole går godt fem minutter uden at standse",
    "Jens Ole går godt 140 meter",
    "Jens Ole sidder på bænken en god time",
    "Poul trækker vejret roligt, når han ligger ned",
    "Poul begynder ved at tage glasset i højre hånd",
    "Poul stiller glasset ved hver tallerken",
    "Poul slukker lyset, når vi andre lytter til rolig musik",
    "Villads sidder ved bordet, hvor uret hænger",
    "Villads lytter, mens hans lærer læser højt",
    "Sofie regulerer vandet på den blå hane",
    "Amina tager den lyse bluse på og viser sit lyst hår",
    "Karen vred kluden op og hængte den på hanen",
    "Karen siger “Så er der ro” og ringer med klokken",
    "Mikkel går ud, når der er larm, og kommer ind, når der er stille",
    "Mikkel må gerne, siger han og rækker fadet videre",
    "Freja støtter let på vores arm",
    "Malik tager selvstændigt jakken på",
    "Malik har taget det pæne tøj på, før bussen kommer",
    "Villads viser billedet af sin bedste ven",
    "Jens Ole beder om smertestillende efter behov",
    "Knappen virker, når Freja trykker på den",
    "Vi vil mærke, at Frejas hånd er åben og varm",
    "Jens Ole ror ud på søen sammen med sin bror",
]


@pytest.mark.parametrize(("sign", "words"), INTERPRETED)
def test_words_that_nobody_can_see_are_pointed_at(sign: str, words: str) -> None:
    assert interpretation_words(sign) == words.split()


@pytest.mark.parametrize("sign", CLEAN)
def test_a_sign_that_can_be_seen_heard_or_felt_is_left_alone(sign: str) -> None:
    assert interpretation_words(sign) == []


def test_every_sign_in_the_demo_home_is_one_that_can_be_seen_heard_or_felt() -> None:
    signs = [sign.text for one in CITIZENS for goal in one.goals for sign in goal.signs]

    assert len(signs) > 40
    assert {sign: interpretation_words(sign) for sign in signs if interpretation_words(sign)} == {}


@pytest.mark.parametrize(
    "words",
    [
        "glad glade gladere gladest gladeste",
        "tryg trygt trygge tryggere tryggest",
        "rolig roligt rolige roligere roligst",
        "bedre bedst bedste",
        "dårlig dårligt dårlige dårligere dårligst",
        "forstå forstår forstod forstået",
        "føle føler følte følt",
        "ønske ønsker ønskede ønsket",
        "opleve oplever oplevede oplevet",
        "motivere motiverer motiveret motiverede motivation",
        "træt trætte trættere",
        "usikker usikkert usikre usikrere",
    ],
)
def test_a_word_is_known_however_it_is_inflected(words: str) -> None:
    for word in words.split():
        assert interpretation_words(f"Hun er {word}, når vi spiser") == [word]


def test_a_word_is_told_once_as_it_was_first_written() -> None:
    assert interpretation_words("Glad, glad og GLAD. Bedre og glad.") == ["Glad", "Bedre"]


def test_only_the_clause_that_is_said_is_left_alone() -> None:
    assert interpretation_words("Amina siger, at hun er glad, og er roligere om aftenen") == [
        "roligere"
    ]
    assert interpretation_words("Amina siger godnat og er gladere om morgenen") == ["gladere"]


def test_a_quotation_that_never_ends_hides_nothing() -> None:
    assert interpretation_words("Amina siger “ja og er gladere") == ["gladere"]


def test_letters_that_a_tablet_writes_in_two_parts_are_read_and_given_back_as_they_were() -> None:
    apart = unicodedata.normalize("NFD", "Sofie forstår billedet")

    assert interpretation_words(apart) == [unicodedata.normalize("NFD", "forstår")]


@given(
    st.text()
    | st.lists(
        st.sampled_from([*" ,.“”\"»«'", "siger, at", "glad", "Ro", "i", "ved", "godt", "ti", "og"])
    ).map(" ".join)
)
def test_any_text_gives_words_of_its_own_in_their_order_and_none_twice(text: str) -> None:
    found = interpretation_words(text)

    place = 0
    for word in found:
        place = text.index(word, place) + len(word)
    assert len({word.lower() for word in found}) == len(found)


@pytest.mark.parametrize(
    "piece",
    [
        "x",
        " ",
        "Sofie siger, at hun er glad og ",
        "siger ",
        "siger a b c ",
        "“",
        "”",
        '"',
        "»",
        "“„”‘»«\"'",
        "ved, ",
        "glad ",
        "å" + "\u030a" * 20,
    ],
    ids=ascii,
)
def test_a_text_as_long_as_a_field_can_be_is_read_while_the_page_is_drawn(piece: str) -> None:
    text = (piece * 100_000)[:100_000]

    start = perf_counter()
    interpretation_words(text)

    assert perf_counter() - start < 2

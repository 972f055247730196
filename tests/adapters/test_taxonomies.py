"""The sets of themes: the built-in ones, a home's own, and words for a file that is wrong."""

import json
from collections.abc import Callable
from dataclasses import FrozenInstanceError, asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from webapp.adapters.data_files import DataFileUnfit
from webapp.adapters.taxonomies import (
    BUILT_IN,
    FOLDER,
    Taxonomy,
    Theme,
    ThemeGroup,
    load_taxonomies,
)
from webapp.models import CitizenKind

OURS: dict[str, Any] = {
    "code": "solsikken",
    "title": "Solsikkens egne temaer",
    "kinds": ["adult", "child"],
    "groups": [
        {
            "code": "hverdagen",
            "title": "Hverdagen",
            "themes": [
                {"code": "mad", "title": "Mad og måltider"},
                {"code": "soevn", "title": "Søvn"},
            ],
        },
        {
            "code": "ude-i-byen",
            "title": "Ude i byen",
            "themes": [{"code": "bus", "title": "Bus og tog"}],
        },
    ],
}


def written(folder: Path, content: object, name: str = "egne.json") -> Path:
    file = folder / name
    file.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    return file


def refused(folder: Path) -> str:
    with pytest.raises(DataFileUnfit) as caught:
        load_taxonomies(folder)
    said = str(caught.value)
    assert "\n" not in said
    return said


# The built-in ones


def test_three_taxonomies_come_with_the_program_in_the_order_to_offer_them() -> None:
    assert list(load_taxonomies(None)) == ["ics", "ics-2007", "ffb"]


def test_every_file_of_the_folder_is_one_of_them_and_named_by_its_code() -> None:
    assert sorted(file.stem for file in FOLDER.iterdir()) == sorted(BUILT_IN)
    assert [taxonomy.code for taxonomy in load_taxonomies(None).values()] == list(BUILT_IN)


def test_children_have_ics_and_adults_have_vum() -> None:
    kinds = {code: taxonomy.kinds for code, taxonomy in load_taxonomies(None).items()}

    assert kinds == {"ics": ("child",), "ics-2007": ("child",), "ffb": ("adult",)}
    assert CitizenKind.ADULT in kinds["ffb"]
    assert CitizenKind.CHILD not in kinds["ffb"]


@pytest.mark.parametrize(
    ("code", "titles"),
    [
        (
            "ics",
            [
                "Sundhedsforhold · Dagtilbud, skoleforhold og læring · Udvikling og adfærd · "
                "Fritidsforhold og venskaber",
                "Trygt omsorgsmiljø · Stimulering og vejledning · Understøttelse af relationer",
                "Familieforhold og baggrund · Bolig, beskæftigelse og økonomi · Socialt netværk",
            ],
        ),
        (
            "ics-2007",
            [
                "Sundhed · Skoleforhold og læring · Følelses- og adfærdsmæssig udvikling · "
                "Identitet · Familie og sociale relationer · Social fremtræden · "
                "Selvstændighed og egenomsorg",
                "Grundlæggende omsorg · Sikkerhed · Følelsesmæssig varme · Stimulering · "
                "Vejledning og grænsesætning · Stabilitet",
                "Familiens historie og funktion · Slægtninge og andre i netværk · Bolig · "
                "Beskæftigelse · Økonomi · Familiens relation til omgivelserne · "
                "Lokalsamfundets ressourcer",
            ],
        ),
        (
            "ffb",
            [
                "Relationer · Kommunikation · Mobilitet · Egenomsorg · Praktiske opgaver · "
                "Samfundsliv"
            ],
        ),
    ],
)
def test_the_headings_are_the_ones_the_municipality_uses(code: str, titles: list[str]) -> None:
    groups = load_taxonomies(None)[code].groups

    assert [" · ".join(theme.title for theme in group.themes) for group in groups] == titles


CODES = {
    "ics": "sundhedsforhold dagtilbud-skoleforhold-og-laering udvikling-og-adfaerd "
    "fritidsforhold-og-venskaber trygt-omsorgsmiljoe stimulering-og-vejledning "
    "understoettelse-af-relationer familieforhold-og-baggrund bolig-beskaeftigelse-og-oekonomi "
    "socialt-netvaerk",
    "ics-2007": "sundhed skoleforhold-og-laering foelelses-og-adfaerdsmaessig-udvikling identitet "
    "familie-og-sociale-relationer social-fremtraeden selvstaendighed-og-egenomsorg "
    "grundlaeggende-omsorg sikkerhed foelelsesmaessig-varme stimulering "
    "vejledning-og-graensesaetning stabilitet familiens-historie-og-funktion "
    "slaegtninge-og-andre-i-netvaerk bolig beskaeftigelse oekonomi "
    "familiens-relation-til-omgivelserne lokalsamfundets-ressourcer",
    "ffb": "relationer kommunikation mobilitet egenomsorg praktiske-opgaver samfundsliv",
}


@pytest.mark.parametrize("code", BUILT_IN)
def test_codes_never_change_because_goals_are_kept_with_them(code: str) -> None:
    groups = load_taxonomies(None)[code].groups

    assert [theme.code for group in groups for theme in group.themes] == CODES[code].split()


def test_a_theme_is_found_by_its_code_and_an_unknown_one_is_none() -> None:
    ics = load_taxonomies(None)["ics"]

    assert ics.theme("socialt-netvaerk") == Theme("socialt-netvaerk", "Socialt netværk")
    assert ics.theme("mobilitet") is None
    assert ics.theme("") is None
    assert ics.theme("barnets-udvikling") is None, "a group is no theme"


def test_nobody_can_change_a_taxonomy_that_is_shared() -> None:
    theme = load_taxonomies(None)["ffb"].groups[0].themes[0]

    with pytest.raises(FrozenInstanceError):
        theme.title = "Noget andet"  # type: ignore[misc]


# A home's own


def test_a_home_adds_its_own_after_the_built_in_ones_by_file_name(tmp_path: Path) -> None:
    written(tmp_path, OURS | {"code": "zone"}, "a.json")
    written(tmp_path, OURS, "B.JSON")

    found = load_taxonomies(tmp_path)

    assert sorted(found) == sorted([*BUILT_IN, "zone", "solsikken"])
    assert list(found)[:3] == list(BUILT_IN)
    assert found["solsikken"].kinds == ("adult", "child")
    assert found["solsikken"].groups[1] == ThemeGroup(
        "ude-i-byen", "Ude i byen", (Theme("bus", "Bus og tog"),)
    )


def test_a_home_without_a_folder_or_with_an_empty_one_has_the_built_in_ones(tmp_path: Path) -> None:
    assert load_taxonomies(tmp_path) == load_taxonomies(tmp_path / "findes ikke")
    assert load_taxonomies(tmp_path) == load_taxonomies(None)


def test_what_is_no_taxonomy_file_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "læs mig.txt").write_text("Temaerne er aftalt på personalemødet.", "utf-8")
    (tmp_path / "._egne.json").write_bytes(b"\x00\x05\x16\x07Mac OS X")

    assert list(load_taxonomies(tmp_path)) == list(BUILT_IN)


def test_a_file_from_an_editor_that_marks_its_beginning_is_read(tmp_path: Path) -> None:
    (tmp_path / "egne.json").write_text(json.dumps(OURS), "utf-8-sig")

    assert "solsikken" in load_taxonomies(tmp_path)


def test_two_groups_may_not_share_a_code_but_a_group_and_a_theme_may(tmp_path: Path) -> None:
    written(tmp_path, changed(lambda ours: ours["groups"][0].update(code="mad")))

    assert load_taxonomies(tmp_path)["solsikken"].groups[0].code == "mad"


CODE = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True)
TITLE = (
    st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" "), min_size=1)
    .map(str.strip)
    .filter(bool)
)


@st.composite
def taxonomies(draw: st.DrawFn) -> Taxonomy:
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    codes = iter(draw(st.lists(CODE, min_size=20, max_size=20, unique=True)))
    return Taxonomy(
        draw(CODE.filter(lambda code: code not in BUILT_IN)),
        draw(TITLE),
        tuple(draw(st.lists(st.sampled_from(["adult", "child"]), min_size=1, unique=True))),
        tuple(
            ThemeGroup(
                next(codes),
                draw(TITLE),
                tuple(Theme(next(codes), draw(TITLE)) for _ in range(size)),
            )
            for size in sizes
        ),
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(taxonomies())
def test_whatever_is_written_down_is_read_back_the_same(tmp_path: Path, ours: Taxonomy) -> None:
    written(tmp_path, asdict(ours))

    assert load_taxonomies(tmp_path)[ours.code] == ours


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary() | st.text().map(lambda text: json.dumps(text).encode()))
def test_whatever_bytes_a_file_holds_they_are_refused_in_words(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "egne.json").write_bytes(content)

    assert "egne.json: " in refused(tmp_path)


# A file that is wrong


def changed(change: Callable[[Any], object]) -> Any:
    ours = json.loads(json.dumps(OURS))
    change(ours)
    return ours


def without(key: str) -> Callable[[Any], object]:
    return lambda part: part.pop(key)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (changed(without("code")), "code is missing"),
        (changed(without("groups")), "groups is missing"),
        (changed(lambda ours: ours["groups"][1].pop("themes")), "groups[1].themes is missing"),
        (changed(lambda ours: ours.update(farve="gul")), "farve is not known here"),
        (
            changed(lambda ours: ours["groups"][0]["themes"][1].update(title="")),
            "groups[0].themes[1].title is empty",
        ),
        (changed(lambda ours: ours.update(title=" \t")), "title is empty"),
        (
            changed(lambda ours: ours["groups"][0]["themes"][0].update(titel="Mad")),
            "groups[0].themes[0].titel is not known here",
        ),
        (
            changed(lambda ours: ours["groups"][0].update(title="Hver\ndag")),
            "groups[0].title expected one line of text",
        ),
        (changed(lambda ours: ours.update(title=" Vores")), "title expected one line of text"),
        (changed(lambda ours: ours.update(title=7)), "title expected text"),
        (changed(lambda ours: ours.update(title=None)), "title expected text"),
        (changed(lambda ours: ours["groups"].clear()), "groups is empty"),
        (changed(lambda ours: ours["groups"][1]["themes"].clear()), "groups[1].themes is empty"),
        (changed(lambda ours: ours.update(groups="Hverdagen")), "groups expected a list"),
        (changed(lambda ours: ours["groups"].append("Mad")), "groups[2] expected an object"),
        (changed(lambda ours: ours.update(kinds=[])), "kinds is empty"),
        (changed(lambda ours: ours.update(kinds=["voksen"])), "kinds[0] "),
        (changed(lambda ours: ours.update(kinds=["child", "child"])), "kinds says the same twice"),
        (changed(lambda ours: ours.update(kinds="child")), "kinds expected a list"),
        (
            changed(lambda ours: ours["groups"][1]["themes"][0].update(code="mad")),
            "groups[1].themes[0].code mad is already the code of groups[0].themes[0]",
        ),
        (
            changed(lambda ours: ours["groups"][1].update(code="hverdagen")),
            "groups[1].code hverdagen is already the code of groups[0]",
        ),
        ([], "expected an object"),
        ([OURS], "expected an object"),
        ("Temaer", "expected an object"),
        (None, "expected an object"),
        ({}, "code is missing"),
        ({"sammenhaeng": {"guidance": "Skriv kort."}}, "code is missing"),
    ],
)
def test_a_file_of_another_shape_is_told_by_its_name_and_the_place_in_it(
    tmp_path: Path, content: object, said: str
) -> None:
    file = written(tmp_path, content)

    assert refused(tmp_path).startswith(f"{file}: {said}")


@pytest.mark.parametrize(
    "code", ["", "Mad", "mad og drikke", "mad_", "-mad", "mad--drikke", "søvn", "x" * 61, "mad\n"]
)
def test_a_code_is_small_ascii_so_that_it_fits_addresses_and_tables(
    tmp_path: Path, code: str
) -> None:
    written(tmp_path, changed(lambda ours: ours["groups"][0]["themes"][0].update(code=code)))

    assert "egne.json: groups[0].themes[0].code expected at most 60 small" in refused(tmp_path)


@pytest.mark.parametrize("code", BUILT_IN)
def test_an_own_file_can_not_take_the_place_of_a_built_in_one(tmp_path: Path, code: str) -> None:
    file = written(tmp_path, OURS | {"code": code}, "vores.json")

    assert refused(tmp_path) == f"{file}: code {code} comes with the program; choose another code"


def test_two_own_files_with_one_code_are_told_by_the_second(tmp_path: Path) -> None:
    written(tmp_path, OURS, "a.json")
    file = written(tmp_path, OURS, "b.json")

    assert refused(tmp_path) == f"{file}: code solsikken has another file; choose another code"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "line 1, column 1 is no JSON"),
        (b'{\n  "code": "solsikken",\n}', "is no JSON"),
        (b'{"code": "solsikken"', "line 1, column 21 is no JSON"),
        (b"Mad og m\xe5ltider", "expected text in UTF-8"),
        ('{"title": "Søvn"}'.encode("utf-16"), "expected text in UTF-8"),
        (b'{"code": "a", "code": "b"}', "code is said twice in one object"),
        (b'{"a\\nb": 1, "a\\nb": 2}', "a b is said twice in one object"),
        (b"[" * 100_000, "is no JSON that can be read"),
        (b"9" * 10_000, "is no JSON that can be read"),
    ],
)
def test_what_is_no_json_is_told_with_the_place_where_it_stops_being_it(
    tmp_path: Path, content: bytes, said: str
) -> None:
    (tmp_path / "egne.json").write_bytes(content)

    answer = refused(tmp_path)
    assert answer.startswith(f"{tmp_path / 'egne.json'}: ")
    assert said in answer


def test_a_folder_that_looks_like_a_file_can_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "egne.json").mkdir()

    assert refused(tmp_path).startswith(f"{tmp_path / 'egne.json'}: cannot be read: ")


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    file = written(tmp_path, OURS)

    assert refused(file).startswith(f"{file}: cannot be listed: ")

"""The pictograms that come with the program: named in Danish, drawn by OpenMoji."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from webapp.adapters.data_files import DataFileUnfit
from webapp.adapters.pictograms import FILE, load_pictograms
from webapp.assets import FOLDER
from webapp.services.pictograms import OPENMOJI

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "node_modules/openmoji"
INSTALLED = FOLDER / "vendor/pictograms"
ALL = [each for group in load_pictograms() for each in group.pictograms]

OURS: dict[str, Any] = {
    "groups": [
        {
            "code": "bad",
            "title": "Bad og hygiejne",
            "pictograms": [
                {"hexcode": "1FAA5", "name": "Tandbørste", "synonyms": ["børste tænder"]},
                {"hexcode": "1F6BF", "name": "Brusebad", "synonyms": []},
            ],
        }
    ]
}


def written(folder: Path, content: object) -> Path:
    file = folder / "openmoji.json"
    file.write_text(json.dumps(content), "utf-8")
    return file


def test_there_are_many_with_a_name_of_their_own_and_most_have_other_words() -> None:
    assert len(ALL) >= 400
    assert len({each.name.casefold() for each in ALL}) == len(ALL)
    assert sum(len(each.synonyms) >= 2 for each in ALL) > len(ALL) * 0.6
    assert all(len(each.name) <= 30 for each in ALL), "it stands under a small picture"


def test_no_word_is_said_twice_of_the_same() -> None:
    twice = [
        each.name
        for each in ALL
        if len({word.casefold() for word in (each.name, *each.synonyms)}) <= len(each.synonyms)
    ]

    assert twice == []


@pytest.mark.parametrize(
    "name",
    [
        *("Tandbørste", "Toilet", "T-shirt", "Måltid", "Kaffe", "Vaskemaskine", "Indkøbsvogn"),
        *("Penge", "Bus", "Regn", "Sommer", "Morgen", "Klokken otte", "Glad", "Ked af det", "Hånd"),
        *("Medicin", "Læge", "Familie", "Skole", "Arbejde", "Fodbold", "Sang", "Hund", "Blomst"),
        *("Pil til højre", "Ja", "Nej", "Nul", "Ti", "Rød", "Grøn", "Nødudgang", "Ugeplan"),
    ],
)
def test_what_an_everyday_in_care_needs_is_there(name: str) -> None:
    assert name in {each.name for each in ALL}


def test_each_is_in_the_installed_package_whose_version_the_credits_tell() -> None:
    known = {each.stem for each in (PACKAGE / "color/svg").iterdir()}
    package = json.loads((PACKAGE / "package.json").read_text("utf-8"))

    assert [each.hexcode for each in ALL if each.hexcode not in known] == []
    assert package["version"] == OPENMOJI
    assert package["license"] == "CC-BY-SA-4.0"


def test_just_these_are_among_the_static_files_unchanged() -> None:
    wanted = {f"{each.hexcode}.svg" for each in ALL}

    assert {each.name for each in INSTALLED.iterdir()} == wanted
    for name in wanted:
        drawn = (INSTALLED / name).read_bytes()
        assert drawn == (PACKAGE / "color/svg" / name).read_bytes()
        assert not re.search(rb"<script|\son\w+=|href=", drawn)


def test_the_file_keeps_one_pictogram_to_a_line() -> None:
    rows = [line for line in FILE.read_text("utf-8").splitlines() if '"hexcode"' in line]

    assert len(rows) == len(ALL)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"hexcode": "1FAA5"}, "pictograms[1].hexcode 1FAA5 is there already"),
        ({"name": "tandbørste"}, "pictograms[1].name tandbørste is there already"),
        ({"hexcode": "../kode"}, "expected OpenMoji's code"),
        ({"name": " "}, "is empty"),
        ({"synonym": "bad"}, "synonym is not known here"),
    ],
)
def test_a_file_that_is_wrong_says_where(tmp_path: Path, change: dict[str, str], said: str) -> None:
    content = json.loads(json.dumps(OURS))
    content["groups"][0]["pictograms"][1] |= change

    with pytest.raises(DataFileUnfit, match=re.escape(said)):
        load_pictograms(written(tmp_path, content))

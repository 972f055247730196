"""The list that comes with a folder of pictograms, as spreadsheets save it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.pictogram_list import (
    LARGEST_LIST,
    Row,
    RowProblem,
    base_name,
    check_rows,
    is_svg,
    read_list,
)

BUS = Row(2, "bus.png", "Vores bus", ("minibus", "husets bil"), "Tegnet af huset")
HEADINGS = "Filnavn;Navn;Andre ord;Licens\n"
LINE = "bus.png;Vores bus;minibus, husets bil;Tegnet af huset\n"


@pytest.mark.parametrize(
    "data",
    [
        (HEADINGS + LINE).encode(),
        (HEADINGS + LINE).encode("utf-8-sig"),
        (HEADINGS + LINE).replace("\n", "\r\n").encode("cp1252"),
        (HEADINGS + LINE).replace("\n", "\r").encode(),
        (HEADINGS + LINE).replace(";", "\t").encode(),
        (
            HEADINGS + "C:\\Billeder\\BUS.png;Vores bus;minibus|husets bil;Tegnet af huset\n"
        ).encode(),
        (HEADINGS + LINE + ";;;\n\n").encode(),
    ],
    ids=["utf-8", "with a mark", "windows", "old mac", "tabs", "whole paths", "empty rows"],
)
def test_a_list_is_read_however_it_was_saved(data: bytes) -> None:
    assert read_list(data) == [BUS]


def test_danish_letters_of_an_older_spreadsheet_are_kept() -> None:
    [row] = read_list("køkken.png;Køkken på Søndermarken;;Eget værk".encode("cp1252"))

    assert (row.line, row.file, row.name) == (1, "køkken.png", "Køkken på Søndermarken")


def test_a_row_that_lacks_something_is_named_by_its_line() -> None:
    rows = read_list(b"Fil;Navn\nbus.png\n;Huset\nbord.png;Bord;;Eget\nstol.png;bord;;Eget")

    assert check_rows(rows, {"bus.png", "bord.png"}, ["BORD"]) == [
        (2, RowProblem.NO_NAME),
        (2, RowProblem.NO_SOURCE),
        (3, RowProblem.NO_FILE),
        (3, RowProblem.NO_SOURCE),
        (4, RowProblem.NAME_TWICE),
        (4, RowProblem.NAME_TAKEN),
        (5, RowProblem.FILE_MISSING),
        (5, RowProblem.NAME_TWICE),
        (5, RowProblem.NAME_TAKEN),
    ]


def test_what_is_too_long_is_said() -> None:
    rows = [Row(1, "bus.png", "B" * 41, ("m" * 201,), "Eget")]

    assert check_rows(rows, {"bus.png"}, []) == [
        (1, RowProblem.NAME_TOO_LONG),
        (1, RowProblem.WORDS_TOO_LONG),
    ]


@given(st.binary(max_size=500) | st.text(max_size=500).map(str.encode))
def test_whatever_bytes_come_are_rows_or_none(data: bytes) -> None:
    rows = read_list(data)

    assert all("\x00" not in row.file + row.name + row.source for row in rows)
    assert [row.line for row in rows] == sorted({row.line for row in rows})


def test_one_endless_cell_is_read_too() -> None:
    assert len(read_list(b'"' + b"x" * (LARGEST_LIST - 1))) == 1


@given(st.text(max_size=30))
def test_a_file_has_one_name_whatever_folder_it_lay_in(name: str) -> None:
    assert base_name(f"C:\\mappe/{name}") == base_name(name)
    assert "/" not in base_name(name)


@pytest.mark.parametrize(
    "data", [b"<svg xmlns=''/>", b"<?xml version='1.0'?>\n<SVG/>", b"\x1f\x8bpakket"]
)
def test_a_drawing_in_svg_is_known_by_what_it_says(data: bytes) -> None:
    assert is_svg(data)


def test_a_photograph_is_no_drawing() -> None:
    assert not is_svg(b"\xff\xd8\xff\xe0JFIF")

"""What is handed out opens in a spreadsheet, and runs nothing there."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.audit_export import Numbers, as_csv, inert


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+45", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "=cmd|' /C'!A0"],
)
def test_what_looks_like_a_formula_becomes_text(cell: str) -> None:
    assert inert(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Sofie", "så planen", "14.05", "'x", "a=b", "2026-11-21"])
def test_everything_else_stays_as_it_is(cell: str) -> None:
    assert inert(cell) == cell


@given(st.lists(st.lists(st.text(), min_size=1, max_size=5), max_size=8))
def test_whatever_is_written_comes_back_cell_by_cell(rows: list[list[str]]) -> None:
    written = b"".join(as_csv(rows)).decode("utf-8-sig")

    read = [*csv.reader(io.StringIO(written, newline=""), delimiter=";")]
    assert read == [[inert(cell) for cell in row] for row in rows]


def test_a_long_list_comes_in_pieces_with_one_mark_in_front() -> None:
    pieces = [*as_csv([["Anna", str(number)] for number in range(1_200)])]

    assert len(pieces) == 3
    assert b"".join(pieces).count("\ufeff".encode()) == 1
    assert b"".join(pieces).count(b"\r\n") == 1_200


def test_a_person_keeps_the_number_first_given() -> None:
    numbers = Numbers()

    assert [numbers.of(who) for who in ("Bo", "Anna", "Bo", "Carl")] == [1, 2, 1, 3]

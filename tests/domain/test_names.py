"""When two names are the same to people, and when one is what somebody looks for."""

import pytest

from webapp.domain.names import is_called, plain


@pytest.mark.parametrize(
    ("typed", "as_compared"),
    [
        ("  Østre   Engvej ", "østre engvej"),
        ("ÅSE", "åse"),
        ("Egely\u00a02", "egely 2"),
        ("   ", ""),
    ],
)
def test_case_and_spaces_are_no_difference_between_names(typed: str, as_compared: str) -> None:
    assert plain(typed) == as_compared


@pytest.mark.parametrize("asked", ["", "anna", "NA SØ", "Sørensen", " anna  sørensen "])
def test_any_part_of_a_name_finds_whoever_is_called_so(asked: str) -> None:
    assert is_called("Anna", "Sørensen", asked)


@pytest.mark.parametrize("asked", ["Sørensen Anna", "Bo", "Annas"])
def test_what_is_no_part_of_a_name_finds_nobody(asked: str) -> None:
    assert not is_called("Anna", "Sørensen", asked)

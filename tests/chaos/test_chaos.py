"""A short evening of what `make chaos` lives through at length."""

from pathlib import Path

import pytest

from tests.chaos.walk import walk

pytestmark = pytest.mark.browser


def test_an_evening_of_kills_bad_lines_and_other_hands_loses_nothing(tmp_path: Path) -> None:
    report = walk(tmp_path, seed=20_261_122, entries=80)

    print(report)
    assert report.holds
    assert report.tapped >= 80

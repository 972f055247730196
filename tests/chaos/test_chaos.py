"""A short evening of what `make chaos` lives through at length, and a few deaths."""

from pathlib import Path

import pytest

from tests.chaos.apart import apart
from tests.chaos.kills import kill_often
from tests.chaos.walk import walk


@pytest.mark.browser
def test_an_evening_of_kills_bad_lines_and_other_hands_loses_nothing(tmp_path: Path) -> None:
    report = apart(lambda: walk(tmp_path, seed=7719, entries=80))

    print(report)
    assert report.holds
    assert report.tapped >= 80
    assert set(report.met) >= {
        *("kill the browser", "kill the server", "switch", "tap"),
        *("restore", "change the release", "fill the disk"),
    }


def test_b21_a_server_killed_while_it_stores_has_all_it_answered_for(tmp_path: Path) -> None:
    deaths = kill_often(tmp_path, seed=7, times=3)

    print(deaths)
    assert deaths.holds
    assert deaths.answered >= 25

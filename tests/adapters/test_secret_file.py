"""The file with the secrets: rotated by a word, read by every release, never half written."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from webapp.adapters import secret_file
from webapp.adapters.secret_file import NAME, WINDOW, SecretDamaged, SecretKey

DAY = date(2026, 11, 21)
FIRST = "solsikke-" * 5


def test_a_secret_is_made_once_with_its_day(tmp_path: Path) -> None:
    [made] = secret_file.read_or_make(tmp_path, today=DAY)

    assert made.made_on == DAY
    assert secret_file.read_or_make(tmp_path, today=DAY + timedelta(days=9)) == [made]
    assert (tmp_path / NAME).stat().st_mode & 0o777 == 0o600


def test_a_new_one_comes_first_and_the_old_one_stays(tmp_path: Path) -> None:
    [first] = secret_file.read_or_make(tmp_path, today=DAY)

    kept = secret_file.rotate(tmp_path, today=DAY + timedelta(days=10))

    assert [key.made_on for key in kept] == [DAY + timedelta(days=10), DAY]
    assert kept[1] == first != kept[0]
    assert secret_file.read(tmp_path) == kept
    assert [file.name for file in tmp_path.iterdir()] == [NAME]
    assert (tmp_path / NAME).stat().st_mode & 0o777 == 0o600


def test_the_file_of_the_first_release_is_read_and_rotated(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(FIRST)
    assert secret_file.read(tmp_path) == [SecretKey(FIRST, None)]

    kept = secret_file.rotate(tmp_path, today=DAY)

    assert kept[1:] == [SecretKey(FIRST, None)]
    assert secret_file.read(tmp_path) == kept


@pytest.mark.parametrize(("days", "live"), [(0, 2), (89, 2), (90, 1), (400, 1)])
def test_the_one_before_counts_for_ninety_days_after_the_newer_was_made(
    tmp_path: Path, days: int, live: int
) -> None:
    secret_file.read_or_make(tmp_path, today=date(2020, 1, 1))
    kept = secret_file.rotate(tmp_path, today=DAY)

    assert len(secret_file.live(kept, today=DAY + timedelta(days=days))) == live
    assert secret_file.counts_until(kept) == DAY + WINDOW - timedelta(days=1)


def test_what_no_longer_counts_is_forgotten_at_the_next_rotation(tmp_path: Path) -> None:
    [first] = secret_file.read_or_make(tmp_path, today=DAY)
    secret_file.rotate(tmp_path, today=DAY)

    kept = secret_file.rotate(tmp_path, today=DAY + timedelta(days=100))

    assert len(kept) == 2
    assert first not in kept
    assert first.secret not in (tmp_path / NAME).read_text()


@pytest.mark.parametrize(
    "content", ["", "kort", f"{FIRST} i går\n", f"{FIRST} 2026-11-21\nkort\n", f"{FIRST}\n\n\n"]
)
def test_a_damaged_file_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / NAME).write_text(content)

    with pytest.raises(SecretDamaged, match="secret_key is damaged"):
        secret_file.read(tmp_path)


def test_a_trace_shows_no_secret() -> None:
    assert FIRST not in repr([SecretKey(FIRST, DAY)])

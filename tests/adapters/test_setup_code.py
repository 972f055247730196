"""The code of the first run: printed once, kept as a hash, ended by the next one."""

from pathlib import Path

import pytest

from webapp.adapters.setup_code import fits_setup_code, forget_setup_code, make_setup_code


def test_the_code_fits_however_it_is_typed(tmp_path: Path) -> None:
    code = make_setup_code(tmp_path)

    for typed in (code, code.lower(), code.replace("-", ""), f" {code.replace('-', ' ')} "):
        assert fits_setup_code(tmp_path, typed)


@pytest.mark.parametrize(
    "typed", ["", "0000-0000-0000-0000", "\x00", "x" * 10_000, "æøå", "\ud800"]
)
def test_nothing_else_fits(tmp_path: Path, typed: str) -> None:
    make_setup_code(tmp_path)

    assert not fits_setup_code(tmp_path, typed)


def test_a_new_code_ends_the_one_before(tmp_path: Path) -> None:
    first, second = make_setup_code(tmp_path), make_setup_code(tmp_path)

    assert first != second
    assert not fits_setup_code(tmp_path, first)
    assert fits_setup_code(tmp_path, second)


@pytest.mark.parametrize("kept", [None, b"", b"\xff\xfe"])
def test_without_a_kept_hash_no_code_fits(tmp_path: Path, kept: bytes | None) -> None:
    code = make_setup_code(tmp_path)
    forget_setup_code(tmp_path)
    forget_setup_code(tmp_path)
    if kept is not None:
        (tmp_path / "setup_code").write_bytes(kept)

    assert not fits_setup_code(tmp_path, code)
    assert not fits_setup_code(tmp_path, "")


def test_only_the_hash_is_on_disk_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    code = make_setup_code(tmp_path)

    [file] = tmp_path.iterdir()
    assert code not in file.read_text()
    assert code.replace("-", "") not in file.read_text()
    assert file.stat().st_mode & 0o077 == 0

"""Programs that look into what somebody sent run apart: limited, and without our keys."""

import json
from pathlib import Path

import pytest

from webapp.adapters.apart import Limits, ProgramEnded, run

LIMITS = Limits(seconds=5)

pytestmark = pytest.mark.one_database


def program(folder: Path, text: str) -> Path:
    """Write a program down."""
    path = folder / "program.py"
    path.write_text(text, encoding="utf-8")
    return path


def test_it_says_what_it_found_and_hears_nothing_of_our_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMAATEGN_SECRET_KEY", "hemmelig")
    says = program(tmp_path, "import json, os; print(json.dumps(dict(os.environ)))")

    heard = json.loads(run(says, LIMITS, patience=20))

    assert "hemmelig" not in heard.values()
    assert "PATH" in heard


@pytest.mark.parametrize("how", ["SIGTERM", "SIGKILL", "SIGINT", "SIGHUP"])
def test_one_that_is_ended_from_outside_says_nothing_of_the_file(tmp_path: Path, how: str) -> None:
    ended = "import os, signal\nsignal.signal(signal.SIGHUP, signal.SIG_DFL)\n"
    ended += "signal.signal(signal.SIGINT, signal.SIG_DFL)\n"
    ended += f"print('{{}}', flush=True)\nos.kill(os.getpid(), signal.{how})"

    with pytest.raises(ProgramEnded):
        run(program(tmp_path, ended), LIMITS, patience=20)


def test_one_that_a_busy_machine_lets_wait_too_long_says_nothing_of_the_file(
    tmp_path: Path,
) -> None:
    with pytest.raises(ProgramEnded):
        run(program(tmp_path, "import time; time.sleep(60)"), LIMITS, patience=0.5)


@pytest.mark.parametrize(
    "breaks_down",
    [
        "while True: pass",
        "import os; os.abort()",
        "bytearray(2**40)",
        "with open('a', 'w') as file: file.write('en fil')\nprint('{}')",
    ],
    ids=["computes for ever", "crashes", "wants all memory", "writes a file"],
)
def test_one_that_takes_more_than_it_may_has_broken_down(tmp_path: Path, breaks_down: str) -> None:
    limits = Limits(seconds=1, addresses=2**30, files=0)
    limited = program(tmp_path, f"import os; os.chdir({str(tmp_path)!r})\n{breaks_down}")

    assert run(limited, limits, patience=60) == b""

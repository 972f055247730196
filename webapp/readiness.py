"""The moving parts, each asked whether it works. `/readyz` and `smaategn doctor` share them."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import text

from webapp.adapters.media_store import check_media_store
from webapp.config import Settings
from webapp.db import db

LEAST_FREE = 200 * 1024 * 1024
"""Bytes free on the instance folder's disk, below which we stop calling ourselves ready."""


@dataclass(frozen=True, slots=True)
class Check:
    """One part. `problem` is None when it works; else what is wrong and what to do."""

    name: str
    problem: str | None


def checks(app: Flask) -> Iterator[Check]:
    """Yield the result of each check. A check never raises; its error becomes the problem."""
    parts: dict[str, Callable[[Flask], str | None]] = {
        "database": _database,
        "migrations": _migrations,
        "media": _media,
        "disk": _disk,
    }
    for name, part in parts.items():
        try:
            problem = part(app)
        except Exception as error:
            problem = f"{type(error).__name__}: {str(error).splitlines()[0]}"
        yield Check(name, problem)


@cache
def newest_migration() -> str | None:
    """Return the revision the code expects."""
    folder = Path(__file__).parent / "migrations"
    return ScriptDirectory(str(folder)).get_current_head()


def _database(_app: Flask) -> str | None:
    with db.engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    return None


def _migrations(_app: Flask) -> str | None:
    with db.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current == newest_migration():
        return None
    return f"The database is at {current}, the program at {newest_migration()}: `smaategn migrate`"


def _media(app: Flask) -> str | None:
    check_media_store(app.extensions["media_store"])
    return None


def _disk(app: Flask) -> str | None:
    settings: Settings = app.extensions["smaategn_settings"]
    free = shutil.disk_usage(settings.instance).free
    if free >= LEAST_FREE:
        return None
    return f"Only {free // 1024**2} MB free for {settings.instance}: make room"

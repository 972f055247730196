"""The moving parts, each asked whether it works. `/readyz` and `smaategn doctor` share them."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Connection, make_url, text
from sqlalchemy.exc import DBAPIError

from webapp import assets
from webapp.adapters.media_store import check_media_store
from webapp.config import Settings
from webapp.current import settings_of
from webapp.db import READ_ONLY, db

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
        "assets": _assets,
    }
    for name, part in parts.items():
        try:
            problem = part(app)
        except DBAPIError as error:
            problem = explain_database_error(error, settings_of(app))
        except Exception as error:
            problem = f"{type(error).__name__}: {(str(error).splitlines() or ['no words'])[0]}"
        yield Check(name, problem)


def explain_database_error(error: DBAPIError, settings: Settings) -> str:
    """Say in one sentence which database does not answer, why, and where to look."""
    url = make_url(settings.database_url).render_as_string(hide_password=True)
    why = (str(error.orig).splitlines() or ["no words"])[0].rstrip(".:")
    return f"The database {url} does not answer ({why}): check SMAATEGN_DATABASE_URL"


@cache
def newest_migration() -> str | None:
    """Return the revision the code expects."""
    return _scripts().get_current_head()


def is_newer_than_the_program() -> bool:
    """Tell whether the database was migrated by a later release than this one."""
    known = {script.revision for script in _scripts().walk_revisions()}
    return _revision() not in {None, *known}


def migrations_problem() -> str | None:
    """Return what to do about the database's revision; None when it is the program's.

    Raises:
        DBAPIError: The database does not answer.
    """
    current, newest = _revision(), newest_migration()
    if current == newest:
        return None
    if current is None:
        return "The database has no tables yet: run `smaategn migrate`"
    if is_newer_than_the_program():
        return f"The database is at {current}, newer than the program: install the newer release"
    return f"The database is at {current} and the program at {newest}: run `smaategn migrate`"


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(Path(__file__).parent / "migrations"))


def _revision() -> str | None:
    with _reading() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _reading() -> Connection:
    """Return a connection that waits for no writer; on SQLite a transaction would."""
    return db.engine.connect().execution_options(**{READ_ONLY: True})


def _database(_app: Flask) -> None:
    with _reading() as connection:
        connection.execute(text("SELECT 1"))


def _migrations(_app: Flask) -> str | None:
    return migrations_problem()


def _media(app: Flask) -> None:
    check_media_store(app.extensions["media_store"])


def _disk(app: Flask) -> str | None:
    folder = settings_of(app).instance
    free = shutil.disk_usage(folder).free
    if free >= LEAST_FREE:
        return None
    return f"Only {free // 1024**2} MB free for {folder}: make room"


def _assets(_app: Flask) -> str | None:
    if (assets.FOLDER / "vendor/htmx.js").exists():
        return None
    return "The front-end files are not installed: run `python3 tasks.py setup`"

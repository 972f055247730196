"""The demo home in a database of its own, as every figure needs it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import structlog
from flask import Flask

from tests import databases
from tests.factories import demo_password_hash
from webapp import create_app
from webapp.adapters import clock
from webapp.db import db
from webapp.demo.fill import fill_demo_home


@dataclass(frozen=True)
class BenchHome:
    """A filled database and the folder around it.

    Attributes:
        name: "sqlite" or "postgresql".
        url: Of the database, as the settings want it.
        folder: The instance folder of whoever serves it.
    """

    name: str
    url: str
    folder: Path

    @property
    def title(self) -> str:
        """The database's name for people."""
        return {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[self.name]


@contextmanager
def demo_home(name: str, folder: Path) -> Iterator[BenchHome]:
    """Yield Solsikken, newly filled; gone afterwards."""
    place = folder / name
    place.mkdir(parents=True)
    with databases.empty_database(name, place) as url:
        databases.migrate(url, place)
        home = BenchHome(name, databases.settings_for(url, place).database_url, place)
        with app_of(home) as app, app.app_context():
            # One hash for all twelve: hashing is slow on purpose and is not what is measured.
            fill_demo_home(
                db.session(), now=clock.now(), password_hash=lambda _: demo_password_hash()
            )
            db.session.commit()
        yield home


@contextmanager
def app_of(home: BenchHome) -> Iterator[Flask]:
    """Yield the app on this database, as it is served: CSRF, compression and all."""
    app = create_app(databases.settings_for(home.url, home.folder))
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@contextmanager
def quiet_log(folder: Path) -> Iterator[None]:
    """Write the app's log to a file, as a server does, not between the tables."""
    before = structlog.get_config()
    with (folder / "app.log").open("w") as file:
        structlog.configure(
            processors=[structlog.processors.JSONRenderer()],
            logger_factory=structlog.PrintLoggerFactory(file),
            cache_logger_on_first_use=False,
        )
        try:
            yield
        finally:
            structlog.configure(**before)

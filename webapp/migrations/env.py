"""How Alembic reaches the database: through the app, with our own column types spelled out."""

from typing import Any, Literal

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from webapp.models.base import UtcDateTime


def render_item(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    """Write our own time type as the plain one below it: migrations import nothing of the app."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run() -> None:
    """Run the migrations on the app's engine, each in its own transaction."""
    migrate = current_app.extensions["migrate"]
    with migrate.db.engine.connect() as connection:
        _foreign_keys(connection, "OFF")
        context.configure(
            connection=connection,
            target_metadata=migrate.db.metadata,
            render_item=render_item,
            transaction_per_migration=True,
            **migrate.configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()
        _foreign_keys(connection, "ON")


def _foreign_keys(connection: Connection, state: Literal["ON", "OFF"]) -> None:
    """Let SQLite rebuild a table without deleting the rows that point at it.

    Altering a table there means dropping it, and dropping it would cascade.
    """
    if connection.dialect.name == "sqlite":
        # Past SQLAlchemy: inside a transaction this pragma does nothing.
        connection.connection.cursor().execute(f"PRAGMA foreign_keys={state}")


run()

"""How Alembic reaches the database: through the app, with our own column types spelled out."""

from collections.abc import Collection, Mapping
from typing import Any, Literal

from alembic import context
from alembic.runtime.migration import MigrationContext, MigrationInfo
from alembic.util import CommandError
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
        try:
            context.configure(
                connection=connection,
                target_metadata=migrate.db.metadata,
                render_item=render_item,
                transaction_per_migration=True,
                on_version_apply=check_foreign_keys,
                **migrate.configure_args,
            )
            with context.begin_transaction():
                context.run_migrations()
        finally:
            _foreign_keys(connection, "ON")


def check_foreign_keys(
    ctx: MigrationContext,
    step: MigrationInfo,
    heads: Collection[Any],
    run_args: Mapping[str, Any],
) -> None:
    """Undo a migration that leaves rows pointing nowhere: while it ran, SQLite did not look."""
    if ctx.connection and ctx.connection.dialect.name == "sqlite":
        broken = ctx.connection.exec_driver_sql("PRAGMA foreign_key_check").scalars().all()
        if broken:
            tables = ", ".join(sorted(set(broken)))
            raise CommandError(f"Undone, because rows would point nowhere in: {tables}")


def _foreign_keys(connection: Connection, state: Literal["ON", "OFF"]) -> None:
    """Let SQLite rebuild a table without deleting the rows that point at it.

    Altering a table there means dropping it, and dropping it would cascade.
    """
    if connection.dialect.name == "sqlite":
        # Past SQLAlchemy: inside a transaction this pragma does nothing.
        connection.connection.cursor().execute(f"PRAGMA foreign_keys={state}")


run()

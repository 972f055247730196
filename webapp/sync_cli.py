"""`smaategn sync`: what an operator tells the tablets."""

import click
from flask.cli import with_appcontext

from webapp.adapters import clock
from webapp.db import db
from webapp.readiness import migrations_problem
from webapp.services.sync_keys import begin_epoch


@click.group("sync")
def sync_group() -> None:
    """What tablets deliver."""


@sync_group.command()
@with_appcontext
def restored() -> None:
    """Say that the database was restored from a backup: tablets send the last 14 days again."""
    if problem := migrations_problem():
        raise click.ClickException(f"{problem}.")
    begin_epoch(db.session(), now=clock.now())
    db.session.commit()
    click.echo(
        "Tablets send again what they delivered in the last 14 days. Nothing is stored twice."
    )

"""`smaategn secret`: a new secret for cookies, forms and what is sealed; the old ones live on."""

import click
from flask.cli import with_appcontext

from webapp import current
from webapp.adapters import clock, secret_file
from webapp.config import Settings
from webapp.db import db
from webapp.readiness import migrations_problem
from webapp.services import audit
from webapp.services.secrets import seal_anew


@click.group("secret")
def secret_group() -> None:
    """The secret that signs cookies and forms, and seals what is kept."""


@secret_group.command()
@with_appcontext
def rotate() -> None:
    """Make a new secret. Those before it count for 90 days more, so nobody is signed out."""
    if problem := migrations_problem():
        raise click.ClickException(f"{problem}.")
    settings = current.settings()
    if not _is_in_file(settings):
        raise click.ClickException(
            "The secret is set by SMAATEGN_SECRET_KEY: put a new one there, and move the one that "
            f"was there to SMAATEGN_OLDER_SECRET_KEYS for {secret_file.WINDOW.days} days."
        )
    secret_file.rotate(settings.instance, today=clock.now().date())
    audit.record(db.session(), "secret.rotate", actor=None, at=clock.now())
    db.session.commit()
    click.echo(f"There is a new secret; {secret_words(settings)}.")
    click.echo("Start the program anew, so that it is used.")


def seal_with_newest(settings: Settings) -> None:
    """Seal what is kept with the newest secret, so that it opens when the older ones are gone.

    At the start: a program that runs on knows nothing of a secret made meanwhile.
    """
    if not settings.older_secret_keys:
        return
    lost = seal_anew(db.session(), settings.secret_keys)
    db.session.commit()
    if lost.second_factors:
        words = f"Second factors that did not open, to be set up again: {lost.second_factors}."
        click.echo(words, err=True)
    if lost.sync_keys:
        words = f"Keys for tablets that did not open; new ones are made: {lost.sync_keys}."
        click.echo(words, err=True)
    if lost.pictures:
        words = f"Pictures on their way whose keys did not open; they are lost: {lost.pictures}."
        click.echo(words, err=True)


def secret_words(settings: Settings) -> str:
    """Say in words when the secret was made and how long those before it count."""
    if not _is_in_file(settings):
        older = len(settings.older_secret_keys)
        return "set by SMAATEGN_SECRET_KEY" + (f", {older} before it count" if older else "")
    keys = secret_file.live(secret_file.read(settings.instance), today=clock.now().date())
    made_on = keys[0].made_on
    words = f"made {made_on}" if made_on else "made before days were written down"
    if until := secret_file.counts_until(keys):
        words += f", and {len(keys) - 1} before it until {until}"
    return words


def _is_in_file(settings: Settings) -> bool:
    """Tell whether the secret in use is, or a moment ago was, the one the file keeps."""
    kept = secret_file.read(settings.instance)
    return settings.secret_key in {key.secret for key in kept}

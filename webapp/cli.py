"""The `smaategn` command: serve, migrate, demo, doctor, staff, audit, secret, sync; Flask's own."""

import os
import sys

import click
import flask_migrate
from flask import Flask, current_app
from flask.cli import AppGroup, FlaskGroup, ScriptInfo
from sqlalchemy import select
from sqlalchemy.exc import (
    DatabaseError,
    DBAPIError,
    IntegrityError,
    InterfaceError,
    OperationalError,
)

from webapp import create_app, log
from webapp.adapters import clock, passwords
from webapp.adapters.setup_code import make_setup_code
from webapp.audit_cli import audit_group
from webapp.config import Settings, SettingsError
from webapp.current import settings_of
from webapp.db import db
from webapp.demo.fill import DatabaseNotEmpty, fill_demo_home
from webapp.demo.people import DEMO_PASSWORD, DEMO_PIN, PEOPLE
from webapp.domain.errors import EmailTaken, EmailUnfit, PasswordUnfit
from webapp.models import Department, Home, Role
from webapp.readiness import (
    checks,
    explain_database_error,
    is_newer_than_the_program,
    migrations_problem,
    newest_migration,
)
from webapp.secret_cli import seal_with_newest, secret_group, secret_words
from webapp.services import staff as staff_service
from webapp.services.homes import found_home, home_exists
from webapp.services.second_factor import reset_second_factor
from webapp.services.sign_in import find_staff
from webapp.sync_cli import sync_group


def main() -> None:
    """Run the command line. What goes wrong is told in a sentence; a wrong setting ends with 2."""
    # What is stored here is nobody else's on this machine: database, media, secret.
    os.umask(0o077)
    log.set_up()
    try:
        cli(prog_name="smaategn")
    except SettingsError as error:
        print(error, file=sys.stderr)
        sys.exit(2)


class Commands(FlaskGroup):
    """Flask's commands and ours, without making an app only to look for a word or list them."""

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Return the command of this name; None when there is none. Only `db` is the app's own."""
        group = FlaskGroup if name == "db" else AppGroup
        return group.get_command(self, ctx, name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return AppGroup.list_commands(self, ctx)

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; a database that does not answer is told in a sentence."""
        try:
            return super().invoke(ctx)
        except DBAPIError as error:
            if type(error) not in {OperationalError, InterfaceError, DatabaseError}:
                # It did answer; what it said is for a developer.
                raise
            settings = settings_of(ctx.ensure_object(ScriptInfo).load_app())
            raise click.ClickException(f"{explain_database_error(error, settings)}.") from None


@click.group(cls=Commands, create_app=create_app, add_version_option=False)
def cli() -> None:
    """Småtegn: today's sign, logged with one tap."""


@cli.command()
@click.option("--migrate", "migrate_first", is_flag=True, help="Update the database first.")
def serve(migrate_first: bool) -> None:
    """Serve the app. SMAATEGN_DEMO=1 fills an empty database with the demo home first."""
    from webapp.serve import CannotServe
    from webapp.serve import serve as serve_app

    if migrate_first:
        _migrate()
    elif not is_newer_than_the_program():
        _need_migrated()
    if _settings().demo:
        _fill_demo_if_empty()
    seal_with_newest(_settings())
    try:
        # A server that is running already keeps its code.
        serve_app(_app(), _settings(), listening=_welcome_whoever_comes_first)
    except CannotServe as error:
        raise click.ClickException(str(error)) from None


@cli.command()
def migrate() -> None:
    """Bring the database up to date."""
    _migrate()
    click.echo(f"The database is up to date: {newest_migration()}.")


@cli.command()
def demo() -> None:
    """Fill an empty database with the demo home Solsikken."""
    _need_migrated()
    try:
        _fill_demo()
    except DatabaseNotEmpty:
        raise click.ClickException("There is a home already; nothing was changed.") from None
    _print_demo_people()


@cli.command()
def doctor() -> None:
    """Check every moving part and say what to do."""
    click.echo(f"instance    {_settings().instance}\naddress     {_settings().address}")
    click.echo(f"secret      {secret_words(_settings())}")
    problems = 0
    for check in checks(_app()):
        problems += check.problem is not None
        click.echo(f"{check.name:<12}{check.problem or 'ok'}")
    sys.exit(1 if problems else 0)


@cli.command("setup-code")
def setup_code() -> None:
    """Print a new code for setting up an empty installation in the browser."""
    _need_migrated()
    if not _welcome_whoever_comes_first():
        raise click.ClickException("There is a home already; nobody sets it up again.")


cli.add_command(audit_group)
cli.add_command(secret_group)
cli.add_command(sync_group)


@cli.group("staff")
def staff_group() -> None:
    """People who sign in."""


def _words(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    """Refuse a name that is empty or that no database keeps."""
    if value is not None and (not value.strip() or not value.isprintable()):
        raise click.BadParameter("expected a name")
    return value.strip() if value else value


def _many_words(
    ctx: click.Context, param: click.Parameter, values: tuple[str, ...]
) -> tuple[str, ...]:
    return tuple(_words(ctx, param, value) or "" for value in values)


@staff_group.command("add")
@click.argument("email")
@click.option("--first-name", prompt=True, callback=_words)
@click.option("--last-name", prompt=True, callback=_words)
@click.option("--role", type=click.Choice([role.value for role in Role]), default="staff")
@click.option(
    "--department",
    "department_names",
    multiple=True,
    callback=_many_words,
    help="By name; may be repeated.",
)
@click.option("--home", "home_name", callback=_words, help="By name.")
@click.password_option()
def add_staff(
    email: str,
    first_name: str,
    last_name: str,
    role: str,
    department_names: tuple[str, ...],
    home_name: str | None,
    password: str,
) -> None:
    """Add someone who can sign in.

    In an empty database --home founds the home, with every --department that is named. So name
    them all with the first person:

    smaategn staff add ditte@solgaarden.dk --role manager --home Solgården --department Stuen
    """
    _need_migrated()
    home, departments = _workplace(home_name, department_names)
    try:
        staff_service.add_staff(
            db.session(),
            home,
            first_name=first_name,
            last_name=last_name,
            email=email,
            role=Role(role),
            departments=departments,
            password=password,
            actor=None,
            now=clock.now(),
        )
    except EmailUnfit:
        raise click.ClickException(f"{email} is not an e-mail address.") from None
    except EmailTaken:
        raise click.ClickException(f"{email} is taken.") from None
    except PasswordUnfit:
        raise click.ClickException(_PASSWORD_RULE) from None
    db.session.commit()
    click.echo(f"{email} can sign in.")


@staff_group.command("password")
@click.argument("email")
@click.password_option()
def set_password(email: str, password: str) -> None:
    """Give someone a new password and sign them out everywhere."""
    _need_migrated()
    staff = find_staff(db.session(), email)
    if staff is None:
        raise click.ClickException(f"Nobody has the e-mail address {email}.")
    try:
        staff_service.set_password(db.session(), staff, password, actor=None, now=clock.now())
    except PasswordUnfit:
        raise click.ClickException(_PASSWORD_RULE) from None
    db.session.commit()
    click.echo(f"{email} has a new password.")


@staff_group.command("reset-second-factor")
@click.argument("email")
def reset_second_factor_of(email: str) -> None:
    """Let someone who has lost telephone and recovery codes set them up anew."""
    _need_migrated()
    staff = find_staff(db.session(), email)
    if staff is None:
        raise click.ClickException(f"Nobody has the e-mail address {email}.")
    reset_second_factor(db.session(), staff, actor=None, now=clock.now())
    db.session.commit()
    click.echo(f"{email} logs in with the password alone, and sets up a new one if it is needed.")


_PASSWORD_RULE = (
    f"A password has {staff_service.SHORTEST_PASSWORD} to {staff_service.LONGEST_PASSWORD} "
    "characters, is not the demo's and not easy to guess: three or four words do."
)


def _app() -> Flask:
    return current_app._get_current_object()  # type: ignore[attr-defined,no-any-return]


def _settings() -> Settings:
    return settings_of(_app())


def _need_migrated() -> None:
    if problem := migrations_problem():
        raise click.ClickException(f"{problem}.")


def _migrate() -> None:
    if is_newer_than_the_program():
        _need_migrated()
    flask_migrate.upgrade()


def _workplace(
    home_name: str | None, department_names: tuple[str, ...]
) -> tuple[Home, list[Department]]:
    """Return the home and those of its departments; founded when there is no home at all."""
    homes = db.session.scalars(select(Home).order_by(Home.name)).all()
    if not homes and home_name:
        return found_home(
            db.session(), home_name, departments=department_names, actor=None, now=clock.now()
        )
    if not homes:
        raise click.ClickException(
            "There is no home yet: found it with --home NAME, or fill the demo home with "
            "`smaategn demo`."
        )
    meant = [home for home in homes if home_name in {None, home.name}]
    if len(meant) != 1:
        names = ", ".join(home.name for home in homes)
        raise click.ClickException(f"Name one of the homes that are here: {names}.")
    return meant[0], [_department(meant[0], name) for name in department_names]


def _department(home: Home, name: str) -> Department:
    found = db.session.scalar(
        select(Department).where(Department.home_id == home.id, Department.name == name)
    )
    if found is None:
        raise click.ClickException(f"There is no department named {name}.")
    return found


def _fill_demo() -> None:
    fill_demo_home(db.session(), now=clock.now(), password_hash=passwords.hash_password)
    db.session.commit()


def _fill_demo_if_empty() -> None:
    try:
        _fill_demo()
    except (DatabaseNotEmpty, IntegrityError):
        # Someone lives here already, or another process is moving in at this moment.
        db.session.rollback()
    is_demo = db.session.scalar(select(Home.id).where(Home.is_demo))
    # The server below never leaves this function's session: an open transaction would lock it out.
    db.session.rollback()
    if is_demo:
        _print_demo_people()


def _welcome_whoever_comes_first() -> bool:
    """Print where an empty installation is set up, with a new code; tell whether it is empty."""
    is_empty = not home_exists(db.session())
    # As above: no transaction may stay open.
    db.session.rollback()
    if is_empty:
        code = make_setup_code(_settings().instance)
        click.echo(f"Nobody lives here yet. Open {_settings().address}/setup with the code {code}")
    return is_empty


def _print_demo_people() -> None:
    click.echo(f"The demo home Solsikken. Password for all: {DEMO_PASSWORD}, PIN: {DEMO_PIN}")
    for person in PEOPLE:
        click.echo(f"  {person.email:<30} {person.first_name}, {person.role.value}")

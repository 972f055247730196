"""The `smaategn` command: serve, migrate, demo, doctor, staff. Also takes Flask's own commands."""

import sys

import click
import flask_migrate
from flask import Flask, current_app
from flask.cli import FlaskGroup
from sqlalchemy import select

from webapp import create_app, log
from webapp.adapters import clock, passwords
from webapp.config import Settings, SettingsError
from webapp.db import db
from webapp.demo.fill import DatabaseNotEmpty, fill_demo_home
from webapp.demo.people import DEMO_PASSWORD, PEOPLE
from webapp.models import Department, Home, Role, Staff
from webapp.readiness import checks
from webapp.services import staff as staff_service
from webapp.services.sign_in import find_staff


def main() -> None:
    """Run the command line; a wrong setting ends it with the reason and exit status 2."""
    log.set_up()
    try:
        cli(prog_name="smaategn")
    except SettingsError as error:
        print(error, file=sys.stderr)
        sys.exit(2)


def _app() -> Flask:
    return create_app()


@click.group(cls=FlaskGroup, create_app=_app, add_version_option=False)
def cli() -> None:
    """Småtegn: today's sign, logged with one tap."""


@cli.command()
@click.option("--migrate", "migrate_first", is_flag=True, help="Update the database first.")
def serve(migrate_first: bool) -> None:
    """Serve the app. SMAATEGN_DEMO=1 fills an empty database with the demo home first."""
    from webapp.serve import serve as serve_app

    settings: Settings = current_app.extensions["smaategn_settings"]
    if migrate_first:
        flask_migrate.upgrade()
    if settings.demo:
        _fill_demo_if_empty()
    serve_app(current_app._get_current_object(), settings)  # type: ignore[attr-defined]


@cli.command()
def migrate() -> None:
    """Bring the database up to date."""
    flask_migrate.upgrade()


@cli.command()
def demo() -> None:
    """Fill an empty database with the demo home Solsikken."""
    try:
        _fill_demo()
    except DatabaseNotEmpty:
        raise click.ClickException("There is a home already; nothing was changed.") from None
    _print_demo_people()


@cli.command()
def doctor() -> None:
    """Check every moving part and say what to do."""
    settings: Settings = current_app.extensions["smaategn_settings"]
    click.echo(f"instance  {settings.instance}\naddress   {settings.address}")
    problems = 0
    for check in checks(current_app):
        problems += check.problem is not None
        click.echo(f"{check.name:<10}{check.problem or 'ok'}")
    sys.exit(1 if problems else 0)


@cli.group("staff")
def staff_group() -> None:
    """People who sign in."""


@staff_group.command("add")
@click.argument("email")
@click.option("--first-name", prompt=True)
@click.option("--last-name", prompt=True)
@click.option("--role", type=click.Choice([role.value for role in Role]), default="staff")
@click.option("--department", "department_names", multiple=True, help="By name; may be repeated.")
@click.password_option()
def add_staff(
    email: str,
    first_name: str,
    last_name: str,
    role: str,
    department_names: tuple[str, ...],
    password: str,
) -> None:
    """Add someone who can sign in."""
    home = db.session.scalar(select(Home))
    if home is None:
        raise click.ClickException("There is no home yet: fill the demo home with `smaategn demo`.")
    departments = [_department(home, name) for name in department_names]
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
    except staff_service.EmailTaken:
        raise click.ClickException(f"{email} is taken.") from None
    except staff_service.PasswordUnfit:
        raise click.ClickException(_PASSWORD_RULE) from None
    db.session.commit()
    click.echo(f"{email} can sign in.")


@staff_group.command("password")
@click.argument("email")
@click.password_option()
def set_password(email: str, password: str) -> None:
    """Give someone a new password and sign them out everywhere."""
    staff = find_staff(db.session(), email)
    if staff is None:
        raise click.ClickException(f"Nobody has the e-mail address {email}.")
    try:
        staff_service.set_password(db.session(), staff, password, actor=None, now=clock.now())
    except staff_service.PasswordUnfit:
        raise click.ClickException(_PASSWORD_RULE) from None
    db.session.commit()
    click.echo(f"{email} has a new password.")


_PASSWORD_RULE = (
    f"A password has {staff_service.SHORTEST_PASSWORD} to {staff_service.LONGEST_PASSWORD} "
    "characters and is not the demo's."
)


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
    if db.session.scalar(select(Staff.id).limit(1)) is None:
        _fill_demo()
    is_demo = db.session.scalar(select(Home.is_demo))
    # The server below never leaves this function's session: an open transaction would lock it out.
    db.session.rollback()
    if is_demo:
        _print_demo_people()


def _print_demo_people() -> None:
    click.echo(f"The demo home Solsikken. Password for all: {DEMO_PASSWORD}")
    for person in PEOPLE:
        click.echo(f"  {person.email:<30} {person.first_name}, {person.role.value}")

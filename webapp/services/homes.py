"""Found a home: the first thing in an empty database."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Department, Home, Staff
from webapp.services import audit


class HomeExists(Exception):
    """There is a home already; one database holds one real home."""


def found_home(
    session: Session,
    name: str,
    *,
    departments: Sequence[str],
    actor: Staff | None,
    now: datetime,
) -> tuple[Home, list[Department]]:
    """Add the home and its departments.

    Args:
        session: Not committed here.
        name: As people say it.
        departments: Their names, in any order; naming one twice makes one.
        actor: Who founds it; None from the command line.
        now: Aware.

    Raises:
        HomeExists.
    """
    if session.scalar(select(Home.id).limit(1)):
        raise HomeExists
    home = Home(name=name)
    parts = [Department(home=home, name=part) for part in dict.fromkeys(departments)]
    session.add_all([home, *parts])
    session.flush()
    audit.record(session, "home.create", actor=actor, at=now, object_id=home.id)
    return home, parts

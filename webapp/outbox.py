"""What can be done without network: each kind of entry, registered by the blueprint it is done in.

A page and an entry share the form and the verb; they differ in when it was tapped, and in how the
record is found. Blueprints register, `sync` looks up.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from webapp.access import permission_of
from webapp.adapters import clock
from webapp.db import db
from webapp.domain import doubting
from webapp.domain.doubting import Kept
from webapp.domain.permissions import Permission
from webapp.fields import Form
from webapp.login import current_staff
from webapp.models import Base, Staff


@dataclass(frozen=True, slots=True)
class Act:
    """Who does something, and when.

    Attributes:
        session: Not committed by what is done.
        actor: Who does it.
        now: When we received it; aware.
        kept: What a tablet kept until now; None on a page.
    """

    session: Session
    actor: Staff
    now: datetime
    kept: Kept | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the actor's home."""
        return ZoneInfo(self.actor.home.timezone)

    @property
    def asked_at(self) -> datetime:
        """The time as of which rules are asked."""
        return doubting.asked_at(self.now, self.kept)


def on_page() -> Act:
    """Return what somebody does on a page just now. Only behind a permission."""
    return Act(db.session(), current_staff(), clock.now())


@dataclass(frozen=True, slots=True)
class Kind:
    """One thing that can be done without network.

    Attributes:
        name: `thing.verb`, as entries say it.
        endpoint: The page's route that does the same; its permission is the kind's.
        target: What the entry's `target` names.
        act: Does it: with the target, the valid form (None when there is none) and the act.
            Returns the row it is about; None when there is nothing more to do.
        form: Reads the fields; None when nothing is asked.
        target_may_come: Whether the target comes in entries too, so that it may be on its way.
        takes_pictures: Whether pictures may follow; they belong to the row that has the entry's id.
    """

    name: str
    endpoint: str
    target: type[Base]
    act: Callable[[Any, Any, Act], Any]
    form: type[Form] | None = None
    target_may_come: bool = False
    takes_pictures: bool = False

    @property
    def permission(self) -> Permission:
        """The permission that the page's route asks for."""
        return cast(Permission, permission_of(self.endpoint))


KINDS: Final[dict[str, Kind]] = {}
"""Every kind by its name; filled when the blueprints are imported."""


def register(*kinds: Kind) -> None:
    """Let these be done without network."""
    KINDS.update({kind.name: kind for kind in kinds})

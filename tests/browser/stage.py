"""What a screen needs to be drawn."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser.hands import open_day
from tests.browser.home import Home
from tests.browser.watch import Watch
from tests.personas import ANNA, Person
from webapp.models import Sign


@dataclass(frozen=True)
class Stage:
    """What a screen needs to be drawn.

    Attributes:
        open: Opens a page on the tablet of a person, or on one nobody is signed in on.
        home: What is stored.
        sign: A sign nobody has logged today.
        watch: Told what the console may say on the way.
    """

    open: Callable[[Person | None], Page]
    home: Home
    sign: Sign
    watch: Watch

    def day(self, person: Person = ANNA) -> Page:
        """Open Sofie's day."""
        page = self.open(person)
        open_day(page, self.sign)
        return page

    def observation(self) -> str:
        """Return the address of what was added last."""
        return f"/observations/{self.home.added()[-1].id}"

"""Who is at work when, read from the fortnightly rotas of `people`."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from webapp.demo.days import HOME_ZONE
from webapp.demo.people import PEOPLE
from webapp.demo.shapes import Person

# Name, start, end and the letter in the rotas.
SHIFTS = (
    ("Dagvagt", time(7), time(15), "D"),
    ("Aftenvagt", time(15), time(23), "A"),
    ("Nattevagt", time(23), time(7), "N"),
)


def on_duty(department: str, moment: datetime, people: Sequence[Person] = PEOPLE) -> list[Person]:
    """Return who is at work in the department; before seven it is still yesterday's night."""
    local = moment.astimezone(HOME_ZONE)
    day, letter = local.date(), "N"
    if local.time() < time(7):
        day -= timedelta(days=1)
    elif local.time() < time(23):
        letter = "D" if local.time() < time(15) else "A"
    # Day 1 of the proleptic calendar was a Monday, so fortnights begin on Mondays.
    in_fortnight = (day.toordinal() - 1) % 14
    return [
        person
        for person in people
        if department in person.departments and person.rota[in_fortnight] == letter
    ]

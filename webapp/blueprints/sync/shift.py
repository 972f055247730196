"""Draw the page on which somebody logs without network: every citizen of a department."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import g, render_template

from webapp.db import db, read_only
from webapp.domain.permissions import Permission
from webapp.models import Department, Staff
from webapp.services.board import board_of, day_of
from webapp.services.reach import reaches


def draw_shift(staff: Staff, department: Department, *, now: datetime) -> str:
    """Return the days of all citizens that somebody may log on there, as one piece of a page.

    Nothing is committed. Forms carry no token: what is tapped here goes by the outbox alone.
    """
    read_only()
    # Flask-WTF takes what it finds here; a token of whoever is signed in has no place on this page.
    g.csrf_token = ""
    session, zone = db.session(), ZoneInfo(staff.home.timezone)
    board = board_of(session, department, viewer=staff, now=now, zone=zone)
    citizens = [card for card in board if reaches(staff, Permission.LOG_OBSERVATIONS, card.citizen)]
    days = [
        (card.citizen, day_of(session, card.citizen, viewer=staff, now=now, zone=zone))
        for card in citizens
    ]
    return render_template("sync/_shift.html", days=days, staff=staff, now=now, opened="")

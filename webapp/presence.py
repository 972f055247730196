"""Note that somebody is there, so that an idle tablet locks and a forgotten session ends.

It is written with the one commit of the request, if there is one; a page that only reads gets a
commit for it at its end.
"""

from typing import Any

from flask import Flask, Response, g, has_request_context
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from webapp import assets
from webapp.adapters import clock
from webapp.db import db
from webapp.services.devices import note_seen
from webapp.tablets import tablet_secret


def init_app(app: Flask) -> None:
    """Note it at the end of a request that committed nothing."""

    @app.after_request
    def note_at_last(response: Response) -> Response:
        if "seen" in g and response.status_code < 500:
            try:
                # What the page has read is drawn; a new transaction may write.
                db.session.rollback()
                db.session.commit()
            except DBAPIError:
                # The page matters more than when somebody was there.
                db.session.rollback()
        return response


@event.listens_for(db.session, "before_commit")
def _note(session: Session) -> None:
    opened: Any = g.pop("seen", None) if has_request_context() else None
    if opened:
        note_seen(
            session, opened, release=assets.release(), tablet=tablet_secret(), now=clock.now()
        )

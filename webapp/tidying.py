"""Throws away at night what nobody may see any more: the nightly work of `Jobs`."""

import structlog
from flask import Flask

from webapp.adapters import clock
from webapp.current import media_store
from webapp.db import db, reading
from webapp.log import place
from webapp.services.erasing import erase_hidden, sweep

log = structlog.get_logger()


def tidy(app: Flask) -> None:
    """Erase what has been hidden for long, then the bytes that nothing names. Raises nothing."""
    with app.app_context():
        session = db.session()
        try:
            erased = erase_hidden(session, now=clock.now())
            session.commit()
            # To throw away takes long, and must hold up nobody who writes.
            with reading() as looking:
                swept = sweep(looking, media_store(), now=clock.now())
            log.info("tidying.done", erased=erased, swept=swept)
        except Exception as error:
            # What is left is found again the next night.
            log.error("tidying.failed", error=type(error).__name__, at=place(error))
        finally:
            session.rollback()

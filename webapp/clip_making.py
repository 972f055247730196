"""Makes clips ready, one after the other, while pages are answered: the work of `Jobs`."""

from datetime import timedelta
from typing import Final

import structlog
from flask import Flask
from obstore.exceptions import BaseError
from sqlalchemy.exc import SQLAlchemyError

from webapp.adapters import clock
from webapp.adapters.apart import ProgramEnded
from webapp.adapters.media_store import delete_original
from webapp.current import media_store, settings
from webapp.db import db
from webapp.log import place
from webapp.models import ClipRefusal
from webapp.services import clip_jobs

log = structlog.get_logger()

STEP: Final = 4
"""Per cent between two times it is told how far a clip is."""

QUIET: Final = timedelta(seconds=10)
"""How long it is said nothing at the most, while it goes on."""


def make_clips(app: Flask) -> None:
    """Make all clips ready that wait, and throw away what belongs to none. Raises nothing."""
    with app.app_context():
        try:
            while _make_next():
                pass
            clip_jobs.forget_originals(db.session(), media_store(), now=clock.now())
        except Exception as error:
            # The next look is in a minute; whatever was begun is taken up again then.
            log.error("clips.failed", error=type(error).__name__, at=place(error))
        finally:
            db.session.rollback()


def _make_next() -> bool:
    """Make one clip ready; tell whether there was one."""
    session, store = db.session(), media_store()
    job = clip_jobs.take_job(session, now=clock.now())
    session.commit()
    if job is None:
        return False
    told, told_at = 0, clock.now()

    def tell(percent: int) -> None:
        nonlocal told, told_at
        now = clock.now()
        if percent < told + STEP and now < told_at + QUIET:
            return
        told, told_at = percent, now
        clip_jobs.tell_percent(session, job, percent, now=now)
        session.commit()

    try:
        made = clip_jobs.make(store, job, seconds=settings().clip_seconds, tell=tell)
        clip_jobs.finish(session, store, job, made, now=clock.now())
        session.commit()
    except clip_jobs.ClipGone:
        session.rollback()
        return True
    except ProgramEnded:
        # Perhaps we are being stopped. It counts as a try: it may be the clip that takes too much.
        session.rollback()
        log.warning("clips.ended", clip=str(job.id), tries=job.tries)
        return True
    except (BaseError, OSError, SQLAlchemyError) as error:
        # A store that is away or a full disk says nothing of the clip, and others may be luckier.
        session.rollback()
        clip_jobs.put_back(session, job, now=clock.now())
        session.commit()
        log.error("clips.put_back", error=type(error).__name__, at=place(error))
        return True
    delete_original(store, job.original)
    log.info("clips.made", refusal=made.value if isinstance(made, ClipRefusal) else None)
    return True

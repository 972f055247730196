"""What a manager looks at: what tablets delivered in doubt, or could not deliver."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import access
from webapp.access import requires
from webapp.adapters import clock
from webapp.blueprints.sync.routes import bp
from webapp.db import db
from webapp.domain.permissions import Permission
from webapp.login import current_staff
from webapp.services import sync_receipts


@bp.get("/reviews")
@requires(Permission.REVIEW_ENTRIES)
def index() -> ResponseReturnValue:
    """Show what came in doubt, and what could not be stored."""
    access.log_read("sync_receipt.read")
    receipts = sync_receipts.reviews_of(db.session(), current_staff(), now=clock.now())
    return render_template("sync/index.html", receipts=receipts)


@bp.post("/reviews/<uuid:entry_id>/reading")
@requires(Permission.REVIEW_ENTRIES)
def mark_seen(entry_id: UUID) -> ResponseReturnValue:
    """Say that it was seen."""
    receipts = access.entry_in_review(entry_id)
    sync_receipts.mark_seen(db.session(), receipts, actor=current_staff(), now=clock.now())
    access.keep_or_log_read(
        "sync_receipt.read", citizen_id=receipts[0].citizen_id, object_id=entry_id
    )
    return redirect(url_for(".index") + f"#entry-{entry_id}", 303)

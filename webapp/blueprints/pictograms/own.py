"""The home's own pictograms, under the settings: one at a time, a folder with a list, let go."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp import access
from webapp.access import requires
from webapp.adapters import clock
from webapp.adapters.papers import PaperUnread
from webapp.blueprints.pictograms.forms import FolderForm, OwnForm
from webapp.blueprints.pictograms.routes import bp
from webapp.blueprints.pictograms.row_words import ROW_PROBLEMS
from webapp.current import media_store
from webapp.db import db
from webapp.domain.errors import PictogramInUse, PictogramNameTaken, Refused
from webapp.domain.permissions import Permission
from webapp.domain.pictogram_list import (
    LARGEST_LIST,
    MOST_ROWS,
    RowProblem,
    base_name,
    check_rows,
    read_list,
)
from webapp.http_errors import problem
from webapp.i18n import lazy as _l
from webapp.login import current_staff
from webapp.messages import words_for
from webapp.services import own_pictograms
from webapp.services.own_pictograms import LARGEST_FOLDER, LARGEST_PICTOGRAM
from webapp.uploads import takes_file


@bp.get("/settings/pictograms")
@requires(Permission.MANAGE_PICTOGRAMS)
def index() -> ResponseReturnValue:
    """Show the home's own, and the forms for more."""
    return _draw()


@bp.post("/settings/pictograms")
@takes_file(LARGEST_PICTOGRAM)
@requires(Permission.MANAGE_PICTOGRAMS)
def create_own() -> ResponseReturnValue:
    """Add one pictogram."""
    form = OwnForm()
    if not form.validate():
        return _draw(form=form), 422
    # Writing it anew takes long and must not hold up those who write meanwhile.
    db.session.rollback()
    try:
        kept = own_pictograms.keep_pictogram(media_store(), form.picture.data.read())
        own_pictograms.add_own(
            db.session(),
            form.row,
            kept,
            id=form.new_id.data,
            actor=current_staff(),
            now=clock.now(),
        )
    except PaperUnread:
        return problem("busy", 503)
    except Refused as refused:
        db.session.rollback()
        is_name = isinstance(refused, PictogramNameTaken)
        (form.name if is_name else form.picture).errors = [words_for(refused.code)]
        return _draw(form=form), refused.status
    db.session.commit()
    return redirect(url_for(".index"), 303)


@bp.post("/settings/pictograms/several")
@takes_file(LARGEST_FOLDER)
@requires(Permission.MANAGE_PICTOGRAMS)
def create_several() -> ResponseReturnValue:
    """Add all that a list names, or nothing and what is wrong with each row."""
    form, actor = FolderForm(), current_staff()
    if not form.validate():
        return _draw(folder=form), 422
    data = form.list.data.read(LARGEST_LIST + 1)
    rows = read_list(data) if len(data) <= LARGEST_LIST else []
    if not 0 < len(rows) <= MOST_ROWS:
        form.list.errors = [_l("Listen skal have mellem 1 og 40 rækker. Intet er gemt.")]
        return _draw(folder=form), 422
    files = {base_name(each.filename): each for each in form.pictures.data if each.filename}
    id, home_id = form.new_id.data, actor.home_id
    taken = own_pictograms.names_taken(db.session(), home_id, but=id)
    if wrong := check_rows(rows, files, taken):
        return _draw(folder=form, wrong=wrong), 422
    db.session.rollback()
    wanted = {row.file: files[row.file].read() for row in rows}
    try:
        kept, wrong = own_pictograms.keep_folder(media_store(), rows, wanted)
        if wrong:
            return _draw(folder=form, wrong=wrong), 422
        own_pictograms.add_folder(
            db.session(), rows, kept, id=id, actor=current_staff(), now=clock.now()
        )
    except PaperUnread:
        return problem("busy", 503)
    except PictogramNameTaken as refused:
        db.session.rollback()
        form.list.errors = [words_for(refused.code)]
        return _draw(folder=form), refused.status
    db.session.commit()
    return redirect(url_for(".index"), 303)


@bp.post("/home-pictograms/<uuid:home_pictogram_id>/removal")
@requires(Permission.MANAGE_PICTOGRAMS)
def remove_own(home_pictogram_id: UUID) -> ResponseReturnValue:
    """Let one go that stands on no step."""
    own = access.home_pictogram(home_pictogram_id)
    try:
        own_pictograms.remove_own(db.session(), own, actor=current_staff(), now=clock.now())
    except PictogramInUse as refused:
        db.session.rollback()
        return _draw(in_use=home_pictogram_id), refused.status
    db.session.commit()
    return redirect(url_for(".index"), 303)


def _draw(
    *,
    form: OwnForm | None = None,
    folder: FolderForm | None = None,
    wrong: list[tuple[int, RowProblem]] | None = None,
    in_use: UUID | None = None,
) -> str:
    """Draw the page.

    Args:
        form: What was sent and refused; None when it was not that.
        folder: The same, of a folder.
        wrong: What is wrong with the rows of its list.
        in_use: The one that was not let go.
    """
    return render_template(
        "pictograms/index.html",
        rows=own_pictograms.own_on_list(db.session(), current_staff().home_id),
        form=form or OwnForm(),
        folder=folder or FolderForm(),
        wrong=[(line, ROW_PROBLEMS[each]) for line, each in wrong or ()],
        in_use=in_use,
    )

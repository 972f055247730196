"""Two questions for the machine that watches over us. Neither tells anything about anyone."""

from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue

from webapp.access import public
from webapp.readiness import checks

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@public
def alive() -> ResponseReturnValue:
    """Say that the process answers."""
    return jsonify(status="ok")


@bp.get("/readyz")
@public
def ready() -> ResponseReturnValue:
    """Say whether database, migrations, media store and disk are fit for work; 503 when not."""
    results = {check.name: check.problem is None for check in checks(current_app)}
    fit = all(results.values())
    body = jsonify(
        status="ok" if fit else "unfit",
        **{name: "ok" if passed else "unfit" for name, passed in results.items()},
    )
    return body, 200 if fit else 503

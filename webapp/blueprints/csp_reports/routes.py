"""Take what browsers report by themselves, and log the rule and our route. Nothing else of it."""

from flask import Blueprint, Response, current_app, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import TooManyRequests

from webapp.access import public
from webapp.adapters import clock
from webapp.blueprints.csp_reports.reports import LARGEST, Allowance, told
from webapp.log import log

bp = Blueprint("csp_reports", __name__)

_allowance = Allowance()


@bp.record_once
def take_without_token(state: BlueprintSetupState) -> None:
    """Let browsers report without a form's token: they have no form."""
    state.app.extensions["csrf"].exempt(bp)


@bp.post("/csp-reports")
@public
def create() -> ResponseReturnValue:
    """Log each violation as a directive and a pattern. What is no report changes nothing."""
    request.max_content_length = LARGEST
    sent = request.get_data()
    if not _allowance.take(clock.now()):
        raise TooManyRequests(retry_after=60)
    for violation in told(sent, current_app.url_map):
        log.warning("csp.violation", directive=violation.directive, route=violation.route)
    return Response(status=204)

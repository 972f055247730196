"""No route vanishes unnoticed: tablets keep addresses in what they have not sent yet."""

from pathlib import Path

import pytest
from flask import Flask

from tests.databases import settings_for
from webapp import create_app

ROUTES = """
DELETE/sync/media/<sha256>
GET   /
GET   /account
GET   /account/confirmation/new
GET   /account/password/edit
GET   /account/pin
GET   /account/provider
GET   /account/provider-account/new
GET   /account/second-factor/new
GET   /account/second-factor/removal/new
GET   /account/sessions/ending/new
GET   /citizens/<uuid:citizen_id>
GET   /citizens/<uuid:citizen_id>/consents
GET   /citizens/<uuid:citizen_id>/consents/new
GET   /citizens/<uuid:citizen_id>/contact-team
GET   /citizens/<uuid:citizen_id>/contacts/new
GET   /citizens/<uuid:citizen_id>/goals/new
GET   /citizens/<uuid:citizen_id>/log/exports/new
GET   /citizens/<uuid:citizen_id>/orders
GET   /citizens/<uuid:citizen_id>/orders/new
GET   /citizens/<uuid:citizen_id>/plan
GET   /citizens/<uuid:citizen_id>/plan/context/edit
GET   /citizens/<uuid:citizen_id>/plan/evaluation/edit
GET   /citizens/<uuid:citizen_id>/plan/history
GET   /citizens/<uuid:citizen_id>/plan/print
GET   /citizens/<uuid:citizen_id>/profile
GET   /citizens/<uuid:citizen_id>/profile/edit
GET   /citizens/new
GET   /consents/<uuid:consent_id>/withdrawal/new
GET   /contacts/<uuid:contact_id>/edit
GET   /departments
GET   /departments/<uuid:department_id>/edit
GET   /departments/new
GET   /emergency-accesses
GET   /emergency-accesses/new
GET   /favicon.ico
GET   /goal-templates
GET   /goals/<uuid:goal_id>/closure/new
GET   /goals/<uuid:goal_id>/copies/new
GET   /goals/<uuid:goal_id>/edit
GET   /goals/<uuid:goal_id>/goal-templates/new
GET   /goals/<uuid:goal_id>/interventions/new
GET   /goals/<uuid:goal_id>/observations/new
GET   /goals/<uuid:goal_id>/signs/new
GET   /goals/<uuid:goal_id>/sparring
GET   /healthz
GET   /home-pictograms/<uuid:home_pictogram_id>
GET   /home-pictograms/<uuid:home_pictogram_id>/thumbnail
GET   /interventions/<uuid:intervention_id>/edit
GET   /interventions/<uuid:intervention_id>/instruction
GET   /interventions/<uuid:intervention_id>/instruction/print
GET   /interventions/<uuid:intervention_id>/show
GET   /invitation/<secret>
GET   /lock
GET   /lock/offline
GET   /log
GET   /log/checks
GET   /log/checks/<uuid:check_id>
GET   /log/own
GET   /login
GET   /login/code
GET   /login/provider
GET   /login/provider/callback
GET   /manifest.webmanifest
GET   /observations/<uuid:observation_id>
GET   /offline
GET   /order-files/<uuid:order_file_id>
GET   /orders/<uuid:order_id>/edit
GET   /orders/<uuid:order_id>/files/new
GET   /pictograms/credits
GET   /pictures/<uuid:picture_id>
GET   /pictures/<uuid:picture_id>/clip
GET   /pictures/<uuid:picture_id>/thumbnail
GET   /readyz
GET   /recover
GET   /settings
GET   /settings/home
GET   /settings/pictograms
GET   /settings/shifts
GET   /setup
GET   /setup/done
GET   /signs/<uuid:sign_id>/edit
GET   /sparring
GET   /staff
GET   /staff/<uuid:staff_id>
GET   /staff/<uuid:staff_id>/edit
GET   /staff/new
GET   /static/<release>/<path:name>
GET   /static/<release>/app.css
GET   /step-clips/<uuid:step_clip_id>
GET   /step-clips/<uuid:step_clip_id>/poster
GET   /step-clips/<uuid:step_clip_id>/state
GET   /step-clips/<uuid:step_clip_id>/thumbnail
GET   /step-pictures/<uuid:step_picture_id>
GET   /step-pictures/<uuid:step_picture_id>/thumbnail
GET   /step-voices/<uuid:step_voice_id>
GET   /steps/<uuid:step_id>/pictogram
GET   /sw.js
GET   /sync/reviews
GET   /sync/standby
GET   /tablet
GET   /tablets
GET   /tablets/new
GET   /tablets/one-app
PATCH /sync/media/<sha256>
POST  /account/confirmation
POST  /account/password
POST  /account/pin
POST  /account/provider-account
POST  /account/provider-account/removal
POST  /account/recovery-codes
POST  /account/second-factor
POST  /account/second-factor/removal
POST  /account/sessions/<uuid:session_id>/ending
POST  /account/sessions/ending
POST  /citizens
POST  /citizens/<uuid:citizen_id>/consents
POST  /citizens/<uuid:citizen_id>/contact-team
POST  /citizens/<uuid:citizen_id>/contacts
POST  /citizens/<uuid:citizen_id>/goal-templates/<uuid:template_id>/goals
POST  /citizens/<uuid:citizen_id>/goals
POST  /citizens/<uuid:citizen_id>/goals/lights
POST  /citizens/<uuid:citizen_id>/log/exports
POST  /citizens/<uuid:citizen_id>/orders
POST  /citizens/<uuid:citizen_id>/plan/context
POST  /citizens/<uuid:citizen_id>/plan/evaluation
POST  /citizens/<uuid:citizen_id>/profile
POST  /consents/<uuid:consent_id>/withdrawal
POST  /contacts/<uuid:contact_id>
POST  /contacts/<uuid:contact_id>/archival
POST  /contacts/<uuid:contact_id>/restoration
POST  /csp-reports
POST  /departments
POST  /departments/<uuid:department_id>
POST  /departments/<uuid:department_id>/removal
POST  /drafts
POST  /drafts/removal
POST  /emergency-accesses
POST  /emergency-accesses/<uuid:access_id>/ending
POST  /emergency-accesses/<uuid:access_id>/reading
POST  /emergency-accesses/searches
POST  /goal-templates/<uuid:template_id>/archival
POST  /goals/<uuid:goal_id>
POST  /goals/<uuid:goal_id>/acknowledgements
POST  /goals/<uuid:goal_id>/activation
POST  /goals/<uuid:goal_id>/closure
POST  /goals/<uuid:goal_id>/copies
POST  /goals/<uuid:goal_id>/goal-templates
POST  /goals/<uuid:goal_id>/interventions
POST  /goals/<uuid:goal_id>/observations
POST  /goals/<uuid:goal_id>/reopening
POST  /goals/<uuid:goal_id>/signs
POST  /goals/<uuid:goal_id>/sparring/comments
POST  /home-pictograms/<uuid:home_pictogram_id>/removal
POST  /interventions/<uuid:intervention_id>
POST  /interventions/<uuid:intervention_id>/done
POST  /interventions/<uuid:intervention_id>/instruction/form
POST  /interventions/<uuid:intervention_id>/instruction/sign
POST  /interventions/<uuid:intervention_id>/showings
POST  /interventions/done/<uuid:done_id>/withdrawal
POST  /invitation/<secret>
POST  /language
POST  /lock
POST  /lock/pin
POST  /log/checks
POST  /log/checks/<uuid:check_id>
POST  /login
POST  /login/code
POST  /logout
POST  /observations/<uuid:observation_id>/corrections
POST  /observations/<uuid:observation_id>/withdrawal
POST  /orders/<uuid:order_id>
POST  /orders/<uuid:order_id>/archival
POST  /orders/<uuid:order_id>/files
POST  /orders/<uuid:order_id>/restoration
POST  /seen
POST  /settings/home
POST  /settings/pictograms
POST  /settings/pictograms/several
POST  /settings/shifts
POST  /setup
POST  /signs/<uuid:sign_id>
POST  /signs/<uuid:sign_id>/archival
POST  /signs/<uuid:sign_id>/observations
POST  /signs/<uuid:sign_id>/place
POST  /signs/<uuid:sign_id>/restoration
POST  /sparring/<uuid:sparring_id>/settlement
POST  /staff
POST  /staff/<uuid:staff_id>
POST  /staff/<uuid:staff_id>/deactivation
POST  /staff/<uuid:staff_id>/invitations
POST  /staff/<uuid:staff_id>/pin/removal
POST  /staff/<uuid:staff_id>/reactivation
POST  /staff/<uuid:staff_id>/second-factor/removal
POST  /staff/search
POST  /steps/<uuid:step_id>/clip
POST  /steps/<uuid:step_id>/clip/removal
POST  /steps/<uuid:step_id>/description
POST  /steps/<uuid:step_id>/pictogram
POST  /steps/<uuid:step_id>/picture
POST  /steps/<uuid:step_id>/picture/removal
POST  /steps/<uuid:step_id>/place
POST  /steps/<uuid:step_id>/time
POST  /steps/<uuid:step_id>/voice
POST  /steps/<uuid:step_id>/voice/removal
POST  /sync/batch
POST  /sync/grants
POST  /sync/media
POST  /sync/media/<sha256>
POST  /sync/reviews/<uuid:entry_id>/reading
POST  /sync/standby
POST  /sync/standby/<uuid:staff_id>/grants
POST  /tablet
POST  /tablets/<uuid:device_id>/name
POST  /tablets/<uuid:device_id>/opening
POST  /tablets/<uuid:device_id>/revocation
POST  /tablets/codes
"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("instance")
    return create_app(settings_for(f"sqlite:///{folder}/routes.sqlite3", folder))


def test_the_routes_are_these(app: Flask) -> None:
    found = sorted(
        f"{method:<6}{rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    )

    assert found == ROUTES.strip().splitlines()


def test_no_address_carries_a_number_or_a_name_of_anyone(app: Flask) -> None:
    """Records go by an id that tells nothing; what people typed never stands in an address."""
    # The secret of an invitation names nobody; see the route.
    others = {"static", "styles", "invitations.accept", "invitations.show"}
    # The SHA-256 of a sealed file tells nothing of what is in it.
    others |= {f"sync.{verb}_upload" for verb in ("change", "continue", "end", "show")}
    for rule in app.url_map.iter_rules():
        if rule.endpoint not in others:
            kinds = {type(converter).__name__ for converter in rule._converters.values()}
            assert kinds <= {"UUIDConverter"}, rule


def test_actions_are_nouns(app: Flask) -> None:
    # "new" and "edit" name the page with the form, as they do in every such framework.
    verbs = {"delete", "create", "update", "close", "approve", "undo", "correct"}

    for rule in app.url_map.iter_rules():
        assert not verbs & set(rule.rule.split("/")), rule


def test_every_blueprint_reads_alike() -> None:
    folder = Path(__file__).resolve().parents[2] / "webapp/blueprints"
    for package in sorted(path for path in folder.iterdir() if path.is_dir()):
        if package.name == "__pycache__":
            continue
        assert (package / "__init__.py").read_text().count('__all__ = ["bp"') == 1, package.name
        assert (package / "routes.py").exists(), package.name

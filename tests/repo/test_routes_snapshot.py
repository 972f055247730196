"""No route vanishes unnoticed: tablets keep addresses in what they have not sent yet."""

from pathlib import Path

import pytest
from flask import Flask

from tests.databases import settings_for
from webapp import create_app

ROUTES = """
GET   /
GET   /citizens/<uuid:citizen_id>
GET   /favicon.ico
GET   /goals/<uuid:goal_id>/observations/new
GET   /healthz
GET   /login
GET   /manifest.webmanifest
GET   /observations/<uuid:observation_id>
GET   /offline
GET   /readyz
GET   /static/<release>/<path:name>
GET   /static/<release>/app.css
GET   /sw.js
POST  /goals/<uuid:goal_id>/observations
POST  /language
POST  /login
POST  /logout
POST  /observations/<uuid:observation_id>/corrections
POST  /observations/<uuid:observation_id>/withdrawal
POST  /signs/<uuid:sign_id>/observations
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
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static" and rule.endpoint != "styles":
            kinds = {type(converter).__name__ for converter in rule._converters.values()}
            assert kinds <= {"UUIDConverter"}, rule


def test_actions_are_nouns(app: Flask) -> None:
    verbs = {"edit", "delete", "create", "update", "close", "approve", "undo", "correct"}

    for rule in app.url_map.iter_rules():
        assert not verbs & set(rule.rule.split("/")), rule


def test_every_blueprint_reads_alike() -> None:
    folder = Path(__file__).resolve().parents[2] / "webapp/blueprints"
    for package in sorted(path for path in folder.iterdir() if path.is_dir()):
        if package.name == "__pycache__":
            continue
        assert (package / "__init__.py").read_text().count('__all__ = ["bp"') == 1, package.name
        assert (package / "routes.py").exists(), package.name

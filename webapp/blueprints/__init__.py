"""HTTP only: find and refuse, parse, act, commit once, answer."""

from flask import Flask

from webapp.blueprints import auth, board, citizens, health, languages, observations, pwa


def init_app(app: Flask) -> None:
    """Register every blueprint."""
    for package in (auth, board, citizens, health, languages, observations, pwa):
        app.register_blueprint(package.bp)

"""What the running app was started with, for whoever answers a request."""

from typing import cast

from flask import Flask, current_app
from obstore.store import ObjectStore

from webapp.adapters.jobs import Jobs
from webapp.config import Settings


def settings_of(app: Flask) -> Settings:
    """Return the settings an app was made with."""
    return cast(Settings, app.extensions["smaategn_settings"])


def settings() -> Settings:
    """Return those of the app that runs."""
    return settings_of(current_app)


def pepper() -> bytes:
    """Return what keys the hashes under which tries and codes are kept."""
    return str(current_app.secret_key).encode()


def jobs() -> Jobs:
    """Return who does what nobody waits for."""
    return cast(Jobs, current_app.extensions["jobs"])


def media_store() -> ObjectStore:
    """Return where files lie."""
    return cast(ObjectStore, current_app.extensions["media_store"])

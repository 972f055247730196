"""HTTP only: find and refuse, parse, act, commit once, answer."""

from flask import Flask

from webapp.blueprints import (
    auth,
    board,
    citizens,
    drafts,
    goal_templates,
    goals,
    health,
    interventions,
    languages,
    observations,
    orders,
    plans,
    profiles,
    pwa,
    signs,
    sparring,
)

_PACKAGES = (
    *(auth, board, citizens, drafts, goals, health, interventions, languages, observations),
    *(goal_templates, orders, plans, profiles, pwa, signs, sparring),
)


def init_app(app: Flask) -> None:
    """Register every blueprint."""
    for package in _PACKAGES:
        app.register_blueprint(package.bp)

"""HTTP only: find and refuse, parse, act, commit once, answer."""

from flask import Flask

from webapp.blueprints import (
    account,
    audit,
    auth,
    board,
    citizen_mode,
    citizens,
    consents,
    csp_reports,
    departments,
    devices,
    drafts,
    emergency,
    goal_templates,
    goals,
    health,
    instructions,
    interventions,
    invitations,
    languages,
    lock,
    observations,
    orders,
    pictograms,
    pins,
    plans,
    profiles,
    pwa,
    settings,
    setup,
    signs,
    sparring,
    staff,
    sync,
)

_PACKAGES = (
    *(devices, lock, pins),
    *(departments, invitations, setup, staff),
    *(audit, consents, csp_reports, emergency),
    *(account, auth, board, citizens, drafts, goals, health, interventions, languages),
    *(observations, goal_templates, orders, plans, profiles, pwa, settings, signs, sparring),
    *(instructions, citizen_mode, pictograms, sync),
)


def init_app(app: Flask) -> None:
    """Register every blueprint."""
    for package in _PACKAGES:
        app.register_blueprint(package.bp)

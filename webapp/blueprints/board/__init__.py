"""Vagten: the department today."""

from webapp.blueprints.board.routes import bp

__all__ = ["bp"]

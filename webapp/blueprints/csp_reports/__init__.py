"""What browsers say was stopped by the Content Security Policy."""

from webapp.blueprints.csp_reports.routes import bp

__all__ = ["bp"]

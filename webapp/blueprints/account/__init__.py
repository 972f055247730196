"""Min konto: who one is here, one's password and second factor, and where one is signed in."""

from webapp.blueprints.account import confirmations, passwords, provider, second_factor, sessions
from webapp.blueprints.account.routes import bp

__all__ = ["bp", "confirmations", "passwords", "provider", "second_factor", "sessions"]

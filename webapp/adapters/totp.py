"""The six digits of an authenticator app (RFC 6238), and the address that hands it the secret."""

import hmac
import re
from collections.abc import Iterable
from typing import Final

import pyotp

ISSUER: Final = "Småtegn"
_DIGITS: Final = re.compile(r"[0-9]{6}", re.ASCII)


def new_secret() -> str:
    """Return a new secret: 160 bits in base32, as the apps take it."""
    return pyotp.random_base32()


def set_up_address(secret: str, email: str) -> str:
    """Return the otpauth address that an app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def code_at(secret: str, step: int) -> str:
    """Return the code of a step."""
    return pyotp.HOTP(secret).at(step)


def fitting_step(secret: str, code: str, steps: Iterable[int]) -> int | None:
    """Return the step whose code this is; None when it is the code of none of them.

    All of them are compared, so that the time it takes tells nothing.
    """
    fits = [step for step in steps if hmac.compare_digest(code_at(secret, step), code)]
    return fits[0] if fits else None


def looks_like_code(typed: str) -> bool:
    """Tell whether it is six digits, and so no recovery code."""
    return _DIGITS.fullmatch(typed) is not None

"""The code that lets somebody set up an empty installation: printed where the server was started.

Whoever reads it has the machine; whoever only reaches the address on the network has not. The
instance folder keeps its hash, and a new code ends the one before.
"""

import hashlib
import hmac
import secrets
from pathlib import Path
from typing import Final

_FILE: Final = "setup_code"
_SIGNS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without those that look alike, so that it can be read aloud."""
_LENGTH: Final = 16
"""Five bits each: far more than anyone can try."""


def make_setup_code(instance: Path) -> str:
    """Return a new code in groups of four; only its hash is written."""
    code = "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))
    draft = instance / f"{_FILE}.new"
    draft.touch(mode=0o600)
    draft.write_text(_hash(code), encoding="ascii")
    draft.replace(instance / _FILE)
    return "-".join(code[place : place + 4] for place in range(0, _LENGTH, 4))


def fits_setup_code(instance: Path, typed: str) -> bool:
    """Tell whether it is the newest code, however it was typed; never when there is none."""
    try:
        kept = (instance / _FILE).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return False
    return hmac.compare_digest(_hash(typed), kept)


def forget_setup_code(instance: Path) -> None:
    """Let the code open nothing more."""
    (instance / _FILE).unlink(missing_ok=True)


def _hash(code: str) -> str:
    bare = "".join(sign for sign in code.upper() if sign.isalnum())
    return hashlib.sha256(bare.encode("utf-8", "replace")).hexdigest()

"""The secret on disk, and those before it: one a line, newest first, each with the day it was made.

Source: docs/decisions/0026-secrets-and-proxies.md
"""

import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Final

NAME: Final = "secret_key"

SHORTEST_SECRET: Final = 32
"""Characters; fewer can be guessed, and whoever guesses it signs in as anyone."""

WINDOW: Final = timedelta(days=90)
"""How long a secret still counts after a newer one was made."""


class SecretDamaged(Exception):
    """The file holds no secret. The message says which file and what to do."""


@dataclass(frozen=True, slots=True)
class SecretKey:
    """One secret.

    Attributes:
        secret: At least `SHORTEST_SECRET` characters, none of them a space.
        made_on: The day it was made; None in a file of the first release, which did not say.
    """

    secret: str
    made_on: date | None

    def __repr__(self) -> str:
        """Return the day alone: a trace shows no secret."""
        return f"SecretKey(made_on={self.made_on})"


def read_or_make(folder: Path, *, today: date) -> list[SecretKey]:
    """Return what is kept, newest first; made when nothing is, readable by its owner only.

    Raises:
        SecretDamaged, OSError.
    """
    file = folder / NAME
    if not file.exists():
        draft = _write_draft(file, [SecretKey(secrets.token_urlsafe(48), today)])
        # Linking fails when another process was first: then its secret is everyone's.
        with suppress(FileExistsError):
            file.hardlink_to(draft)
        draft.unlink()
    return read(folder)


def read(folder: Path) -> list[SecretKey]:
    """Return what is kept, newest first; empty when nothing is.

    Raises:
        SecretDamaged, OSError.
    """
    file = folder / NAME
    if not file.exists():
        return []
    kept = [_read(line) for line in _lines(file)]
    if not kept or None in kept:
        raise SecretDamaged(
            f"{file} is damaged: expected a secret of at least {SHORTEST_SECRET} characters a "
            "line. Delete the file and a new one is made; then everyone has to sign in again."
        )
    return [key for key in kept if key]


def live(keys: Sequence[SecretKey], *, today: date) -> list[SecretKey]:
    """Return the newest secret and those before it that still count; never empty."""
    return [
        keys[0],
        *(
            older
            for newer, older in pairwise(keys)
            if newer.made_on and today < newer.made_on + WINDOW
        ),
    ]


def counts_until(keys: Sequence[SecretKey]) -> date | None:
    """Return the last day on which any but the newest counts; None when there is only that."""
    if len(keys) < 2 or keys[0].made_on is None:
        return None
    return keys[0].made_on + WINDOW - timedelta(days=1)


def rotate(folder: Path, *, today: date) -> list[SecretKey]:
    """Put a new secret before those that still count, and forget the others; return what is kept.

    Raises:
        SecretDamaged, OSError.
    """
    kept = live(read_or_make(folder, today=today), today=today)
    keys = [SecretKey(secrets.token_urlsafe(48), today), *kept]
    _write_draft(folder / NAME, keys).replace(folder / NAME)
    return keys


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8", errors="replace").splitlines()


def _read(line: str) -> SecretKey | None:
    """Return what a line says; None when it is no secret."""
    secret, _, made_on = line.strip().partition(" ")
    if len(secret) < SHORTEST_SECRET:
        return None
    try:
        return SecretKey(secret, date.fromisoformat(made_on) if made_on else None)
    except ValueError:
        return None


def _write_draft(file: Path, keys: Sequence[SecretKey]) -> Path:
    """Write the file beside its place, all of it on the disk, and return where."""
    draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    draft.touch(mode=0o600)
    with draft.open("w", encoding="utf-8") as handle:
        handle.writelines(f"{key.secret} {key.made_on or ''}".rstrip() + "\n" for key in keys)
        # After a power cut an empty file would sign everyone out, so the words go down first.
        handle.flush()
        os.fsync(handle.fileno())
    return draft

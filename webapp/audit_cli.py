"""`smaategn audit`: is the log as it was written, and what to keep elsewhere to be able to tell."""

import re
import sys
from itertools import islice
from pathlib import Path
from typing import Final

import click
from flask.cli import with_appcontext

from webapp.adapters import clock
from webapp.db import db, read_only
from webapp.domain.audit_chain import Break, BreakKind
from webapp.readiness import migrations_problem
from webapp.services.audit_chain import breaks, last_link

_ANCHOR: Final = re.compile(r"(\d{1,18}) ([0-9a-f]{64})(?: .*)?", re.ASCII)
_SHOWN: Final = 100

_WORDS: Final[dict[BreakKind, str]] = {
    BreakKind.EVENT_CHANGED: "link {number}: event {event} or the link was changed, or is another",
    BreakKind.EVENT_GONE: "link {number}: event {event} was removed",
    BreakKind.LINK_GONE: "link {number}: it was removed, perhaps with others after it",
    BreakKind.NOT_SEALED: "event {event} was put in from outside, or its link was removed",
    BreakKind.NOT_AS_ANCHORED: "link {number}: the anchor says otherwise, so the log was rebuilt",
    BreakKind.END_GONE: "link {number}: the anchor names it or a later one, so the end was cut off",
}


@click.group("audit")
def audit_group() -> None:
    """The audit log."""


@audit_group.command()
@click.option(
    "--anchor",
    "anchor_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file of lines that `smaategn audit anchor` printed.",
)
@with_appcontext
def verify(anchor_file: Path | None) -> None:
    """Say whether the log is as it was written, and where it is not. Ends with 1 if not."""
    _need_migrated()
    anchors = _anchors(anchor_file) if anchor_file else {}
    # A log of years takes a while to read. Nobody waits for it.
    read_only()
    last = last_link(db.session())
    found = breaks(db.session(), anchors)
    told = 0
    for told, broken in enumerate(islice(found, _SHOWN), start=1):  # noqa: B007
        click.echo(_explain(broken))
    if told:
        more = sum(1 for _ in found)
        click.echo(f"The log was tampered with. Places: {told + more}.")
        sys.exit(1)
    click.echo(
        f"The log is whole: {last[0]} events, the last digest is {last[1]}."
        if last
        else "Nothing is logged yet."
    )


@audit_group.command()
@with_appcontext
def anchor() -> None:
    """Print one line to keep where nobody who runs this can change it: number, digest, time."""
    _need_migrated()
    read_only()
    last = last_link(db.session())
    if last is None:
        raise click.ClickException("Nothing is logged yet.")
    click.echo(f"{last[0]} {last[1]} {clock.now().isoformat(timespec='seconds')}")


def _anchors(file: Path) -> dict[int, str]:
    anchors: dict[int, str] = {}
    try:
        lines = file.read_text("utf-8").splitlines()
    except UnicodeDecodeError:
        raise click.BadParameter(f"{file} is no text.", param_hint="--anchor") from None
    for place, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        if not (found := _ANCHOR.fullmatch(line.strip())):
            raise click.BadParameter(
                f"line {place} of {file} is no anchor: expected number, digest and time.",
                param_hint="--anchor",
            )
        number, digest = int(found[1]), found[2]
        if anchors.setdefault(number, digest) != digest:
            raise click.BadParameter(
                f"line {place} of {file} says otherwise than an earlier line.",
                param_hint="--anchor",
            )
    return anchors


def _explain(broken: Break) -> str:
    return _WORDS[broken.kind].format(number=broken.number, event=broken.event_id)


def _need_migrated() -> None:
    if problem := migrations_problem():
        raise click.ClickException(f"{problem}.")

"""The real server, started the way an operator starts it, on a port and in a folder of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

START: Final = 60
"""Seconds until the server must be ready; filling the demo home takes most of the usual six."""

STOP: Final = 20
"""Seconds a terminated server may take to finish what is under way."""


@dataclass(frozen=True)
class Server:
    """A running server.

    Attributes:
        address: As the server printed it, such as http://127.0.0.1:8000.
        instance: Its folder, with the database.
        log: The file with everything it has said.
    """

    address: str
    instance: Path
    log: Path

    def failures(self) -> list[str]:
        """Return the lines of the log that tell of a request that broke."""
        return [line for line in self.log.read_text().splitlines() if "request.failed" in line]


@contextmanager
def serving(folder: Path, *, demo: bool = True) -> Iterator[Server]:
    """Serve the demo home, or a home that nobody has set up, while the block runs."""
    instance, log = folder / "instance", folder / "server.log"
    own = {"SMAATEGN_DEMO": str(int(demo)), "SMAATEGN_INSTANCE": str(instance)}
    own["PORT"] = str(free_port())
    # Settings of whoever runs the tests stay out.
    others = {name: value for name, value in os.environ.items() if not is_setting(name)}
    command = [str(Path(sys.executable).with_name("smaategn")), "serve", "--migrate"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, env=others | own, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        yield Server(ready_address(process, log), instance, log)
    finally:
        process.terminate()
        process.wait(STOP)


def is_setting(name: str) -> bool:
    """Tell whether a variable of the environment is one of ours."""
    return name in {"HOST", "PORT"} or name.startswith("SMAATEGN_")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def ready_address(process: subprocess.Popen[bytes], log: Path) -> str:
    """Return the printed address as soon as the server says that it is ready."""
    until = time.monotonic() + START
    while process.poll() is None and time.monotonic() < until:
        _, _, printed = log.read_text().partition(" is serving on ")
        if printed and _is_ready(address := printed.split()[0]):
            return address
        time.sleep(0.05)
    raise RuntimeError(f"The server was not ready within {START} s:\n{log.read_text()}")


def _is_ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/readyz", timeout=START) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except urllib.error.URLError:
        return False

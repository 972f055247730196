"""The real server as it runs at an operator's: `smaategn serve` in a process of its own."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.homes import BenchHome
from tests.bench.tables import Broken

PATIENCE = 60
"""Seconds a server may take to start, and to stop, before the run is broken."""

ASK_EVERY = 0.01
"""Seconds between two questions whether it is ready; how exactly the start is known."""


@dataclass(frozen=True)
class Server:
    """A running server.

    Attributes:
        port: On 127.0.0.1.
        pid: Of the process; there is only one.
        seconds_to_ready: From the start of the program to the first 200 of /readyz.
    """

    port: int
    pid: int
    seconds_to_ready: float

    def memory(self) -> tuple[int, int]:
        """Return MB held now and at the most since the start."""
        status = Path(f"/proc/{self.pid}/status").read_text("utf-8")
        found = dict(line.split(":", 1) for line in status.splitlines())
        now, most = (int(found[name].split()[0]) // 1024 for name in ("VmRSS", "VmHWM"))
        return now, most


@contextmanager
def served(home: BenchHome, *, demo: bool = False) -> Iterator[Server]:
    """Yield a server on a home's database, on a free port; stopped and gone afterwards."""
    port = _free_port()
    log = home.folder / f"server-{port}.log"
    own = {name: value for name, value in os.environ.items() if not name.startswith("SMAATEGN_")}
    own |= {
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "SMAATEGN_INSTANCE": str(home.folder),
        "SMAATEGN_DATABASE_URL": home.url,
        "SMAATEGN_DEMO": "1" if demo else "0",
    }
    command = [str(Path(sys.executable).parent / "smaategn"), "serve", "--migrate"]
    begun = time.monotonic()
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, env=own, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
        try:
            _wait_until_ready(process, port, log)
            yield Server(port, process.pid, time.monotonic() - begun)
        finally:
            _stop(process)


def _wait_until_ready(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            connection.request("GET", "/readyz")
            ready = connection.getresponse().status == http.HTTPStatus.OK
            connection.close()
            if ready:
                return
        except OSError:
            pass
        time.sleep(ASK_EVERY)
    raise Broken(f"The server did not become ready: {log.read_text('utf-8')[-2000:]}")


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(PATIENCE)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port

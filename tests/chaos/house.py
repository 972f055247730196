"""The real server, killed and started anew in the middle of everything."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO

from tests.browser.server import free_port, is_setting, ready_address


class House:
    """A server on an instance folder of its own that keeps what it was told when it dies."""

    def __init__(self, folder: Path) -> None:
        """Start it with the demo home."""
        self.instance = folder / "instance"
        self.log = folder / "server.log"
        self.port = free_port()
        self.times_killed = 0
        self._running: subprocess.Popen[bytes] | None = None
        self._said: IO[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Start it, unless it runs; return when it is ready."""
        if self._running:
            return
        own = {
            "SMAATEGN_DEMO": "1",
            "SMAATEGN_INSTANCE": str(self.instance),
            "PORT": str(self.port),
        }
        others = {name: value for name, value in os.environ.items() if not is_setting(name)}
        command = [str(Path(sys.executable).with_name("smaategn")), "serve", "--migrate"]
        self._said = self.log.open("wb")
        self._running = subprocess.Popen(
            command, env=others | own, stdout=self._said, stderr=subprocess.STDOUT
        )
        ready_address(self._running, self.log)

    def kill(self) -> None:
        """Take its power away."""
        if self._running:
            self._running.send_signal(signal.SIGKILL)
            self._end()
            self.times_killed += 1

    def stop(self) -> None:
        """Ask it to stop, and wait."""
        if self._running:
            self._running.terminate()
            self._end()

    def _end(self) -> None:
        if self._running and self._said:
            self._running.wait(20)
            self._said.close()
        self._running = None

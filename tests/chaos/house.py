"""The real server: killed, put back to an earlier day, updated, its disk full."""

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import IO, Final

import webapp
from tests.browser.server import free_port, is_setting, ready_address

NO_ROOM: Final = 64 * 1024
"""Bytes after which no file of a server without room grows."""


class House:
    """A server on an instance folder of its own that keeps what it was told when it dies."""

    def __init__(self, folder: Path) -> None:
        """Start it with the demo home."""
        self.instance = folder / "instance"
        self.log = folder / "server.log"
        self.port = free_port()
        self.times_killed = 0
        self._backup = folder / "backup.sqlite3"
        self._releases = [Path(webapp.__file__).parent, folder / "next" / "webapp"]
        self._running: subprocess.Popen[bytes] | None = None
        self._said: IO[bytes] | None = None
        self.start()

    @property
    def database(self) -> Path:
        """The file with everything in it."""
        [file] = self.instance.glob("*.sqlite3")
        return file

    def start(self) -> None:
        """Start it, unless it runs; return when it is ready."""
        if self._running:
            return
        self._said = self.log.open("wb")
        self._running = subprocess.Popen(
            [_SMAATEGN, "serve", "--migrate"],
            env=self._environment(),
            stdout=self._said,
            stderr=subprocess.STDOUT,
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

    def fill_disk(self) -> None:
        """Let none of its files grow, as on a full disk; nobody needs to be an administrator."""
        if self._running:
            _, most = resource.prlimit(self._running.pid, resource.RLIMIT_FSIZE)
            resource.prlimit(self._running.pid, resource.RLIMIT_FSIZE, (NO_ROOM, most))

    def clear_disk(self) -> None:
        """Make room again."""
        if self._running:
            _, most = resource.prlimit(self._running.pid, resource.RLIMIT_FSIZE)
            resource.prlimit(self._running.pid, resource.RLIMIT_FSIZE, (most, most))

    def back_up(self) -> None:
        """Copy the database, while it is written to."""
        self._backup.unlink(missing_ok=True)
        opened = sqlite3.connect(self.database), sqlite3.connect(self._backup)
        with closing(opened[0]) as now, closing(opened[1]) as copy:
            now.backup(copy)

    def restore(self) -> None:
        """Put back what was last copied, and say so, as docs/operations.md asks."""
        self.kill()
        database = self.database
        for beside in ("-wal", "-shm"):
            database.with_name(database.name + beside).unlink(missing_ok=True)
        shutil.copyfile(self._backup, database)
        command = [_SMAATEGN, "sync", "restored"]
        subprocess.run(command, env=self._environment(), check=True, capture_output=True)
        self.start()

    def change_release(self) -> None:
        """Go on with the other release: its pages, styles and scripts have other addresses."""
        self._releases.reverse()
        newest = self._releases[0]
        if not newest.exists():
            shutil.copytree(self._releases[1], newest, ignore=shutil.ignore_patterns("__pycache__"))
            page = newest / "templates" / "base.html"
            page.write_text(page.read_text("utf-8") + "{# the next release #}\n", "utf-8")
        self.stop()
        self.start()

    def _environment(self) -> dict[str, str]:
        own = {
            "SMAATEGN_DEMO": "1",
            "SMAATEGN_INSTANCE": str(self.instance),
            "PORT": str(self.port),
            "PYTHONPATH": str(self._releases[0].parent),
        }
        others = {name: value for name, value in os.environ.items() if not is_setting(name)}
        return others | own

    def _end(self) -> None:
        if self._running and self._said:
            with suppress(subprocess.TimeoutExpired):
                self._running.wait(20)
            self._running.kill()
            self._running.wait(20)
            self._said.close()
        self._running = None


_SMAATEGN: Final = str(Path(sys.executable).with_name("smaategn"))

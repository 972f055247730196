"""Let pytest run the JavaScript tests: each *.test.js is one test, run by Node's own runner."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

TIMEOUT = 60
"""Seconds. The slowest file takes one."""


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "JsFile | None":
    """Take every *.test.js for a file of tests."""
    if file_path.name.endswith(".test.js"):
        return JsFile.from_parent(parent, path=file_path)
    return None


class JsFile(pytest.File):
    """A file of JavaScript tests."""

    def collect(self) -> Iterator[pytest.Item]:
        """Return the whole file as one test; Node tells which promise in it was broken."""
        yield JsItem.from_parent(self, name=self.path.name.removesuffix(".test.js"))


class JsItem(pytest.Item):
    """All promises of one file."""

    def runtest(self) -> None:
        """Run the file and fail with what Node wrote."""
        node = os.environ.get("SMAATEGN_NODE") or shutil.which("node")
        if not node:
            raise NodeFailed("Node.js is missing. `make test` finds or installs one.")
        # Node tells nested runs from outer ones by this variable, and would keep its report back.
        env = {name: value for name, value in os.environ.items() if name != "NODE_TEST_CONTEXT"}
        try:
            done = subprocess.run(
                [node, "--test", str(self.path)],
                capture_output=True,
                text=True,
                timeout=TIMEOUT,
                env=env,
                check=False,
            )
        except subprocess.TimeoutExpired as hanging:
            raise NodeFailed(f"Not done after {TIMEOUT} seconds.\n{hanging.output}") from hanging
        if done.returncode:
            raise NodeFailed(done.stdout + done.stderr)

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None
    ) -> str:
        """Show Node's words instead of a Python trace."""
        return str(excinfo.value)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Name the test in reports."""
        return self.path, None, self.name


class NodeFailed(Exception):
    """Node could not run, or a promise was broken; the text is what it wrote."""

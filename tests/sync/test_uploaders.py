"""Clients that nobody here wrote upload to the real server, are cut in the middle, and resume."""

import gc
import io
import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import waitress
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError, TusUploadFailed
from waitress import wasyncore

from tests.factories import World
from tests.sync.cutting import CutLine, cut_line_to
from tests.sync.tablet import Pen, SealedFile, ask_for_grant, deliver, seal_file, statuses
from tests.sync.uploading import end
from webapp import serve
from webapp.models import Picture, PictureState

# Of a request that was cut, waitress lets Python close what had come.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")

MIB = 1024 * 1024
AROUND = 64 * 1024
"""Bytes that the headers of all requests take, at the most."""

SCRIPT = Path(__file__).with_name("tus_upload.js")


@dataclass
class Kitchen:
    """A server, Anna's tablet there, and a line that can be cut."""

    client: FlaskClient
    session: Session
    pen: Pen
    sign: UUID
    line: CutLine

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.line.port}/sync/media"

    def name(self, file: SealedFile) -> None:
        """Deliver a tap that names a file."""
        answer = deliver(
            self.client, self.pen.tap(self.sign, id=uuid4(), files=[file]), pens=[self.pen]
        )
        assert statuses(answer) == ["stored"]

    def state(self) -> PictureState:
        """What became of the picture."""
        found = self.session.scalars(select(Picture.state)).one()
        # What only reads here would hold up the server.
        self.session.rollback()
        return found


@contextmanager
def served(app: Flask) -> Iterator[int]:
    """Let the real server answer on a port, with the test's own app."""
    sockets: dict[int, Any] = {}
    server = waitress.create_server(
        app, map=sockets, host="127.0.0.1", port=0, max_request_body_size=serve.LARGEST_BODY
    )
    enough = threading.Event()

    def run() -> None:
        while not enough.is_set():
            wasyncore.loop(timeout=0.1, use_poll=True, map=sockets, count=1)

    running = threading.Thread(target=run)
    running.start()
    try:
        yield server.effective_port
    finally:
        enough.set()
        running.join()
        server.task_dispatcher.shutdown()
        wasyncore.close_all(sockets, ignore_all=True)
        gc.collect()


@pytest.fixture
def kitchen(
    app: Flask, anna: FlaskClient, client: FlaskClient, session: Session, world: World
) -> Iterator[Kitchen]:
    pen = ask_for_grant(anna)
    with served(app) as port, cut_line_to(port) as line:
        yield Kitchen(client, session, pen, world.takes_brush.id, line)


@pytest.fixture
def photo() -> SealedFile:
    """Some megabytes of picture."""
    written = io.BytesIO()
    noise = Image.effect_noise((2400, 1900), 90)
    Image.merge("RGB", [noise] * 3).save(written, "JPEG", quality=96)
    sealed = seal_file(written.getvalue())
    assert len(sealed.data) > 3 * MIB
    return sealed


def by_tuspy(kitchen: Kitchen, file: SealedFile, path: Path) -> bool:
    """Upload, or go on uploading; return whether it came through."""
    url = path.with_suffix(".url")
    with path.open("rb") as stream:
        uploader = TusClient(kitchen.endpoint).uploader(
            file_stream=stream,
            chunk_size=MIB,
            metadata={"sha256": file.sha256},
            upload_checksum=True,
            url=url.read_text() if url.exists() else None,
        )
        try:
            uploader.upload()
        except (TusCommunicationError, TusUploadFailed):
            return False
        finally:
            url.write_text(str(uploader.url))
    return True


def by_tus_js(kitchen: Kitchen, file: SealedFile, path: Path) -> bool:
    """Upload, or go on uploading, as its own memory says; return whether it came through."""
    node = os.environ.get("SMAATEGN_NODE") or shutil.which("node")
    assert node
    memory = path.with_suffix(".json")
    memory.touch()
    done = subprocess.run(
        [node, str(SCRIPT), kitchen.endpoint, str(path), file.sha256, str(memory)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "Cannot find" not in done.stderr, done.stderr
    return done.returncode == 0


@pytest.mark.parametrize("send", [by_tuspy, by_tus_js])
def test_d1_d2_an_upload_is_cut_at_60_percent_and_goes_on_with_one_part_sent_twice_at_most(
    kitchen: Kitchen,
    photo: SealedFile,
    tmp_path: Path,
    send: Callable[[Kitchen, SealedFile, Path], bool],
) -> None:
    path = tmp_path / "sealed"
    path.write_bytes(photo.data)
    kitchen.name(photo)
    before = kitchen.line.carried
    kitchen.line.cut_after = before + len(photo.data) * 6 // 10

    assert not send(kitchen, photo, path)
    assert kitchen.state() is PictureState.EXPECTED
    assert send(kitchen, photo, path)

    assert kitchen.state() is PictureState.READY
    assert kitchen.line.carried - before <= len(photo.data) + MIB + AROUND


@pytest.mark.parametrize("send", [by_tuspy, by_tus_js])
def test_a_file_nobody_named_is_refused_to_every_client(
    kitchen: Kitchen, tmp_path: Path, send: Callable[[Kitchen, SealedFile, Path], bool]
) -> None:
    stranger = seal_file(b"ingen har sagt, at den kommer")
    path = tmp_path / "sealed"
    path.write_bytes(stranger.data)

    assert not send(kitchen, stranger, path)


def test_tuspy_is_told_that_an_upload_which_was_ended_begins_again(
    kitchen: Kitchen, photo: SealedFile, tmp_path: Path
) -> None:
    kitchen.name(photo)
    uploader = TusClient(kitchen.endpoint).uploader(
        file_stream=io.BytesIO(photo.data), chunk_size=MIB, metadata={"sha256": photo.sha256}
    )
    uploader.upload(stop_at=MIB)

    assert end(kitchen.client, photo, kitchen.pen).status_code == 204

    assert uploader.get_offset() == 0
    uploader.offset = 0
    uploader.upload()
    assert kitchen.state() is PictureState.READY

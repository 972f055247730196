"""A line that is cut in the middle of what it carries: both its ends are closed at once."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass


@dataclass
class CutLine:
    """A line to a server on this machine.

    Attributes:
        port: Where to ask, instead of the server.
        cut_after: Bytes towards the server after which the line is cut, once; None for never.
        carried: Bytes towards the server so far.
    """

    port: int
    cut_after: int | None = None
    carried: int = 0


@contextmanager
def cut_line_to(backend: int) -> Iterator[CutLine]:
    """Yield a line to a port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        line = CutLine(listening.getsockname()[1])
        threading.Thread(target=_listen, args=(listening, backend, line), daemon=True).start()
        yield line


def _listen(listening: socket.socket, backend: int, line: CutLine) -> None:
    with suppress(OSError):
        while True:
            near, _ = listening.accept()
            far = socket.create_connection(("127.0.0.1", backend))
            for way in ((near, far, line), (far, near, None)):
                threading.Thread(target=_carry, args=way, daemon=True).start()


def _carry(taken: socket.socket, given: socket.socket, line: CutLine | None) -> None:
    with suppress(OSError):
        while data := taken.recv(16 * 1024):
            given.sendall(data)
            if line:
                line.carried += len(data)
                if line.cut_after is not None and line.carried > line.cut_after:
                    line.cut_after = None
                    break
    for end in (taken, given):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()

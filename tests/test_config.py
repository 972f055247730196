"""Settings: read from the environment, typed, and explained in one sentence when wrong."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from ipaddress import ip_network
from pathlib import Path
from threading import Barrier
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from webapp.adapters import clock, secret_file
from webapp.config import LOOPBACK, THIS_MACHINE, Settings, SettingsError, load_settings

SECRET = "solsikke-solsikke-solsikke-solsikke"
PASSWORD = "hemmeligt-ord"
NAMES = (
    "HOST",
    "PORT",
    "SMAATEGN_INSTANCE",
    "SMAATEGN_DATABASE_URL",
    "SMAATEGN_MEDIA_URL",
    "SMAATEGN_CLIP_SECONDS",
    "SMAATEGN_CLIP_MB",
    "SMAATEGN_MEDIA_RESERVE",
    "SMAATEGN_SECRET_KEY",
    "SMAATEGN_OLDER_SECRET_KEYS",
    "SMAATEGN_TRUSTED_PROXIES",
    "SMAATEGN_DEMO",
    "SMAATEGN_SMORTE_E",
    "SMAATEGN_PUBLIC_URL",
)


@pytest.fixture(autouse=True)
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing set but the folder."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SMAATEGN_INSTANCE", str(tmp_path / "solgården"))
    return tmp_path / "solgården"


def problem_with(monkeypatch: pytest.MonkeyPatch, **values: str) -> str:
    """Return what is said about these values."""
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    return str(caught.value)


# What is read


def test_nothing_set_means_this_machine_and_files_in_the_instance_folder(instance: Path) -> None:
    settings = load_settings()

    assert (settings.host, settings.port, settings.demo) == ("127.0.0.1", 8000, False)
    assert settings.address == "http://127.0.0.1:8000"
    assert settings.instance == instance
    assert settings.database_url.startswith("sqlite:////")
    assert settings.media_url.startswith("file:///")
    assert settings.media_reserve == 1000
    assert not settings.is_https


def test_every_setting_is_read_from_the_environment_and_typed(
    instance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "HOST": "0.0.0.0",  # noqa: S104 - only named here; nothing listens
        "PORT": "8123",
        "SMAATEGN_DATABASE_URL": f"postgresql://tegn:{PASSWORD}@db.solgaarden.dk/tegn",
        "SMAATEGN_MEDIA_URL": "s3://solgaarden",
        "SMAATEGN_MEDIA_RESERVE": "5000",
        "SMAATEGN_CLIP_SECONDS": "30",
        "SMAATEGN_CLIP_MB": "100",
        "SMAATEGN_SECRET_KEY": SECRET,
        "SMAATEGN_OLDER_SECRET_KEYS": f"{SECRET}-2 {SECRET}-1",
        "SMAATEGN_TRUSTED_PROXIES": "10.0.0.5, fd00::/8",
        "SMAATEGN_DEMO": "1",
        "SMAATEGN_SMORTE_E": "Etisk",
        "SMAATEGN_PUBLIC_URL": "https://tegn.solgaarden.dk",
    }.items():
        monkeypatch.setenv(name, value)

    settings = load_settings()

    assert (settings.host, settings.port) == ("0.0.0.0", 8123)  # noqa: S104
    assert settings.instance == instance
    assert settings.database_url == (f"postgresql+psycopg://tegn:{PASSWORD}@db.solgaarden.dk/tegn")
    assert settings.media_url == "s3://solgaarden"
    assert settings.media_reserve == 5000
    assert (settings.clip_seconds, settings.largest_clip) == (30, 100 * 1024 * 1024)
    assert settings.secret_keys == (SECRET, f"{SECRET}-2", f"{SECRET}-1")
    assert settings.proxies == (ip_network("10.0.0.5/32"), ip_network("fd00::/8"))
    assert settings.demo is True
    assert settings.smorte_e == "Etisk"
    assert settings.address == "https://tegn.solgaarden.dk"
    assert settings.is_https


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_variable_counts_as_unset(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SMAATEGN_INSTANCE", str(tmp_path / "instance"))
    unset = load_settings()

    monkeypatch.setenv(name, "")

    assert load_settings() == unset


def test_without_a_folder_named_it_is_instance_where_the_program_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SMAATEGN_INSTANCE")

    assert load_settings().instance == tmp_path / "instance"
    assert (tmp_path / "instance").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_a_postgresql_address_may_be_written_the_usual_ways(
    scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMAATEGN_DATABASE_URL", f"{scheme}://tegn@localhost/tegn")

    assert load_settings().database_url == "postgresql+psycopg://tegn@localhost/tegn"


@pytest.mark.parametrize("folder", ["Mine filer (50 %) ?x#y", "æøå", "100%25"])
def test_a_folder_may_have_any_name(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlalchemy import make_url

    from webapp.adapters.media_store import check_media_store, open_media_store

    monkeypatch.setenv("SMAATEGN_INSTANCE", str(tmp_path / folder))

    settings = load_settings()

    assert make_url(settings.database_url).database == str(tmp_path / folder / "smaategn.sqlite3")
    check_media_store(open_media_store(settings.media_url))
    assert (tmp_path / folder / "media").is_dir()


@pytest.mark.parametrize(("written", "meant"), [("0", 0), ("2", 2), (" 1 ", 1)])
def test_proxies_may_be_told_by_how_many_they_are(
    written: str, meant: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMAATEGN_TRUSTED_PROXIES", written)

    assert load_settings().proxies == meant


def test_a_proxy_on_this_machine_is_trusted_once_there_is_a_public_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert load_settings().proxies == ()

    monkeypatch.setenv("SMAATEGN_PUBLIC_URL", "https://tegn.solgaarden.dk")

    assert load_settings().proxies == THIS_MACHINE


# What is refused

WRONG = [
    ("PORT", "otte", "PORT is 'otte': expected a whole number from 1 to 65535"),
    ("PORT", "0", "PORT is '0': expected a whole number from 1 to 65535"),
    ("PORT", "65536", "PORT is '65536': expected a whole number from 1 to 65535"),
    ("PORT", "80,5", "PORT is '80,5': expected a whole number from 1 to 65535"),
    ("HOST", "http://127.0.0.1", "HOST is 'http://127.0.0.1': expected the address or name"),
    ("HOST", "127.0.0.1:80", "HOST is '127.0.0.1:80': expected the address or name"),
    ("HOST", "min tablet", "HOST is 'min tablet': expected the address or name"),
    ("HOST", "*", "HOST is '*': expected the address or name"),
    ("SMAATEGN_DEMO", "måske", "SMAATEGN_DEMO is 'måske': expected 1 or 0"),
    ("SMAATEGN_INSTANCE", "/dev/null/tegn", "SMAATEGN_INSTANCE is '/dev/null/tegn': expected a"),
    ("SMAATEGN_INSTANCE", "/" + "x" * 300, "expected a folder that can be written"),
    ("SMAATEGN_DATABASE_URL", "mysql://localhost/tegn", "SMAATEGN_DATABASE_URL is unfit: expected"),
    ("SMAATEGN_DATABASE_URL", "tegn.sqlite3", "SMAATEGN_DATABASE_URL is unfit: expected sqlite:/"),
    ("SMAATEGN_DATABASE_URL", "sqlite:///", "SMAATEGN_DATABASE_URL is unfit: expected sqlite:///"),
    ("SMAATEGN_DATABASE_URL", "sqlite:///:memory:", "SMAATEGN_DATABASE_URL is unfit: expected"),
    ("SMAATEGN_DATABASE_URL", "postgresql://db:x/tegn", "SMAATEGN_DATABASE_URL is unfit: expected"),
    ("SMAATEGN_MEDIA_URL", "/srv/media", "SMAATEGN_MEDIA_URL is unfit: expected a file:///folder"),
    ("SMAATEGN_MEDIA_URL", "ftp://media", "SMAATEGN_MEDIA_URL is unfit: expected a file:///folder"),
    ("SMAATEGN_MEDIA_RESERVE", "1 GB", "SMAATEGN_MEDIA_RESERVE is '1 GB': expected how many MB"),
    ("SMAATEGN_MEDIA_RESERVE", "-1", "expected how many MB stay free, such as 1000"),
    ("SMAATEGN_CLIP_SECONDS", "0", "SMAATEGN_CLIP_SECONDS is '0': expected how many seconds"),
    ("SMAATEGN_CLIP_SECONDS", "4 t", "expected how many seconds a clip may last, 1 to 180"),
    ("SMAATEGN_CLIP_MB", "9999", "expected how many MB a clip may take as it is sent, 1 to 10"),
    ("SMAATEGN_SECRET_KEY", "for-kort", "SMAATEGN_SECRET_KEY is unfit: expected at least 32 ch"),
    (
        "SMAATEGN_OLDER_SECRET_KEYS",
        "kort",
        "SMAATEGN_OLDER_SECRET_KEYS is unfit: expected at least",
    ),
    ("SMAATEGN_TRUSTED_PROXIES", "10", "SMAATEGN_TRUSTED_PROXIES is '10': expected how many"),
    ("SMAATEGN_TRUSTED_PROXIES", "-1", "SMAATEGN_TRUSTED_PROXIES is '-1': expected how many"),
    ("SMAATEGN_TRUSTED_PROXIES", "alle", "expected how many proxies stand in a row, or their addr"),
    ("SMAATEGN_TRUSTED_PROXIES", "10.0.0.1/8", "expected how many proxies stand in a row"),
    ("SMAATEGN_PUBLIC_URL", "tegn.dk", "SMAATEGN_PUBLIC_URL is 'tegn.dk': expected an address"),
    ("SMAATEGN_PUBLIC_URL", "ftp://tegn.dk", "expected an address without a path, such as https:"),
    ("SMAATEGN_PUBLIC_URL", "https://tegn.dk/app", "expected an address without a path, such as"),
    ("SMAATEGN_PUBLIC_URL", "https://tegn.dk?x=1", "expected an address without a path, such as"),
    ("SMAATEGN_PUBLIC_URL", "https://tegn.dk:99999", "expected an address without a path"),
    ("SMAATEGN_PUBLIC_URL", "https://[tegn", "expected an address without a path, such as https:"),
    ("SMAATEGN_PUBLIC_URL", "https://", "expected an address without a path, such as https://te"),
    ("SMAATEGN_PUBLIC_URL", "https://a b.dk", "expected an address without a path, such as http"),
    ("SMAATEGN_PUBLIC_URL", "http://tegn.solgaarden.dk", "expected https: only an address on this"),
    ("SMAATEGN_PUBLIC_URL", "http://192.168.1.20:8000", "expected https: only an address on this"),
]


@pytest.mark.parametrize(("name", "value", "words"), WRONG, ids=[f"{n}={v}" for n, v, _ in WRONG])
def test_a_wrong_value_is_named_with_what_was_expected(
    name: str, value: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = problem_with(monkeypatch, **{name: value})

    assert name in said
    assert words in said
    assert "\n" not in said


def test_all_problems_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    said = problem_with(
        monkeypatch,
        HOST="0.0.0.0",  # noqa: S104
        PORT="otte",
        SMAATEGN_INSTANCE="/dev/null/tegn",
        SMAATEGN_DATABASE_URL="mysql://localhost",
        SMAATEGN_MEDIA_URL="ftp://media",
        SMAATEGN_SECRET_KEY="kort",
        SMAATEGN_DEMO="måske",
    )

    assert [line.split(" is ")[0] for line in said.splitlines()] == [
        "PORT",
        "SMAATEGN_INSTANCE",
        "SMAATEGN_DATABASE_URL",
        "SMAATEGN_MEDIA_URL",
        "SMAATEGN_SECRET_KEY",
        "SMAATEGN_DEMO",
        "SMAATEGN_PUBLIC_URL",
    ]


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.20", "tablet.solgaarden.dk", "::"])  # noqa: S104
def test_letting_other_machines_in_needs_the_https_address_they_use(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = problem_with(monkeypatch, HOST=host)

    assert said == (
        "SMAATEGN_PUBLIC_URL is missing: "
        "expected the https address that other machines use, because HOST lets them in"
    )
    monkeypatch.setenv("SMAATEGN_PUBLIC_URL", "https://tegn.solgaarden.dk")
    assert load_settings().host == host


@pytest.mark.parametrize("host", LOOPBACK)
def test_this_machine_alone_needs_no_address(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOST", host)

    assert load_settings().address.startswith("http://")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("https://tegn.solgaarden.dk/", "https://tegn.solgaarden.dk"),
        ("https://Tegn.Solgaarden.dk:443", "https://tegn.solgaarden.dk"),
        ("https://småtegn.dk:8443", "https://xn--smtegn-jua.dk:8443"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_the_public_address_is_kept_as_browsers_write_it(
    written: str, meant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMAATEGN_PUBLIC_URL", written)

    assert load_settings().address == meant


def test_no_message_and_no_trace_shows_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    said = problem_with(
        monkeypatch,
        SMAATEGN_SECRET_KEY=PASSWORD,
        SMAATEGN_DATABASE_URL=f"mysql://tegn:{PASSWORD}@localhost/tegn",
        SMAATEGN_MEDIA_URL=f"ftp://tegn:{PASSWORD}@localhost",
        SMAATEGN_PUBLIC_URL=f"https://tegn:{PASSWORD}@tegn.dk",
    )

    assert PASSWORD not in said


def test_settings_shown_in_a_trace_hold_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMAATEGN_SECRET_KEY", SECRET)
    monkeypatch.setenv("SMAATEGN_DATABASE_URL", f"postgresql://tegn:{PASSWORD}@localhost/tegn")

    shown = repr(load_settings()) + str(load_settings())

    assert SECRET not in shown
    assert PASSWORD not in shown


@given(
    st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), min_size=1).map(
        lambda text: f"https://{text}"
    )
)
def test_whatever_stands_behind_https_is_an_address_alone_or_refused(value: str) -> None:
    with suppress(ValidationError):
        parts = urlsplit(Settings(SMAATEGN_PUBLIC_URL=value).address)
        assert parts.hostname
        assert parts.geturl() == f"https://{parts.netloc}"
        assert parts.netloc.isascii()
        assert "@" not in parts.netloc


# The secret


def test_the_secret_is_made_once_and_kept_for_its_owner_only(instance: Path) -> None:
    first = load_settings().secret_key

    kept = instance / "secret_key"
    assert load_settings().secret_key == first == kept.read_text().split()[0]
    assert len(first) >= 32
    assert kept.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in instance.iterdir()] == ["secret_key"]


def test_those_before_a_rotated_secret_still_count(instance: Path) -> None:
    first = load_settings().secret_key
    secret_file.rotate(instance, today=clock.now().date())

    settings = load_settings()

    assert settings.secret_key != first
    assert settings.secret_keys == (settings.secret_key, first)


def test_a_secret_that_is_given_is_not_kept(
    instance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMAATEGN_SECRET_KEY", SECRET)

    assert load_settings().secret_key == SECRET
    assert not (instance / "secret_key").exists()


def test_programs_that_start_at_once_share_one_secret(
    instance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = Barrier(4)
    make = secrets.token_urlsafe

    def wait_and_make(size: int) -> str:
        # By now everyone has seen that there is no secret yet.
        start.wait(timeout=30)
        return make(size)

    monkeypatch.setattr(secrets, "token_urlsafe", wait_and_make)
    with ThreadPoolExecutor(start.parties) as programs:
        loaded = list(programs.map(lambda _: load_settings(), range(start.parties)))

    assert {settings.secret_key for settings in loaded} == {secret_file.read(instance)[0].secret}
    assert [file.name for file in instance.iterdir()] == ["secret_key"]


@pytest.mark.parametrize("content", [b"", b"kort\n", b"\xff\xfe\x00"])
def test_a_damaged_secret_is_named_with_what_to_do(instance: Path, content: bytes) -> None:
    instance.mkdir()
    (instance / "secret_key").write_bytes(content)

    with pytest.raises(SettingsError, match=r"secret_key is damaged: .* Delete the file"):
        load_settings()


def test_a_folder_where_the_secret_should_be_is_explained(instance: Path) -> None:
    (instance / "secret_key").mkdir(parents=True)

    with pytest.raises(SettingsError, match=r"SMAATEGN_INSTANCE is .*solgården.*: expected"):
        load_settings()


def test_wrong_settings_leave_no_folder_behind(
    instance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem_with(monkeypatch, PORT="otte")

    assert not instance.exists()


OIDC = {"SMAATEGN_OIDC_CLIENT_ID": "smaategn", "SMAATEGN_OIDC_CLIENT_SECRET": "hemmeligt"}


@pytest.mark.parametrize("address", ["https://login.example.dk", "http://127.0.0.1:9000"])
def test_the_identity_provider_is_known_by_its_address(tmp_path: Path, address: str) -> None:
    settings = load_settings(
        SMAATEGN_INSTANCE=str(tmp_path), SMAATEGN_OIDC_ISSUER=f"{address}/", **OIDC
    )

    assert settings.oidc_issuer == address
    assert "hemmeligt" not in repr(settings)


@pytest.mark.parametrize(
    "address", ["http://login.example.dk", "login.example.dk", "https://", "https://a.dk/?b=c"]
)
def test_an_unsafe_identity_provider_ends_the_program(tmp_path: Path, address: str) -> None:
    with pytest.raises(SettingsError, match=r"SMAATEGN_OIDC_ISSUER is .*expected the provider"):
        load_settings(SMAATEGN_INSTANCE=str(tmp_path), SMAATEGN_OIDC_ISSUER=address, **OIDC)


@pytest.mark.parametrize("missing", OIDC)
def test_an_identity_provider_needs_all_three_settings(tmp_path: Path, missing: str) -> None:
    given = {name: value for name, value in OIDC.items() if name != missing}

    with pytest.raises(SettingsError, match="SMAATEGN_OIDC_CLIENT_ID"):
        load_settings(
            SMAATEGN_INSTANCE=str(tmp_path),
            SMAATEGN_OIDC_ISSUER="https://login.example.dk",
            **given,
        )

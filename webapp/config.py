"""Settings from the environment: typed, validated at start, explained when wrong."""

import os
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

from pydantic import Field, PlainValidator, ValidationError, ValidationInfo
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")
SHORTEST_SECRET: Final = 32
"""Characters; fewer can be guessed, and whoever guesses it signs in as anyone."""


class SettingsError(Exception):
    """A setting is wrong. The message says which, and what was expected."""


def _host(value: object) -> str:
    host = str(value).strip()
    with suppress(ValueError):
        return str(ip_address(host))
    if not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?", host):
        raise ValueError("expected the address or name to listen on, such as 127.0.0.1")
    return host.lower()


def _instance(value: object) -> Path:
    """Refuse a folder that cannot be made or written, without making anything yet."""
    folder = Path(str(value)).absolute()
    try:
        place = next(place for place in (folder, *folder.parents) if place.exists())
        fit = place.is_dir() and os.access(place, os.W_OK | os.X_OK)
    except OSError:
        fit = False
    if not fit:
        raise ValueError("expected a folder that can be written")
    return folder


def _database_url(value: object) -> str:
    url = re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", str(value))
    try:
        parts = make_url(url)
    except (ArgumentError, ValueError):
        parts = URL.create("unknown")
    is_file = parts.drivername == "sqlite" and parts.database not in {None, "", ":memory:"}
    if not (is_file and url.startswith("sqlite:///")) and parts.drivername != "postgresql+psycopg":
        raise ValueError("expected sqlite:////folder/file or postgresql://user:password@host/name")
    return url


def _media_url(value: object) -> str:
    if urlsplit(str(value)).scheme not in {"file", "memory", "s3"}:
        raise ValueError("expected a file:///folder, s3://bucket or memory:// address")
    return str(value)


def _secret_key(value: object) -> str:
    if len(str(value)) < SHORTEST_SECRET:
        raise ValueError(f"expected at least {SHORTEST_SECRET} characters")
    return str(value)


def _public_url(value: object, others: ValidationInfo) -> str:
    """Return the address as browsers write it; it may be missing only while no other may ask."""
    if value == "":
        if others.data.get("host", LOOPBACK[0]) not in LOOPBACK:
            raise ValueError(
                "expected the https address that other machines use, because HOST lets them in"
            )
        return ""
    address = _origin(str(value))
    if address is None:
        raise ValueError("expected an address without a path, such as https://tegn.example.dk")
    if address.startswith("http:") and urlsplit(address).hostname not in LOOPBACK:
        raise ValueError("expected https: only an address on this machine itself may use http")
    return address


def _origin(url: str) -> str | None:
    """Return scheme, name and port the way a browser writes them; None when there is more."""
    try:
        parts = urlsplit(url.removesuffix("/"))
        name = (parts.hostname or "").encode("idna").decode()
        port = parts.port
    except ValueError:
        return None
    more = parts.path or parts.query or parts.fragment or parts.username is not None
    if not re.fullmatch(r"[a-z0-9.:-]+", name) or more or parts.scheme not in {"http", "https"}:
        return None
    name = f"[{name}]" if ":" in name else name
    usual = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{name}" + (f":{port}" if port not in {None, usual} else "")


class Settings(BaseSettings):
    """Everything an operator may set. Defaults suit one machine and one home."""

    model_config = SettingsConfigDict(
        env_ignore_empty=True, extra="ignore", frozen=True, validate_default=False
    )

    host: Annotated[str, PlainValidator(_host)] = Field("127.0.0.1", validation_alias="HOST")
    port: int = Field(8000, ge=1, le=65535, validation_alias="PORT")
    instance: Annotated[Path, PlainValidator(_instance)] = Field(
        Path("instance"), validation_alias="SMAATEGN_INSTANCE", validate_default=True
    )
    database_url: Annotated[str, PlainValidator(_database_url)] = Field(
        "", validation_alias="SMAATEGN_DATABASE_URL", repr=False
    )
    media_url: Annotated[str, PlainValidator(_media_url)] = Field(
        "", validation_alias="SMAATEGN_MEDIA_URL", repr=False
    )
    secret_key: Annotated[str, PlainValidator(_secret_key)] = Field(
        "", validation_alias="SMAATEGN_SECRET_KEY", repr=False
    )
    demo: bool = Field(default=False, validation_alias="SMAATEGN_DEMO")
    smorte_e: str = Field("", max_length=40, validation_alias="SMAATEGN_SMORTE_E")
    # Last, because what is expected of it depends on HOST.
    public_url: Annotated[str, PlainValidator(_public_url)] = Field(
        "", validation_alias="SMAATEGN_PUBLIC_URL", validate_default=True
    )

    @property
    def address(self) -> str:
        """The address people open, without a slash at the end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.public_url or f"http://{host}:{self.port}"

    @property
    def is_https(self) -> bool:
        """Whether browsers reach us over https; decides the cookies' names and flags."""
        return self.address.startswith("https:")


def load_settings(**given: object) -> Settings:
    """Return the settings from the environment, with what is missing made in the instance folder.

    Args:
        **given: Values by environment name (`SMAATEGN_DATABASE_URL=...`) that win over the
            environment; for tests.

    Raises:
        SettingsError: A value is wrong, or the instance folder cannot be written.
    """
    try:
        settings = Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        raise SettingsError("\n".join(_explain(problem) for problem in error.errors())) from None
    folder = settings.instance
    missing: dict[str, Any] = {}
    if not settings.database_url:
        file = URL.create("sqlite", database=str(folder / "smaategn.sqlite3"))
        missing["database_url"] = file.render_as_string(hide_password=False)
    if not settings.media_url:
        missing["media_url"] = (folder / "media").as_uri()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not settings.secret_key:
            missing["secret_key"] = _kept_secret(folder / "secret_key")
    except OSError as error:
        raise SettingsError(
            f"SMAATEGN_INSTANCE is {str(folder)!r}: expected a folder that can be written "
            f"({error.strerror})"
        ) from None
    return settings.model_copy(update=missing)


def _kept_secret(file: Path) -> str:
    """Return the secret kept in the file; made once, readable by its owner only."""
    if not file.exists():
        draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
        draft.touch(mode=0o600)
        with draft.open("w", encoding="utf-8") as handle:
            handle.write(secrets.token_urlsafe(48))
            # After a power cut an empty file would sign everyone out, so the words go down first.
            handle.flush()
            os.fsync(handle.fileno())
        # Linking fails when another process was first: then its secret is everyone's.
        with suppress(FileExistsError):
            file.hardlink_to(draft)
        draft.unlink()
    kept = file.read_text(encoding="utf-8", errors="replace").strip()
    if len(kept) < SHORTEST_SECRET:
        raise SettingsError(
            f"{file} is damaged: expected a secret of at least {SHORTEST_SECRET} characters. "
            "Delete the file and a new one is made; then everyone has to sign in again."
        )
    return kept


def _explain(problem: Mapping[str, Any]) -> str:
    """Say in one sentence which setting is wrong and what was expected."""
    name, given = str(problem["loc"][0]), str(problem["input"])
    if field := Settings.model_fields.get(name):
        # A default that does not fit the other settings goes by the field's own name.
        name = str(field.validation_alias)
    match problem["type"]:
        case "int_parsing" | "int_type" | "greater_than_equal" | "less_than_equal":
            expected = "expected a whole number from 1 to 65535"
        case "bool_parsing":
            expected = "expected 1 or 0"
        case _:
            expected = str(problem["msg"]).removeprefix("Value error, ")
    return f"{name} is {_shown(name, given)}: {expected}"


def _shown(name: str, given: str) -> str:
    """Return a wrong value as it may be shown: nothing of it when it may hold a password."""
    if not given:
        return "missing"
    if name in {"SMAATEGN_SECRET_KEY", "SMAATEGN_DATABASE_URL", "SMAATEGN_MEDIA_URL"}:
        return "unfit"
    return repr(re.sub(r"//[^/]*@", "//…@", given))

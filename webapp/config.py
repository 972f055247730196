"""Settings from the environment: typed, validated at start, explained when wrong."""

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

from pydantic import Field, PlainValidator, ValidationError, ValidationInfo
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from webapp.adapters import clock, secret_file
from webapp.adapters.oidc import ID_SETTING, SECRET_SETTING, is_safe
from webapp.adapters.secret_file import SHORTEST_SECRET, SecretDamaged

LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")

Proxies = int | tuple[IPv4Network | IPv6Network, ...]
"""Whose word about the visitor is believed: so many in a row, or those at these addresses."""

THIS_MACHINE: Final[Proxies] = (ip_network("127.0.0.0/8"), ip_network("::1/128"))

MOST_PROXIES: Final = 9
"""A longer row is a slip of the hand."""


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


def _older_secret_keys(value: object) -> tuple[str, ...]:
    return tuple(_secret_key(key) for key in str(value).split())


def _trusted_proxies(value: object) -> Proxies:
    written = str(value).replace(",", " ").split()
    with suppress(ValueError):
        if len(written) == 1 and written[0].isascii() and written[0].isdigit():
            if int(written[0]) <= MOST_PROXIES:
                return int(written[0])
            raise ValueError
        return tuple(ip_network(address) for address in written)
    raise ValueError("expected how many proxies stand in a row, or their addresses")


def _media_reserve(value: object) -> int:
    written = str(value).strip()
    if not re.fullmatch(r"[0-9]{1,9}", written):
        raise ValueError("expected how many MB stay free, such as 1000")
    return int(written)


def _clip_seconds(value: object) -> int:
    return _whole(value, 180, "expected how many seconds a clip may last, 1 to 180")


def _clip_megabytes(value: object) -> int:
    return _whole(value, 1000, "expected how many MB a clip may take as it is sent, 1 to 1000")


def _whole(value: object, most: int, expected: str) -> int:
    written = str(value).strip()
    if not re.fullmatch(r"[0-9]{1,4}", written) or not 1 <= int(written) <= most:
        raise ValueError(expected)
    return int(written)


def _issuer(value: object) -> str:
    address = str(value).rstrip("/")
    if not is_safe(address) or urlsplit(address).query or urlsplit(address).fragment:
        raise ValueError("expected the provider's https address, such as https://login.example.dk")
    return address


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
    media_reserve: Annotated[int, PlainValidator(_media_reserve)] = Field(
        1000, validation_alias="SMAATEGN_MEDIA_RESERVE"
    )
    clip_seconds: Annotated[int, PlainValidator(_clip_seconds)] = Field(
        60, validation_alias="SMAATEGN_CLIP_SECONDS"
    )
    clip_megabytes: Annotated[int, PlainValidator(_clip_megabytes)] = Field(
        200, validation_alias="SMAATEGN_CLIP_MB"
    )
    secret_key: Annotated[str, PlainValidator(_secret_key)] = Field(
        "", validation_alias="SMAATEGN_SECRET_KEY", repr=False
    )
    older_secret_keys: Annotated[tuple[str, ...], NoDecode, PlainValidator(_older_secret_keys)] = (
        Field((), validation_alias="SMAATEGN_OLDER_SECRET_KEYS", repr=False)
    )
    trusted_proxies: Annotated[Proxies | None, NoDecode, PlainValidator(_trusted_proxies)] = Field(
        None, validation_alias="SMAATEGN_TRUSTED_PROXIES"
    )
    oidc_issuer: Annotated[str, PlainValidator(_issuer)] = Field(
        "", validation_alias="SMAATEGN_OIDC_ISSUER"
    )
    # Their names hold a word that only adapters say; see docs/glossary.md.
    oidc_id: str = Field("", validation_alias=ID_SETTING)  # type: ignore[pydantic-alias]
    oidc_secret: str = Field("", validation_alias=SECRET_SETTING, repr=False)  # type: ignore[pydantic-alias]
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
    def largest_clip(self) -> int:
        """Bytes a clip may take as it is sent."""
        return self.clip_megabytes * 1024 * 1024

    @property
    def secret_keys(self) -> tuple[str, ...]:
        """The secret and those before it that still count, newest first. The first one signs."""
        return (self.secret_key, *self.older_secret_keys)

    @property
    def proxies(self) -> Proxies:
        """Whose word about the visitor is believed; a proxy on this machine when none is set."""
        if self.trusted_proxies is not None:
            return self.trusted_proxies
        return THIS_MACHINE if self.public_url else ()

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
    if settings.oidc_issuer and not (settings.oidc_id and settings.oidc_secret):
        raise SettingsError(
            f"SMAATEGN_OIDC_ISSUER is set: expected {ID_SETTING} and {SECRET_SETTING} beside it"
        )
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
            kept = secret_file.read_or_make(folder, today=clock.now().date())
            live = secret_file.live(kept, today=clock.now().date())
            missing["secret_key"] = live[0].secret
            missing["older_secret_keys"] = tuple(key.secret for key in live[1:])
    except SecretDamaged as damaged:
        raise SettingsError(str(damaged)) from None
    except OSError as error:
        raise SettingsError(
            f"SMAATEGN_INSTANCE is {str(folder)!r}: expected a folder that can be written "
            f"({error.strerror})"
        ) from None
    return settings.model_copy(update=missing)


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


_SECRETIVE: Final = {
    "SMAATEGN_SECRET_KEY",
    "SMAATEGN_OLDER_SECRET_KEYS",
    SECRET_SETTING,
    "SMAATEGN_DATABASE_URL",
    "SMAATEGN_MEDIA_URL",
}


def _shown(name: str, given: str) -> str:
    """Return a wrong value as it may be shown: nothing of it when it may hold a password."""
    if not given:
        return "missing"
    if name in _SECRETIVE:
        return "unfit"
    return repr(re.sub(r"//[^/]*@", "//…@", given))

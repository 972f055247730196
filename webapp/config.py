"""Settings from the environment: typed, validated at start, explained when wrong."""

import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import Field, PlainValidator, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

LOOPBACK = ("127.0.0.1", "localhost", "::1")


class SettingsError(Exception):
    """A setting is wrong. The message says which, and what was expected."""


def _media_url(value: object) -> str:
    url = str(value)
    scheme = urlsplit(url).scheme
    if scheme not in {"file", "memory", "s3"}:
        raise ValueError("expected a file://, memory:// or s3:// address")
    return url


def _database_url(value: object) -> str:
    url = str(value)
    for plain in ("postgres://", "postgresql://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ValueError("expected a sqlite:/// or postgresql:// address")
    return url


def _public_url(value: object) -> str:
    url = str(value).rstrip("/")
    parts = urlsplit(url)
    if not parts.hostname or parts.path or parts.query or parts.scheme not in {"http", "https"}:
        raise ValueError("expected an address without a path, such as https://tegn.example.dk")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise ValueError("expected https: only an address on this machine itself may use http")
    return url


def _secret_key(value: object) -> str:
    if len(str(value)) < 32:
        raise ValueError("expected at least 32 characters")
    return str(value)


class Settings(BaseSettings):
    """Everything an operator may set. Defaults suit one machine and one home."""

    model_config = SettingsConfigDict(
        env_ignore_empty=True, extra="ignore", frozen=True, validate_default=False
    )

    host: str = Field("127.0.0.1", validation_alias="HOST")
    port: int = Field(8000, ge=1, le=65535, validation_alias="PORT")
    instance: Path = Field(Path("instance"), validation_alias="SMAATEGN_INSTANCE")
    database_url: Annotated[str, PlainValidator(_database_url)] = Field(
        "", validation_alias="SMAATEGN_DATABASE_URL"
    )
    media_url: Annotated[str, PlainValidator(_media_url)] = Field(
        "", validation_alias="SMAATEGN_MEDIA_URL"
    )
    secret_key: Annotated[str, PlainValidator(_secret_key)] = Field(
        "", validation_alias="SMAATEGN_SECRET_KEY", repr=False
    )
    demo: bool = Field(default=False, validation_alias="SMAATEGN_DEMO")
    public_url: Annotated[str, PlainValidator(_public_url)] = Field(
        "", validation_alias="SMAATEGN_PUBLIC_URL"
    )

    @model_validator(mode="after")
    def _public_address_is_known(self) -> Self:
        """Refuse to be reachable from outside without knowing the https address in front."""
        if not self.public_url and self.host not in LOOPBACK:
            raise ValueError(
                "SMAATEGN_PUBLIC_URL is missing: HOST lets other machines in, so expected the "
                "https address they use"
            )
        return self

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
    folder = settings.instance.absolute()
    missing: dict[str, Any] = {"instance": folder}
    if not settings.database_url:
        missing["database_url"] = f"sqlite:///{folder / 'smaategn.sqlite3'}"
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
        draft.write_text(secrets.token_urlsafe(48))
        # Linking fails when another process was first: then its secret is everyone's.
        with suppress(FileExistsError):
            file.hardlink_to(draft)
        draft.unlink()
    return file.read_text()


def _explain(problem: Mapping[str, Any]) -> str:
    """Say in one sentence which setting is wrong and what was expected."""
    message = str(problem["msg"]).removeprefix("Value error, ")
    if not problem["loc"]:
        return message
    name = problem["loc"][0]
    given = "unfit" if name == "SMAATEGN_SECRET_KEY" else repr(problem["input"])
    return f"{name} is {given}: {_expected(problem, message)}"


def _expected(problem: Mapping[str, Any], message: str) -> str:
    match problem["type"]:
        case "int_parsing" | "greater_than_equal" | "less_than_equal":
            return "expected a whole number from 1 to 65535"
        case "bool_parsing":
            return "expected 1 or 0"
        case _:
            return message

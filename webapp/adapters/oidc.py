"""Ask the municipality's identity provider who somebody is: OpenID Connect, code flow with PKCE.

Authlib and joserfc check the token: signature, issuer, audience, times, nonce.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from authlib.common.security import generate_token
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from requests import RequestException

ID_SETTING: Final = "SMAATEGN_OIDC_CLIENT_ID"
SECRET_SETTING: Final = "SMAATEGN_OIDC_CLIENT_SECRET"  # noqa: S105

LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})

# Only what needs the provider's private key: with the others we could forge a token ourselves.
_ALGORITHMS: Final = ["RS256", "PS256", "ES256"]

_PATIENCE: Final = 5
"""Seconds to wait for the provider; it holds up one of few threads."""

_LEEWAY: Final = 60
"""Seconds its clock may differ from ours."""

_LONGEST_AGO: Final = timedelta(hours=10)
"""How long ago somebody may have proved who they are there; as long as a session lasts here."""


class ProviderDown(Exception):
    """The provider does not answer, or answers what no provider does."""


class AnswerUnfit(Exception):
    """The provider says no, or what came back is not what we asked for."""


@dataclass(frozen=True, slots=True)
class Journey:
    """What must be the same when somebody comes back: each is long, random and used once."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Account:
    """Who the provider says that somebody is.

    Attributes:
        issuer: The provider.
        subject: Names one account there for ever; the only thing that is trusted to.
        name: For people to recognise it by; may be empty, and decides nothing.
        proved_at: Aware; when they last proved it to the provider.
    """

    issuer: str
    subject: str
    name: str
    proved_at: datetime


class Provider:
    """An identity provider, known by its issuer address."""

    def __init__(self, issuer: str, client_id: str, client_secret: str) -> None:
        """Remember where it is and who we are there; nothing is asked yet."""
        self._issuer = issuer
        self._client_id = client_id
        self._client_secret = client_secret

    def set_out(self, back_to: str, *, again: bool = False) -> tuple[str, Journey]:
        """Return where to send somebody, and what to remember until they are back.

        Args:
            back_to: Our own address, as the provider knows it.
            again: They prove anew who they are, also when the provider knows them still.

        Raises:
            ProviderDown.
        """
        journey = Journey(generate_token(40), generate_token(40), generate_token(64))
        more = {"prompt": "login", "max_age": "0"} if again else {"max_age": _seconds(_LONGEST_AGO)}
        with self._session(back_to) as session:
            address, _ = session.create_authorization_url(
                self._facts(session)["authorization_endpoint"],
                state=journey.state,
                nonce=journey.nonce,
                code_verifier=journey.verifier,
                **more,
            )
        return str(address), journey

    def come_back(
        self, answer: Mapping[str, str], journey: Journey, *, back_to: str, now: datetime
    ) -> Account:
        """Return who it is, once all that came back holds.

        Args:
            answer: The query that they came back with.
            journey: What was remembered.
            back_to: As for `set_out`.
            now: Aware.

        Raises:
            ProviderDown, AnswerUnfit.
        """
        if answer.get("state") != journey.state or not answer.get("code"):
            raise AnswerUnfit
        with self._session(back_to) as session:
            facts = self._facts(session)
            token = self._token(session, facts["token_endpoint"], answer["code"], journey)
            keys = self._fetch(session, facts["jwks_uri"])
        return self._account(token, keys, journey, issuer=facts["issuer"], now=now)

    def _session(self, back_to: str) -> OAuth2Session:
        return OAuth2Session(
            self._client_id,
            self._client_secret,
            scope="openid profile email",
            redirect_uri=back_to,
            code_challenge_method="S256",
            default_timeout=_PATIENCE,
        )

    def _facts(self, session: OAuth2Session) -> Mapping[str, str]:
        """Return what the provider says of itself, each address as safe as the issuer's."""
        facts = self._fetch(session, f"{self._issuer}/.well-known/openid-configuration")
        addresses = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        if str(facts.get("issuer", "")).rstrip("/") != self._issuer:
            raise ProviderDown
        if not all(is_safe(str(facts.get(name, ""))) for name in addresses):
            raise ProviderDown
        return facts

    def _fetch(self, session: OAuth2Session, address: str) -> dict[str, Any]:
        try:
            answer = session.request("GET", address, withhold_token=True, allow_redirects=False)
            answer.raise_for_status()
            found = answer.json()
        except (RequestException, ValueError):
            raise ProviderDown from None
        if not isinstance(found, dict):
            raise ProviderDown
        return found

    def _token(
        self, session: OAuth2Session, address: str, code: str, journey: Journey
    ) -> Mapping[str, Any]:
        try:
            token = session.fetch_token(
                address, code=code, code_verifier=journey.verifier, allow_redirects=False
            )
        except OAuthError:
            raise AnswerUnfit from None
        except (RequestException, ValueError):
            raise ProviderDown from None
        if "id_token" not in token:
            raise AnswerUnfit
        return dict(token)

    def _account(
        self, token: Mapping[str, Any], keys: Any, journey: Journey, *, issuer: str, now: datetime
    ) -> Account:
        try:
            read = jwt.decode(
                str(token["id_token"]), KeySet.import_key_set(keys), algorithms=_ALGORITHMS
            )
            claims = CodeIDToken(
                read.claims,
                read.header,
                {
                    "iss": {"essential": True, "value": issuer},
                    "aud": {"essential": True, "value": self._client_id},
                    "sub": {"essential": True},
                },
                {
                    "nonce": journey.nonce,
                    "client_id": self._client_id,
                    "access_token": token.get("access_token"),
                    "max_age": _seconds(_LONGEST_AGO),
                },
            )
            claims.validate(now=int(now.timestamp()), leeway=_LEEWAY)
        except (JoseError, ValueError, TypeError, KeyError):
            raise AnswerUnfit from None
        proved_at = min(datetime.fromtimestamp(claims["auth_time"], UTC), now)
        if now - proved_at > _LONGEST_AGO + timedelta(seconds=_LEEWAY):
            raise AnswerUnfit
        name = claims.get("email") or claims.get("preferred_username") or claims.get("name") or ""
        return Account(self._issuer, str(claims["sub"]), str(name)[:200], proved_at)


def is_safe(address: str) -> bool:
    """Tell whether an address is https, or on this machine itself."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    )


def _seconds(span: timedelta) -> str:
    return str(int(span.total_seconds()))

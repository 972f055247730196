"""An identity provider on loopback that speaks the real protocol: Authlib's own server.

Discovery, JWKS, RS256, PKCE. Everyone who comes is signed in at once, as whoever the test says.
"""

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import requests
from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import ClientMixin
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import UserInfo
from authlib.oidc.core.grants import OpenIDCode
from flask import Flask, Response, jsonify, request
from joserfc.jwk import KeySet, RSAKey
from werkzeug.serving import make_server

CLIENT_ID, CLIENT_SECRET = "smaategn", "only-for-tests"


@dataclass
class IdentityProvider:
    """A provider, and what a test lets it say.

    Attributes:
        issuer: Its address.
        subject: Who comes.
        email: What it says of them.
        now: Aware; its clock.
        auth_time: When they proved it, in seconds since 1970; None leaves it out.
        lies: Claims that it says instead of the true ones.
        signs_with: Its key; what it publishes is another matter.
        asked: The queries that browsers came with.
    """

    now: datetime
    issuer: str = ""
    subject: str = "7c1f"
    email: str = "ditte@kommunen.example"
    auth_time: int | None = 0
    lies: dict[str, Any] = field(default_factory=dict)
    algorithm: str = "RS256"
    published: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "1"}))
    signs_with: Any = None
    asked: list[dict[str, str]] = field(default_factory=list)

    def let_in(self, address: str) -> str:
        """Do what a browser does at the provider; return the address it is sent back to."""
        answer = requests.get(address, allow_redirects=False, timeout=10)
        assert answer.status_code == 302, answer.text
        back = urlsplit(answer.headers["Location"])
        return f"{back.path}?{back.query}"


class _Client(ClientMixin):
    """Us, as the provider knows us."""

    def __init__(self, back_to: str) -> None:
        self.back_to = back_to

    def get_client_id(self) -> str:
        return CLIENT_ID

    def get_default_redirect_uri(self) -> str:
        return self.back_to

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri == self.back_to

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == CLIENT_SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "client_secret_basic"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


@dataclass
class _Code:
    """A code that was handed out."""

    code: str
    redirect_uri: str
    scope: str
    nonce: str
    code_challenge: str
    code_challenge_method: str
    auth_time: int | None

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str:
        return self.nonce

    def get_auth_time(self) -> int | None:
        return self.auth_time

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> None:
        return None


def _app(provider: IdentityProvider, back_to: str) -> Flask:
    app = Flask("identity_provider")
    codes: dict[str, _Code] = {}
    client = _Client(back_to)

    class Grant(AuthorizationCodeGrant):
        TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_basic"]  # noqa: RUF012 - as the library does

        def save_authorization_code(self, code: str, request: Any) -> None:
            asked = request.payload.data
            auth_time = provider.auth_time
            codes[code] = _Code(
                code,
                request.payload.redirect_uri,
                request.payload.scope,
                asked["nonce"],
                asked["code_challenge"],
                asked["code_challenge_method"],
                int(provider.now.timestamp()) if auth_time == 0 else auth_time,
            )

        def query_authorization_code(self, code: str, client: Any) -> _Code | None:
            return codes.get(code)

        def delete_authorization_code(self, authorization_code: _Code) -> None:
            del codes[authorization_code.code]

        def authenticate_user(self, authorization_code: _Code) -> str:
            return provider.subject

    class IdToken(OpenIDCode):
        def __init__(self) -> None:
            self.require_nonce = True

        def exists_nonce(self, nonce: str, request: Any) -> bool:
            return False

        def get_client_algorithm(self, client: Any) -> str:
            return provider.algorithm

        def resolve_client_private_key(self, client: Any) -> Any:
            return provider.signs_with or provider.published

        def get_compatible_claims(self, request: Any) -> dict[str, Any]:
            at = int(provider.now.timestamp())
            return {"iss": provider.issuer, "aud": CLIENT_ID, "iat": at, "exp": at + 300}

        def get_encode_header(self, client: Any) -> dict[str, Any]:
            return {"alg": provider.algorithm, "kid": "1"}

        def generate_user_info(self, user: str, scope: str) -> UserInfo:
            told = {"sub": user, "email": provider.email, "role": "admin", **provider.lies}
            return UserInfo(told)

    server = AuthorizationServer(
        app, query_client=lambda id: client if id == CLIENT_ID else None, save_token=lambda *_: None
    )
    server.register_grant(Grant, [IdToken(), CodeChallenge(required=True)])

    @app.get("/.well-known/openid-configuration")
    def discovery() -> Response:
        return jsonify(
            issuer=provider.issuer,
            authorization_endpoint=f"{provider.issuer}/authorize",
            token_endpoint=f"{provider.issuer}/token",
            jwks_uri=f"{provider.issuer}/jwks",
            id_token_signing_alg_values_supported=["RS256"],
        )

    @app.get("/jwks")
    def jwks() -> Response:
        return jsonify(KeySet([provider.published]).as_dict(private=False))

    @app.get("/authorize")
    def authorize() -> Any:
        provider.asked.append(request.args.to_dict())
        grant = server.get_consent_grant(end_user=provider.subject)
        return server.create_authorization_response(grant_user=provider.subject, grant=grant)

    @app.post("/token")
    def token() -> Any:
        return server.create_token_response()

    return app


@contextmanager
def running(now: datetime, back_to: str) -> Iterator[IdentityProvider]:
    """Run a provider that knows us while the block runs.

    Args:
        now: Aware; its clock.
        back_to: Where it may send people back to.
    """
    provider = IdentityProvider(now)
    server = make_server("127.0.0.1", 0, _app(provider, back_to), threaded=True)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, name=f"idp-{secrets.token_hex(2)}")
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

"""Log in with the municipality's account: linked by oneself, and nothing but the subject counts."""

import os
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from joserfc.jwk import OctKey, RSAKey
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests import identity_provider
from tests.blueprints.conftest import Ledger
from tests.blueprints.second_factors import open_for_real
from tests.blueprints.tapping import actions
from tests.factories import NOW, World
from tests.identity_provider import CLIENT_ID, CLIENT_SECRET, IdentityProvider
from webapp.config import Settings
from webapp.models import ProviderAccount, Role, SignInMethod, Staff, StaffSession

CALLBACK = "http://127.0.0.1:8000/login/provider/callback"


@pytest.fixture
def provider(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[IdentityProvider]:
    """The municipality's provider, which the app is set up with."""
    # Authlib's server asks for https; on loopback there is none.
    monkeypatch.setitem(os.environ, "AUTHLIB_INSECURE_TRANSPORT", "1")
    with identity_provider.running(NOW, CALLBACK) as running:
        settings: Settings = app.extensions["smaategn_settings"]
        own = {
            "oidc_issuer": running.issuer,
            "oidc_id": CLIENT_ID,
            "oidc_secret": CLIENT_SECRET,
        }
        monkeypatch.setitem(app.extensions, "smaategn_settings", settings.model_copy(update=own))
        yield running


@pytest.fixture
def linked(session: Session, world: World, provider: IdentityProvider) -> None:
    """Ditte has linked her account."""
    open_for_real(session, world.home.id)
    account = ProviderAccount(
        issuer=provider.issuer, subject="7c1f", staff_id=world.ditte.id, linked_at=NOW
    )
    session.add(account)
    session.commit()


def go(client: FlaskClient, provider: IdentityProvider, query: str = "") -> TestResponse:
    """Log in there, and come back."""
    sent = client.get(f"/login/provider{query}")
    assert sent.status_code == 303
    return client.get(provider.let_in(sent.location))


def is_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


# In


@pytest.mark.usefixtures("linked")
def test_whoever_linked_their_account_comes_in_with_it_without_a_code_of_ours(
    client: FlaskClient, provider: IdentityProvider, session: Session, world: World, ledger: Ledger
) -> None:
    done = go(client, provider, "?next=/sparring")

    assert done.location == "/sparring"
    assert (ledger.last.commits, ledger.last.events) == (1, 1)
    assert is_in(client)
    opened = session.scalars(select(StaffSession)).one()
    assert (opened.staff_id, opened.method) == (world.ditte.id, SignInMethod.IDENTITY_PROVIDER)
    assert actions(session) == ["sign_in.create"]


@pytest.mark.usefixtures("linked")
def test_what_is_asked_is_the_code_flow_with_pkce_state_and_nonce(
    client: FlaskClient, provider: IdentityProvider
) -> None:
    go(client, provider)

    [asked] = provider.asked
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == CALLBACK
    assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) >= 40
    assert "openid" in asked["scope"].split()


@pytest.mark.usefixtures("linked")
def test_a_role_that_the_provider_tells_of_is_no_role_here(
    client: FlaskClient, provider: IdentityProvider, session: Session, world: World
) -> None:
    provider.lies = {"role": "admin", "roles": ["admin"], "groups": ["admin"]}

    go(client, provider)

    assert session.get_one(Staff, world.ditte.id).role is Role.MANAGER


@pytest.mark.usefixtures("linked")
def test_logging_out_ends_our_session(client: FlaskClient, provider: IdentityProvider) -> None:
    go(client, provider)

    assert client.post("/logout").location == "/login"

    assert not is_in(client)


@pytest.mark.usefixtures("linked")
def test_the_session_is_as_fresh_as_the_proof_at_the_provider(
    client: FlaskClient, provider: IdentityProvider
) -> None:
    provider.auth_time = int((NOW - timedelta(hours=1)).timestamp())

    go(client, provider)

    page = "/account/sessions/ending/new"
    assert client.get(page).location.startswith("/account/confirmation/new")
    provider.auth_time = 0
    assert go(client, provider, f"?again=1&next={page}").location == page
    assert provider.asked[-1]["prompt"] == "login"
    assert client.get(page).status_code == 200


def test_the_login_page_offers_it_only_when_it_is_set(
    client: FlaskClient, request: pytest.FixtureRequest, world: World
) -> None:
    assert "kommunens login" not in client.get("/login").text
    for path in ("/login/provider", "/login/provider/callback"):
        assert client.get(path).status_code == 404

    request.getfixturevalue("provider")

    assert "kommunens login" in client.get("/login").text


# Refused


@pytest.mark.one_database
@pytest.mark.usefixtures("linked")
@pytest.mark.parametrize(
    "lies",
    [
        {"nonce": "et andet"},
        {"nonce": None},
        {"aud": "et andet program"},
        {"aud": ["smaategn", "et andet program"]},
        {"iss": "https://ond.example"},
        {"exp": int((NOW - timedelta(minutes=2)).timestamp())},
        {"iat": int((NOW + timedelta(hours=1)).timestamp())},
        {"nbf": int((NOW + timedelta(hours=1)).timestamp())},
        {"azp": "et andet program"},
        {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
        {"auth_time": int((NOW - timedelta(hours=11)).timestamp())},
        {"auth_time": "i går"},
    ],
    ids=str,
)
def test_a_token_that_does_not_hold_opens_nothing(
    client: FlaskClient, provider: IdentityProvider, session: Session, lies: dict[str, object]
) -> None:
    provider.lies = lies

    refused = go(client, provider)

    assert refused.status_code == 403
    assert "provider_refused" in refused.text
    assert session.scalars(select(StaffSession)).all() == []


@pytest.mark.usefixtures("linked")
def test_a_provider_that_does_not_say_when_they_proved_it_is_refused(
    client: FlaskClient, provider: IdentityProvider
) -> None:
    provider.auth_time = None

    assert go(client, provider).status_code == 403


@pytest.mark.usefixtures("linked")
def test_a_token_signed_with_another_key_opens_nothing(
    client: FlaskClient, provider: IdentityProvider
) -> None:
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "1"})

    assert go(client, provider).status_code == 403


@pytest.mark.usefixtures("linked")
def test_a_token_signed_with_a_secret_that_we_know_opens_nothing(
    client: FlaskClient, provider: IdentityProvider
) -> None:
    provider.algorithm = "HS256"
    provider.signs_with = OctKey.import_key(CLIENT_SECRET * 3)

    assert go(client, provider).status_code == 403


@pytest.mark.usefixtures("linked")
def test_another_account_gets_a_plain_page_also_with_an_address_that_we_know(
    client: FlaskClient, provider: IdentityProvider, session: Session, world: World
) -> None:
    provider.subject, provider.email = "en anden", world.ditte.email

    refused = go(client, provider)

    assert refused.status_code == 403
    assert "ikke koblet til dig" in refused.text
    assert not is_in(client)


@pytest.mark.usefixtures("linked")
def test_whoever_is_deactivated_does_not_come_in(
    client: FlaskClient, provider: IdentityProvider, session: Session, world: World
) -> None:
    session.get_one(Staff, world.ditte.id).deactivated_at = NOW

    assert go(client, provider).status_code == 403


@pytest.mark.usefixtures("linked")
def test_an_answer_is_believed_once(client: FlaskClient, provider: IdentityProvider) -> None:
    sent = client.get("/login/provider")
    back = provider.let_in(sent.location)
    assert client.get(back).status_code == 303
    client.post("/logout")

    assert client.get(back).status_code == 403
    assert not is_in(client)


@pytest.mark.usefixtures("linked")
def test_an_answer_is_believed_only_on_the_browser_that_asked(
    app: Flask, client: FlaskClient, provider: IdentityProvider
) -> None:
    back = provider.let_in(client.get("/login/provider").location)
    (thief := app.test_client()).get("/login/provider")

    assert thief.get(back).status_code == 403
    assert app.test_client().get(back).status_code == 403


@pytest.mark.one_database
@pytest.mark.usefixtures("linked")
@pytest.mark.parametrize("query", ["", "?error=access_denied", "?code=x", "?state=x&code=x"])
def test_an_answer_that_says_no_or_nothing_opens_nothing(
    client: FlaskClient, provider: IdentityProvider, query: str
) -> None:
    client.get("/login/provider")

    assert client.get(f"/login/provider/callback{query}").status_code == 403


@pytest.mark.usefixtures("linked")
def test_a_code_that_was_made_up_opens_nothing(
    client: FlaskClient, provider: IdentityProvider
) -> None:
    state = parse_qs(urlsplit(client.get("/login/provider").location).query)["state"][0]

    answer = client.get(f"/login/provider/callback?state={state}&code=gættet")

    assert answer.status_code == 403


@pytest.mark.parametrize("next", ["//ond.example", "https://ond.example"])
@pytest.mark.usefixtures("linked")
def test_an_address_elsewhere_is_no_page_to_go_on_to(
    client: FlaskClient, provider: IdentityProvider, next: str
) -> None:
    assert go(client, provider, f"?next={next}").location == "/"


# Down


@pytest.mark.parametrize("path", ["/login/provider", "/login/provider/callback?state=x&code=x"])
def test_a_provider_that_is_down_is_told_in_words(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    settings: Settings = app.extensions["smaategn_settings"]
    # Port 9 of this machine: nobody answers there.
    gone = settings.model_copy(update={"oidc_issuer": "http://127.0.0.1:9"})
    monkeypatch.setitem(app.extensions, "smaategn_settings", gone)
    journey = {"state": "x", "nonce": "x", "verifier": "x", "errand": "sign_in", "next": None}
    with client.session_transaction() as cookie:
        cookie["provider_journey"] = journey

    answer = client.get(path)

    assert answer.status_code == 503
    assert "Kommunens login svarer ikke lige nu" in answer.text


def test_a_provider_that_names_another_issuer_is_not_believed(
    client: FlaskClient, provider: IdentityProvider
) -> None:
    provider.issuer = "https://ond.example"

    assert client.get("/login/provider").status_code == 503


# Linking


def link(client: FlaskClient, provider: IdentityProvider) -> TestResponse:
    """Link the account from Min konto, up to the question."""
    sent = client.get("/account/provider")
    back = client.get(provider.let_in(sent.location))
    return client.get(back.location)


def test_one_links_ones_own_account_and_says_that_it_is_ones_own(
    anna: FlaskClient, provider: IdentityProvider, session: Session, world: World, ledger: Ledger
) -> None:
    asked = link(anna, provider)
    assert "ditte@kommunen.example" in asked.text
    assert session.scalars(select(ProviderAccount)).all() == []

    anna.post("/account/provider-account")

    assert (ledger.last.commits, ledger.last.events) == (1, 1)
    kept = session.scalars(select(ProviderAccount)).one()
    assert (kept.issuer, kept.subject, kept.staff_id) == (provider.issuer, "7c1f", world.anna.id)
    assert provider.asked[-1]["prompt"] == "login"
    assert "Koblet til" in anna.get("/account").text


def test_an_account_that_was_not_shown_is_not_linked(
    anna: FlaskClient, provider: IdentityProvider, session: Session
) -> None:
    anna.post("/account/provider-account", data={"issuer": provider.issuer, "subject": "7c1f"})

    assert session.scalars(select(ProviderAccount)).all() == []
    assert anna.get("/account/provider-account/new").location == "/account"


@pytest.mark.usefixtures("linked")
def test_a_colleagues_account_is_not_linked(
    anna: FlaskClient, provider: IdentityProvider, session: Session, world: World
) -> None:
    link(anna, provider)

    assert anna.post("/account/provider-account").status_code == 409
    assert session.scalars(select(ProviderAccount)).one().staff_id == world.ditte.id


def test_linking_asks_who_one_is_when_that_was_long_ago(
    anna: FlaskClient, provider: IdentityProvider, set_clock: Callable[[datetime], None]
) -> None:
    set_clock(NOW + timedelta(minutes=11))

    for path in ("/account/provider", "/account/provider-account/new"):
        assert anna.get(path).location.startswith("/account/confirmation/new")


@pytest.mark.usefixtures("linked")
def test_a_link_that_was_taken_away_opens_nothing(
    client: FlaskClient, provider: IdentityProvider, session: Session
) -> None:
    go(client, provider)

    client.post("/account/provider-account/removal")
    client.post("/logout")

    assert go(client, provider).status_code == 403
    assert "provider_account.unlink" in actions(session)

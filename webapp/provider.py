"""The way to the municipality's identity provider and back, remembered in the cookie."""

from dataclasses import asdict
from enum import StrEnum
from typing import Any, Final, cast

from flask import Flask, request, session, url_for

from webapp.adapters import clock
from webapp.adapters.oidc import Account, AnswerUnfit, Journey, Provider, ProviderDown
from webapp.current import settings
from webapp.domain.errors import ProviderRefused
from webapp.http_errors import ProviderSilent
from webapp.pages import own_page

_JOURNEY: Final = "provider_journey"


class Errand(StrEnum):
    """Why somebody goes there."""

    SIGN_IN = "sign_in"
    LINK = "link"


def init_app(app: Flask) -> None:
    """Let templates ask whether there is a provider."""
    app.jinja_env.globals["has_provider"] = has_provider


def has_provider() -> bool:
    """Tell whether an identity provider is set."""
    return bool(settings().oidc_issuer)


def set_out(errand: Errand, *, next: str | None = None, again: bool = False) -> str:
    """Return where to send somebody; what they come back with must fit what is remembered.

    Raises:
        ProviderSilent.
    """
    try:
        address, journey = _provider().set_out(_back_to(), again=again)
    except ProviderDown:
        raise ProviderSilent from None
    session[_JOURNEY] = asdict(journey) | {"errand": errand.value, "next": own_page(next)}
    return address


def come_back() -> tuple[Account, Errand, str | None]:
    """Return who the provider says it is, why they went, and the page they were on the way to.

    Raises:
        ProviderSilent, ProviderRefused.
    """
    # Taken out, so that the same answer is never believed twice.
    kept = cast("dict[str, Any] | None", session.pop(_JOURNEY, None))
    if kept is None:
        raise ProviderRefused
    errand, next = Errand(kept.pop("errand")), kept.pop("next")
    try:
        account = _provider().come_back(
            request.args, Journey(**kept), back_to=_back_to(), now=clock.now()
        )
    except ProviderDown:
        raise ProviderSilent from None
    except AnswerUnfit:
        raise ProviderRefused from None
    return account, errand, next


def _provider() -> Provider:
    known = settings()
    return Provider(known.oidc_issuer, known.oidc_id, known.oidc_secret)


def _back_to() -> str:
    return settings().address + url_for("auth.finish_provider")

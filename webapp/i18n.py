"""Danish is the source text; English is complete. Times are the home's, written the local way."""

from datetime import date, datetime
from typing import Final, cast

from babel.dates import format_date, format_time
from babel.support import NullTranslations
from flask import Flask, g, has_request_context, session
from flask_babel import Babel, LazyString, get_locale, get_translations
from markupsafe import Markup

from webapp.adapters import clock
from webapp.login import home_zone, is_signed_in

LANGUAGES: Final = {"da": "Dansk", "en": "English"}
# Written times follow Europe, whatever the language: 14.05 or 14:05, never 2:05 PM.
_LOCALES: Final = {"da": "da_DK", "en": "en_GB"}


def init_app(app: Flask) -> None:
    """Choose the language of each request and give templates their dates."""
    app.config["BABEL_DEFAULT_LOCALE"] = "da_DK"
    Babel(app, locale_selector=lambda: _LOCALES[language()])
    # A page asks for hundreds of texts: Flask-Babel would look up locale and catalogue for each,
    # and Jinja's wrapping would cost several times what finding the text does.
    app.jinja_env.globals["_"] = text_on_page
    app.jinja_env.filters["clock"] = clock_time
    app.jinja_env.filters["day"] = day
    app.jinja_env.filters["long_day"] = long_day
    app.jinja_env.filters["weekday"] = weekday
    app.context_processor(lambda: {"language": language(), "languages": LANGUAGES})


def text_on_page(text: str, /, **values: object) -> Markup:
    """Write a text of a template in the language in use; its values are escaped.

    A text without values is taken as it stands, so there a lone % is only a %.
    """
    written = Markup(_catalogue().ugettext(text))  # noqa: S704 - our own words, with our own tags
    return written % values if values else written


def _catalogue() -> NullTranslations:
    """Return the catalogue of the language in use, looked up once a request."""
    kept: NullTranslations | None = g.get("catalogue")
    if kept is None:
        kept = g.catalogue = get_translations()
    return kept


def language() -> str:
    """Return the language chosen on this tablet: `da` until someone chooses another."""
    chosen = session.get("language")
    return chosen if chosen in LANGUAGES else "da"


def lazy(text: str) -> str:
    """Mark a Danish text for translation when it is shown. Behaves as the text it stands for."""
    return cast(str, LazyString(_translated, text))


def _translated(text: str) -> str:
    return _catalogue().ugettext(text) if has_request_context() else text


def clock_time(at: datetime) -> str:
    """Write a time of day: 14.05."""
    zone = home_zone() if is_signed_in() else None
    return format_time(at.astimezone(zone), "short", locale=get_locale())


def day(value: date) -> str:
    """Write a date: 31. marts, and 31. marts 2027 when it is another year than now."""
    pattern = "d. MMMM" if language() == "da" else "d MMMM"
    if value.year != clock.now().year:
        pattern += " y"
    return format_date(value, pattern, locale=get_locale())


def long_day(value: date) -> str:
    """Write a weekday and date: lørdag den 21. november."""
    pattern = "EEEE 'den' d. MMMM" if language() == "da" else "EEEE d MMMM"
    return format_date(value, pattern, locale=get_locale())


def weekday(value: date) -> str:
    """Write a weekday: lørdag."""
    return format_date(value, "EEEE", locale=get_locale())

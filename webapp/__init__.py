"""Småtegn: today's sign, logged with one tap."""

from flask import Flask
from flask_compress import Compress
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined

from webapp import (
    access,
    assets,
    audit_words,
    blueprints,
    consent_words,
    db,
    guides,
    headers,
    htmx,
    http_errors,
    i18n,
    legal_grounds,
    log,
    login,
    measure_words,
    plan_words,
    presence,
    presentation,
    provider,
    smorte_words,
    sync_words,
    tablets,
    uploads,
)
from webapp.adapters.jobs import Jobs
from webapp.adapters.media_store import MediaStoreUnfit, open_media_store
from webapp.config import Settings, SettingsError, load_settings
from webapp.proxies import TrustedProxies

MAX_REQUEST = 4 * 1024 * 1024
"""Bytes. A note of 100,000 characters takes up to 1.2 MB on its way in a form. See `uploads`."""


def create_app(settings: Settings | None = None) -> Flask:
    """Return the application.

    Args:
        settings: From the environment when None.

    Raises:
        SettingsError: A setting is wrong.
    """
    settings = settings or load_settings()
    app = Flask(__name__, static_folder=None, instance_path=str(settings.instance))
    app.config.update(_flask_config(settings))
    # mypy takes this for assigning to a method; Flask means it to be replaced.
    app.wsgi_app = TrustedProxies(app.wsgi_app, settings.proxies)  # type: ignore[method-assign]
    app.jinja_environment = presentation.Templates
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["smaategn_settings"] = settings
    try:
        app.extensions["media_store"] = open_media_store(settings.media_url)
    except MediaStoreUnfit as unfit:
        raise SettingsError(
            "SMAATEGN_MEDIA_URL is unfit: expected file:///folder, s3://bucket or memory://, "
            f"but {unfit}"
        ) from None
    app.extensions["jobs"] = Jobs()
    log.init_app(app)
    headers.init_app(app, is_https=settings.is_https)
    Compress(app)
    uploads.init_app(app)
    CSRFProtect(app)
    db.init_app(app)
    login.init_app(app)
    tablets.init_app(app)
    presence.init_app(app)
    access.init_app(app)
    i18n.init_app(app)
    htmx.init_app(app)
    presentation.init_app(app)
    provider.init_app(app)
    measure_words.init_app(app)
    audit_words.init_app(app)
    plan_words.init_app(app)
    consent_words.init_app(app)
    smorte_words.init_app(app)
    sync_words.init_app(app)
    http_errors.init_app(app)
    guides.init_app(app, settings.instance)
    legal_grounds.init_app(app, settings.instance)
    assets.init_app(app)
    blueprints.init_app(app)
    return app


def _flask_config(settings: Settings) -> dict[str, object]:
    is_sqlite = settings.database_url.startswith("sqlite")
    return {
        "SECRET_KEY": settings.secret_key,
        "SECRET_KEY_FALLBACKS": list(settings.older_secret_keys),
        # The forms' tokens: the last one signs, all of them count.
        "WTF_CSRF_SECRET_KEY": list(reversed(settings.secret_keys)),
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": {
            "pool_pre_ping": not is_sqlite,
            # Seconds. A server that never answers must not keep every thread waiting for it.
            "connect_args": {} if is_sqlite else {"connect_timeout": 5},
        },
        "MAX_CONTENT_LENGTH": MAX_REQUEST,
        "MAX_FORM_MEMORY_SIZE": MAX_REQUEST,
        "MAX_FORM_PARTS": 100,
        # Browsers take a __Host- cookie only over https; on the machine itself there is only http.
        "SESSION_COOKIE_NAME": "__Host-smaategn" if settings.is_https else "smaategn",
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        # The token lives as long as the session it belongs to.
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
        "COMPRESS_ALGORITHM": ["gzip"],
        "COMPRESS_LEVEL": 5,
    }

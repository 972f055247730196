"""How things are called and written on screen: words for enums, faces, times, small macros."""

from collections.abc import Iterable, MutableMapping
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from babel.numbers import format_decimal
from flask import Flask
from flask.templating import Environment
from flask_babel import get_locale
from markupsafe import Markup

from webapp import assets
from webapp.current import settings
from webapp.domain.permissions import Permission, allows
from webapp.i18n import clock_time, day, language
from webapp.i18n import lazy as _l
from webapp.login import current_session, current_staff, home_zone, is_signed_in, shared_session
from webapp.messages import words_for
from webapp.models import (
    CitizenKind,
    ContactKind,
    Observation,
    OrderKind,
    Outcome,
    Role,
    Sense,
    SignInMethod,
    Staff,
    SupportLevel,
)
from webapp.pages import this_page

OUTCOMES: Final[dict[Outcome, str]] = {
    Outcome.SEEN: _l("Set"),
    Outcome.PARTLY: _l("Delvist"),
    Outcome.NOT_SEEN: _l("Ikke set"),
    Outcome.NO_OPPORTUNITY: _l("Ingen mulighed"),
    Outcome.RETRACTED: _l("Trykket ved en fejl"),
}

SUPPORT_LEVELS: Final[dict[SupportLevel, str]] = {
    SupportLevel.INDEPENDENT: _l("Uden hjælp"),
    SupportLevel.INDIRECT: _l("Ventede"),
    SupportLevel.VERBAL: _l("Sagde det"),
    SupportLevel.GESTURE: _l("Pegede"),
    SupportLevel.MODELLING: _l("Viste det"),
    SupportLevel.PHYSICAL: _l("Førte hånden"),
}

SENSES: Final[dict[Sense, str]] = {
    Sense.SEE: _l("Vi vil se, at"),
    Sense.HEAR: _l("Vi vil høre, at"),
    Sense.FEEL: _l("Vi vil mærke, at"),
}

ROLES: Final[dict[Role, str]] = {
    Role.STAFF: _l("Medarbejder"),
    Role.FACILITATOR: _l("Tovholder"),
    Role.MANAGER: _l("Leder"),
    Role.ADMIN: _l("Administrator"),
}

SIGN_IN_METHODS: Final[dict[SignInMethod, str]] = {
    SignInMethod.PASSWORD: _l("adgangskode"),
    SignInMethod.SECOND_FACTOR: _l("adgangskode og kode"),
    SignInMethod.PIN: _l("PIN"),
    SignInMethod.IDENTITY_PROVIDER: _l("kommunens login"),
}

CITIZEN_KINDS: Final[dict[CitizenKind, str]] = {
    CitizenKind.ADULT: _l("Voksen"),
    CitizenKind.CHILD: _l("Barn"),
    CitizenKind.YOUNG: _l("Ung"),
}

CONTACT_KINDS: Final[dict[ContactKind, str]] = {
    ContactKind.RELATIVE: _l("Pårørende"),
    ContactKind.CUSTODY_HOLDER: _l("Forældremyndighedsindehaver"),
    ContactKind.GUARDIAN: _l("Værge"),
    ContactKind.CASEWORKER: _l("Rådgiver"),
    ContactKind.DAY_CENTRE: _l("Dagtilbud"),
    ContactKind.SCHOOL: _l("Skole"),
    ContactKind.DOCTOR: _l("Læge"),
    ContactKind.OTHER: _l("Anden"),
}

ORDER_KINDS: Final[dict[OrderKind, str]] = {
    OrderKind.ACTION_PLAN: _l("Handleplan (§ 141)"),
    OrderKind.CHILDS_PLAN: _l("Barnets plan (§§ 91-92)"),
    OrderKind.YOUTH_PLAN: _l("Ungeplan (§§ 108-109)"),
    OrderKind.COMMISSION: _l("Bestilling"),
}

_TYPED: Final = {
    "da": Markup("<bdi hx-ignore>%s</bdi>"),
    "en": Markup('<bdi hx-ignore lang="da">%s</bdi>'),
}

_MACROS: Final = {
    "components/icons.html": ("icon",),
    "components/forms.html": ("csrf",),
    "components/people.html": ("face", "ring"),
    "components/in_place.html": ("opens", "sends"),
}

Choices = list[tuple[str, str]]


class Templates(Environment):
    """All templates share one dict of globals.

    Jinja lays a dict of its own over it for each template, and looking through both makes every
    import and include cost several times as much. Our templates have no globals of their own.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals of a template."""
        return super().make_globals(d) if d else self.globals


def init_app(app: Flask) -> None:
    """Give templates these words, filters and macros."""
    env = app.jinja_env
    env.filters.update(initials=initials, local_input=local_input, day_and_clock=day_and_clock)
    env.filters.update(file_size=file_size, dialled=dialled)
    env.globals.update(
        new_id=uuid4,
        signed_in=signed_in,
        opened_session=current_session,
        shared_session=shared_session,
        holds=holds,
        typed=typed,
        this_page=this_page,
        words_for=words_for,
        longest_clip=lambda: settings().clip_seconds,
        font_url=lambda: assets.static_url(assets.FONT),
        support_levels=list(SupportLevel),
        outcome_words=OUTCOMES.__getitem__,
        support_words=SUPPORT_LEVELS.__getitem__,
        sense_words=SENSES.__getitem__,
        role_words=ROLES.__getitem__,
        method_words=SIGN_IN_METHODS.__getitem__,
        role_choices=role_choices,
        citizen_kind_words=CITIZEN_KINDS.__getitem__,
        contact_kind_words=CONTACT_KINDS.__getitem__,
        order_kind_words=ORDER_KINDS.__getitem__,
        citizen_kind_choices=list(CITIZEN_KINDS.items()),
        contact_kind_choices=list(CONTACT_KINDS.items()),
        order_kind_choices=list(ORDER_KINDS.items()),
        outcome_choices=outcome_choices,
        support_choices=support_choices,
        correction_choices=correction_choices,
    )
    for template, names in _MACROS.items():
        module = env.get_template(template).module
        env.globals.update({name: getattr(module, name) for name in names})


def holds(permission: str) -> bool:
    """Tell whether whoever is signed in holds a permission, by its code."""
    return is_signed_in() and allows(current_staff().role, Permission(permission))


def typed(text: str) -> Markup:
    """Show what someone wrote as text and nothing else.

    It is escaped; htmx looks away from it; its direction of writing stays inside; and on an
    English page a reader's voice is told that it is Danish.
    """
    return _TYPED[language()] % text


def initials(name: str) -> str:
    """Return two letters that stand for a first name: So, or JO for Jens Ole; "?" without one."""
    words = name.split()
    if len(words) > 1:
        return (words[0][0] + words[1][0]).upper()
    return name.strip()[:2].capitalize() or "?"


def local_input(at: datetime) -> str:
    """Write a time as a time field takes it, in the home's zone."""
    return at.astimezone(home_zone()).strftime("%Y-%m-%dT%H:%M")


def day_and_clock(at: datetime) -> str:
    """Write day and time of day: 21. november 14.05."""
    return f"{day(at.astimezone(home_zone()).date())} {clock_time(at)}"


def file_size(size: int) -> str:
    """Write how much a file fills: 340 KB, 1,2 MB. Never less than 1 KB."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{format_decimal(size / 1024 / 1024, '0.0', locale=get_locale())} MB"


def dialled(phone: str) -> str:
    """Return the number as a telephone dials it: +4500000000. Empty when there is none in it."""
    digits = "".join(sign for sign in phone if sign in "0123456789")
    return f"+{digits}" if phone.strip().startswith("+") and digits else digits


def outcome_choices() -> Choices:
    """Return what can be logged, in the order to offer it."""
    return [(str(outcome), words) for outcome, words in OUTCOMES.items() if outcome != "retracted"]


def correction_choices(observation: Observation) -> Choices:
    """Return what an observation can be corrected to; without a sign it cannot be "seen"."""
    needs_sign = (Outcome.SEEN, Outcome.PARTLY)
    return [
        (str(outcome), words)
        for outcome, words in OUTCOMES.items()
        if observation.sign_id or outcome not in needs_sign
    ]


def role_choices(roles: Iterable[Role]) -> Choices:
    """Return these roles to choose among."""
    return [(str(role), ROLES[role]) for role in roles]


def support_choices() -> Choices:
    """Return the support levels, least help first, after "not said"."""
    return [
        ("", _l("Ikke noteret")),
        *((str(level), words) for level, words in SUPPORT_LEVELS.items()),
    ]


def signed_in() -> Staff | None:
    """Return who is signed in. A function, so that a page that knows no one asks no database."""
    return current_staff() if is_signed_in() else None

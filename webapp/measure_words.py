"""How what was counted, timed or chosen is said: "3 gange", "12 min. 30 sek.", "4 af 7 trin"."""

from typing import Final

from flask import Flask
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.domain.measuring import GAS_LEVELS, WITH_VALUE, DayValue, said_outcome, values_of
from webapp.i18n import lazy as _l
from webapp.models import Measure, Observation, Outcome, Sign
from webapp.presentation import OUTCOMES, SUPPORT_LEVELS

SMILEYS: Final[dict[int, str]] = {
    1: _l("Meget dårligt"),
    2: _l("Dårligt"),
    3: _l("Midt imellem"),
    4: _l("Godt"),
    5: _l("Meget godt"),
}
"""The citizen's own word, from the saddest face to the happiest."""


def init_app(app: Flask) -> None:
    """Give templates these words."""
    app.jinja_env.globals.update(
        smileys=SMILEYS,
        gas_levels=GAS_LEVELS,
        values_of=values_of,
        said_outcome=said_outcome,
        said_words=said_words,
        value_words=value_words,
        day_words=day_words,
        level_words=level_words,
        duration_words=duration_words,
    )


def said_words(sign: Sign | None, observation: Observation) -> str:
    """Say what one observation says of its sign, or of the whole goal when there is none."""
    outcome = OUTCOMES[observation.outcome]
    if sign is None or observation.outcome not in WITH_VALUE:
        return outcome
    if sign.measure is Measure.SUPPORT and observation.support_level:
        words = SUPPORT_LEVELS[observation.support_level]
    elif observation.value is not None:
        words = value_words(sign, observation.value)
    else:
        return outcome
    return f"{outcome} · {words}" if observation.outcome is Outcome.PARTLY else words


def value_words(sign: Sign, value: int) -> str:
    """Say a value in the unit of the sign's measure."""
    match sign.measure:
        case Measure.COUNT:
            return ngettext("%(num)s gang", "%(num)s gange", value)
        case Measure.DURATION:
            return duration_words(value)
        case Measure.SCALE:
            return _("%(value)s af 5", value=value)
        case Measure.SMILEY:
            return SMILEYS.get(value, str(value))
        case Measure.STEPS:
            return _("%(value)s af %(all)s trin selv", value=value, all=len(sign.steps))
        case Measure.GAS:
            return level_words(value)
    return str(value)


def duration_words(seconds: int) -> str:
    """Say how long something lasted, in hours, minutes and seconds; seconds only below an hour."""
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    parts = [
        _("%(count)s t.", count=hours) if hours else "",
        _("%(count)s min.", count=minutes) if minutes else "",
        _("%(count)s sek.", count=rest) if (rest and not hours) or not seconds else "",
    ]
    return " ".join(part for part in parts if part)


def level_words(level: int) -> str:
    """Write one of the five levels: −2, −1, 0, +1, +2."""
    return f"+{level}" if level > 0 else str(level).replace("-", "−")


def day_words(sign: Sign, day: DayValue | None) -> str:
    """Say what several taps come to; empty for one tap, and where the control shows the sum."""
    if day is None or day.taps < 2:
        return ""
    if day.support_level:
        return _("mindst hjælp i dag: %(level)s", level=SUPPORT_LEVELS[day.support_level])
    if sign.measure is Measure.DURATION and day.value is not None:
        return _("i dag i alt %(time)s", time=duration_words(day.value))
    if sign.measure is Measure.COUNT:
        return ""
    return _("%(count)s gange i dag", count=day.taps)

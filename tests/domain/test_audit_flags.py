"""What the log points at, and what it leaves alone."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from webapp.domain.audit_flags import Flag, Look, flags_of, is_night
from webapp.models import Role

PLAIN = Look(
    role=Role.STAFF,
    family_name="Madsen",
    citizen_family_name="Holm",
    works_there=True,
    in_emergency=False,
    at_night=False,
    on_shift=False,
)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, []),
        ({"works_there": False}, [Flag.OTHER_DEPARTMENT]),
        ({"works_there": False, "in_emergency": True}, [Flag.IN_EMERGENCY]),
        ({"works_there": False, "role": Role.FACILITATOR}, []),
        ({"works_there": False, "role": Role.ADMIN}, []),
        ({"works_there": False, "role": Role.MANAGER}, [Flag.OTHER_DEPARTMENT]),
        ({"at_night": True}, [Flag.NIGHT_OFF_SHIFT]),
        ({"at_night": True, "on_shift": True}, []),
        ({"family_name": "Holm"}, [Flag.SAME_FAMILY_NAME]),
        ({"family_name": "Friis HOLM"}, [Flag.SAME_FAMILY_NAME]),
        ({"family_name": "Holm Friis"}, []),
        ({"family_name": "", "citizen_family_name": " "}, []),
        (
            {"works_there": False, "at_night": True, "family_name": "Holm"},
            [Flag.OTHER_DEPARTMENT, Flag.NIGHT_OFF_SHIFT, Flag.SAME_FAMILY_NAME],
        ),
    ],
    ids=str,
)
def test_a_look_is_flagged_for_what_there_is_to_ask(
    changed: dict[str, object], expected: list[Flag]
) -> None:
    assert flags_of(replace(PLAIN, **changed)) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("hour", "minute", "expected"),
    [(20, 59, False), (21, 0, True), (23, 30, True), (4, 59, True), (5, 0, False), (12, 0, False)],
)
def test_the_night_is_from_ten_to_six_in_the_home(hour: int, minute: int, expected: bool) -> None:
    at = datetime(2026, 11, 21, hour, minute, tzinfo=UTC)

    assert is_night(at, ZoneInfo("Europe/Copenhagen")) is expected

"""Whatever the log can say, it says in plain Danish."""

import re
from pathlib import Path

from webapp.audit_words import ACTIONS

WEBAPP = Path(__file__).parents[1] / "webapp"
_TOLD = re.compile(
    r"(?:audit\.record|log_read|keep_or_log_read|_record|record_again)\(\s*(?:db\.session\(\)|session)?,?\s*"
    r"\"([a-z_]+\.[a-z_]+)\"|action(?:: str)? = (?:\n?\s*)\"([a-z_]+\.[a-z_]+)\""
)


def told_in_the_code() -> set[str]:
    """Return the actions that stand in the code as they are."""
    found = set()
    for file in WEBAPP.rglob("*.py"):
        for words in _TOLD.findall(file.read_text("utf-8")):
            found |= set(words) - {""}
    return found


def test_every_action_in_the_code_has_words() -> None:
    told = told_in_the_code()

    assert len(told) > 40
    assert told - set(ACTIONS) == set()

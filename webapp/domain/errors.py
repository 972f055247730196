"""What a rule may refuse. Each code has words for people in `webapp/messages.py`."""

from typing import ClassVar


class Refused(Exception):
    """A rule says no. Nothing was stored.

    Attributes:
        code: Snake case; the key of the words in `messages.py`.
        status: The HTTP status that tells the same to a machine.
    """

    code: ClassVar[str]
    status: ClassVar[int] = 422


class SignArchived(Refused):
    """The sign was archived; it is kept, but no longer logged on."""

    code = "sign_archived"
    status = 409


class GoalClosed(Refused):
    """The goal is closed; it is kept, but no longer logged on."""

    code = "goal_closed"
    status = 409


class GoalIsDraft(Refused):
    """The goal is still being written; nobody logs on it yet."""

    code = "goal_is_draft"
    status = 409


class NotInContactTeam(Refused):
    """Only the contact team and the manager write a citizen's plan."""

    code = "not_in_contact_team"
    status = 403


class OutcomeNeedsSign(Refused):
    """What was seen has to be one of the signs; without a sign "seen" says nothing."""

    code = "outcome_needs_sign"


class OutcomeOnlyCorrects(Refused):
    """A tap cannot begin as a mistake; "retracted" only stands in a correction."""

    code = "outcome_only_corrects"


class TimeInFuture(Refused):
    """The time given lies ahead of the server's clock."""

    code = "time_in_future"


class TimeTooOld(Refused):
    """The time given lies more than seven days back."""

    code = "time_too_old"


class SameIdOtherContent(Refused):
    """An id came twice with different content: a bug or an attack, never a second tap."""

    code = "same_id_other_content"
    status = 409


class AlreadyCorrected(Refused):
    """Someone corrected this row first; the newer row is the one to correct."""

    code = "already_corrected"
    status = 409


class NotTheAuthor(Refused):
    """Only the person who tapped may undo or correct."""

    code = "not_the_author"
    status = 403


class TooLateToUndo(Refused):
    """The ten seconds have passed; a correction with a reason is the way now."""

    code = "too_late_to_undo"
    status = 409


class TooLateToCorrect(Refused):
    """The day of the observation is over."""

    code = "too_late_to_correct"
    status = 409


class ReasonMissing(Refused):
    """A correction says why."""

    code = "reason_missing"

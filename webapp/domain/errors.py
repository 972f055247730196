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


class SignElsewhere(Refused):
    """The sign belongs to another goal than the one that was logged on."""

    code = "sign_elsewhere"


class GoalClosed(Refused):
    """The goal is closed; it is kept, but no longer logged on."""

    code = "goal_closed"
    status = 409


class GoalIsDraft(Refused):
    """The goal is still being written; nobody logs on it yet."""

    code = "goal_is_draft"
    status = 409


class GoalNotClosed(Refused):
    """Only a closed goal is opened again."""

    code = "goal_not_closed"
    status = 409


class AlreadyClosed(Refused):
    """A goal is closed once."""

    code = "already_closed"
    status = 409


class SignInUse(Refused):
    """A sign that was tapped keeps how it is measured; another measure is another sign."""

    code = "sign_in_use"


class ParentIsDraft(Refused):
    """A sub-goal runs while its main goal does."""

    code = "parent_is_draft"


class NotInContactTeam(Refused):
    """Only the contact team and the manager write a citizen's plan."""

    code = "not_in_contact_team"
    status = 403


class CustodyHolderMustConsent(Refused):
    """For somebody under 18 a custody holder says yes."""

    code = "custody_holder_must_consent"


class AdultConsents(Refused):
    """For a grown-up nobody holds custody: it is the citizen or a guardian who says yes."""

    code = "adult_consents"


class GiverNameMissing(Refused):
    """Who says yes for somebody else is named."""

    code = "giver_name_missing"


class ConsentNotYetGiven(Refused):
    """A yes is written down when it was given, not before."""

    code = "consent_not_yet_given"


class ConsentEndsTooSoon(Refused):
    """A yes that is written down today counts at least today."""

    code = "consent_ends_too_soon"


class ConsentBeforeWithdrawal(Refused):
    """An old yes does not undo a later no."""

    code = "consent_before_withdrawal"


class EmergencyReasonTooShort(Refused):
    """Whoever opens another department's citizen says why, in words that can be understood."""

    code = "emergency_reason_too_short"


class TooManySearches(Refused):
    """Nobody needs to look for so many people in an hour."""

    code = "too_many_searches"
    status = 429


class NotInSparring(Refused):
    """Only the contact team, the facilitator and the manager talk a goal over."""

    code = "not_in_sparring"
    status = 403


class NotYourTemplate(Refused):
    """Only whoever made a template and a manager put it away."""

    code = "not_your_template"
    status = 403


class EndsBeforeStart(Refused):
    """A goal or an order ends after it begins."""

    code = "ends_before_start"


class RevisedOutsideGoal(Refused):
    """A goal is revised while it runs."""

    code = "revised_outside_goal"


class SubGoalTooDeep(Refused):
    """A sub-goal is part of a main goal of the same plan, never of itself or of a sub-goal."""

    code = "sub_goal_too_deep"


class OrderGoalMissing(Refused):
    """A goal starts in the municipality's order, or says why it does not."""

    code = "order_goal_missing"


class SecondGoalNeedsReason(Refused):
    """One main goal at a time is the recommendation; a second says why."""

    code = "second_goal_needs_reason"


class EditedMeanwhile(Refused):
    """Somebody saved the same part after the form was drawn; both texts are kept."""

    code = "edited_meanwhile"
    status = 409


class AlreadySaved(Refused):
    """A form came twice with different content; what came first is kept."""

    code = "already_saved"
    status = 409


class OrderArchived(Refused):
    """The order was put away; it is kept, but no longer written in."""

    code = "order_archived"
    status = 409


class FileEmpty(Refused):
    """The file has no bytes."""

    code = "file_empty"


class FileTooLarge(Refused):
    """The file has more bytes than we keep."""

    code = "file_too_large"
    status = 413


class FileKindUnknown(Refused):
    """The file is of no kind that we take."""

    code = "file_kind_unknown"


class FileNotWhatItSays(Refused):
    """The file's name says one kind, and the file is another."""

    code = "file_not_what_it_says"


class FileBroken(Refused):
    """The file cannot be opened, or not all of it is there."""

    code = "file_broken"


class FileHasMacros(Refused):
    """The document carries programs."""

    code = "file_has_macros"


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


class ValueMissing(Refused):
    """The sign is counted, timed or chosen on a scale, and the tap says no value."""

    code = "value_missing"


class ValueUnfit(Refused):
    """The value does not fit the sign's measure, or stands beside what was not seen."""

    code = "value_unfit"


class SupportMissing(Refused):
    """The sign is measured by the help that was needed, and the tap does not say which."""

    code = "support_missing"


class TargetUnfit(Refused):
    """Baseline or target is no value of the sign's measure."""

    code = "target_unfit"


class TargetAgainstDirection(Refused):
    """The target lies on the other side of the baseline than the way we want to go."""

    code = "target_against_direction"


class GasLevelsMissing(Refused):
    """GAS needs a sentence for each of its five levels."""

    code = "gas_levels_missing"


class StepsMissing(Refused):
    """A sign measured by steps needs at least two of them."""

    code = "steps_missing"


class InterventionNotRunning(Refused):
    """The intervention is planned, paused or ended; nobody carries it out now."""

    code = "intervention_not_running"
    status = 409


class TooLateToTakeBack(Refused):
    """The seconds in which "done" can be taken back have passed; it stands."""

    code = "too_late_to_take_back"
    status = 409


class EmailUnfit(Refused):
    """It is no e-mail address."""

    code = "email_unfit"


class EmailTaken(Refused):
    """Someone has this e-mail address already."""

    code = "email_taken"
    status = 409


class PasswordUnfit(Refused):
    """The password is too short, too long, or known to everyone."""

    code = "password_unfit"


class PasswordTooEasy(PasswordUnfit):
    """The password is one of those that are tried first."""

    code = "password_too_easy"


class RoleNotYours(Refused):
    """A manager gives the roles of those who care for citizens; only an admin gives the rest."""

    code = "role_not_yours"
    status = 403


class DepartmentMissing(Refused):
    """Whoever cares for citizens works in a department, one of those the giver may give."""

    code = "department_missing"


class NotYoursToManage(Refused):
    """They see more than the manager does, so only an admin changes them."""

    code = "not_yours_to_manage"
    status = 403


class NotOnYourself(Refused):
    """Nobody changes their own role or shuts themselves out."""

    code = "not_on_yourself"
    status = 403


class LastAdmin(Refused):
    """A home always has an admin who can sign in."""

    code = "last_admin"
    status = 409


class StaffDeactivated(Refused):
    """Whoever is deactivated gets no link; they are let in again first."""

    code = "staff_deactivated"
    status = 409


class ContactTeamUnfit(Refused):
    """A contact team is one to four colleagues of the citizen's department."""

    code = "contact_team_unfit"


class InvitationOver(Refused):
    """The link was used, is too old, or there is a newer one."""

    code = "invitation_over"
    status = 404


class DepartmentTaken(Refused):
    """The home has a department of this name."""

    code = "department_taken"
    status = 409


class DepartmentInUse(Refused):
    """People, citizens or tablets belong to the department."""

    code = "department_in_use"
    status = 409


class ShiftMissing(Refused):
    """A day has at least one shift."""

    code = "shift_missing"


class ShiftsBeginTogether(Refused):
    """Two shifts begin at the same time."""

    code = "shifts_begin_together"


class HomeExists(Refused):
    """There is a home already; one database holds one real home."""

    code = "home_exists"
    status = 409


class SetupCodeWrong(Refused):
    """It is not the code that the server printed when it started."""

    code = "setup_code_wrong"


class WrongCode(Refused):
    """A code that does not fit, was used before, or came after too many that did not fit."""

    code = "wrong_code"


class SecondFactorOn(Refused):
    """The second factor is on already; it is turned off before another one is set up."""

    code = "second_factor_on"
    status = 409


class SetUpTooOld(Refused):
    """The secret for an app was shown too long ago, or to somebody else."""

    code = "set_up_too_old"


class PictureUnfit(Refused):
    """The file is no picture that can be shown."""

    code = "picture_unfit"


class PictureTooLarge(Refused):
    """The picture is larger than anyone may send."""

    code = "picture_too_large"
    status = 413


class PictogramMissing(Refused):
    """The pictogram is not there: not any more, or not for this home."""

    code = "pictogram_missing"
    status = 409


class PictogramIsSvg(Refused):
    """A drawing in SVG may hold programs; it is taken as a picture of dots only."""

    code = "pictogram_is_svg"


class PictogramNameTaken(Refused):
    """The home has a pictogram of that name."""

    code = "pictogram_name_taken"
    status = 409


class PictogramInUse(Refused):
    """The pictogram stands on a step, so it cannot be let go."""

    code = "pictogram_in_use"
    status = 409


class PictureNeedsConsent(Refused):
    """The citizen can be seen on the picture, and nobody said yes to that."""

    code = "picture_needs_consent"
    status = 409


class StepsDiffer(Refused):
    """The sign is not measured in as many steps as the intervention has."""

    code = "steps_differ"
    status = 409


class SignHasNoFaces(Refused):
    """The citizen cannot answer on the sign with one of five faces."""

    code = "sign_has_no_faces"
    status = 409


class StepTimeUnfit(Refused):
    """No step can be given this time."""

    code = "step_time_unfit"
    status = 422


class StepShowsNothing(Refused):
    """The step has neither a picture nor a clip to describe."""

    code = "step_shows_nothing"
    status = 409


class ClipTooLarge(Refused):
    """The clip has more bytes than anyone may send."""

    code = "clip_too_large"
    status = 413


class ClipUnknown(Refused):
    """The file is no clip of a kind that we take."""

    code = "clip_unknown"


class ClipBroken(Refused):
    """The clip cannot be opened, or not all of it is there."""

    code = "clip_broken"


class ClipStill(Refused):
    """The file has no pictures that move."""

    code = "clip_still"


class ClipLong(Refused):
    """The clip lasts longer than a step may."""

    code = "clip_long"


class ClipLarge(Refused):
    """The clip's pictures have more pixels than we open."""

    code = "clip_large"


class VoiceTooLarge(Refused):
    """The recording has more bytes than anyone may send."""

    code = "voice_too_large"
    status = 413


class VoiceLong(Refused):
    """The recording lasts longer than a sentence."""

    code = "voice_long"
    status = 422


class VoiceUnreadable(Refused):
    """The file is no recording that can be heard."""

    code = "voice_unreadable"
    status = 422


class PinUnfit(Refused):
    """A PIN is six digits."""

    code = "pin_unfit"


class PinTooEasy(Refused):
    """The PIN is a pattern, a date, or among the most used."""

    code = "pin_too_easy"


class NothingToCheck(Refused):
    """Nobody has looked at anything since the last check."""

    code = "nothing_to_check"
    status = 409


class CheckFinished(Refused):
    """A check of the log that is finished stays as it is."""

    code = "check_finished"
    status = 409


class CheckOutcomeMissing(Refused):
    """Every look of a check gets its outcome before the check is finished."""

    code = "check_outcome_missing"


class CheckWordsMissing(Refused):
    """What is not in order is said in words."""

    code = "check_words_missing"


class LogTooLong(Refused):
    """The document would be longer than anyone prints."""

    code = "log_too_long"


class ProviderRefused(Refused):
    """The provider said no, or what came back is not what was asked for."""

    code = "provider_refused"
    status = 403


class ProviderAccountUnknown(Refused):
    """Nobody here has linked the account that the provider vouches for."""

    code = "provider_account_unknown"
    status = 403


class ProviderAccountTaken(Refused):
    """A colleague has linked the account."""

    code = "provider_account_taken"
    status = 409

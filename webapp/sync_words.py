"""What tablets delivered in doubt, or could not, in plain Danish."""

from typing import Final

from flask import Flask

from webapp.i18n import lazy as _l
from webapp.models import ReceiptStatus, SyncReceipt

KINDS: Final[dict[str, str]] = {
    "observation.create_for_sign": _l("En registrering på et tegn"),
    "observation.create_for_goal": _l("En registrering på et mål"),
    "observation.correct": _l("En rettelse af en registrering"),
    "observation.withdraw": _l("Et tryk, der blev fortrudt"),
    "intervention.carry_out": _l("Et tiltag, der blev udført"),
    "intervention.withdraw": _l("Et tiltag, der alligevel ikke blev udført"),
    "instruction.show": _l("En instruktion, der blev vist"),
    "goal.acknowledge": _l("Et “set” på en ændring i planen"),
}

DOUBTS: Final[dict[str, str]] = {
    "captured_late": _l("Det blev trykket mere end 16 timer efter, at kollegaen loggede ind."),
    "delivered_late": _l("Det lå mere end 90 dage på tabletten, før det blev sendt."),
    "clock_skew": _l(
        "Tablettens ur gik mere end 10 minutter forkert. Tidspunktet er det bedste bud."
    ),
    "not_in_reach": _l("Kollegaen har ikke længere adgang til borgeren."),
    "staff_deactivated": _l("Kollegaen er stoppet."),
    "device_revoked": _l("Tabletten er fjernet fra listen."),
    "goal_closed": _l("Målet er afsluttet."),
    "sign_archived": _l("Tegnet er arkiveret."),
    "intervention_not_running": _l("Tiltaget er ikke i gang mere."),
    "too_late_to_undo": _l("Det blev fortrudt mere end 10 sekunder efter trykket."),
    "too_late_to_correct": _l("Det blev rettet på en senere dag end den, det blev registreret."),
    "already_corrected": _l("Registreringen var rettet i mellemtiden. Rettelsen er lagt ovenpå."),
    "reason_missing": _l("Der står ikke, hvorfor det blev rettet."),
    "seq_repeated": _l(
        "To registreringer har samme nummer fra tabletten. Den er måske sat tilbage til en ældre "
        "kopi."
    ),
}

REASONS: Final[dict[str, str]] = {
    "malformed": _l("Det kunne ikke læses. Sig det til dem, der passer Småtegn hos jer."),
    "bad_seal": _l("Det kunne ikke åbnes. Sig det til dem, der passer Småtegn hos jer."),
    "bad_request": _l("Der manglede noget, eller noget passede ikke."),
    "unknown_kind": _l("Det kender Småtegn ikke endnu. Det bliver prøvet igen i næste udgave."),
    "unknown_schema": _l("Det kender Småtegn ikke endnu. Det bliver prøvet igen i næste udgave."),
    "not_found": _l("Det, det handler om, findes ikke mere."),
    "not_the_author": _l("Kun den, der har registreret, kan rette eller fortryde."),
    "same_id_other_content": _l(
        "Der er gemt noget andet med samme nummer. Det første står, og det her er lagt til side."
    ),
}

_OTHER_REASON: Final = _l("Det passede ikke til målet eller tegnet, som de er nu.")
_STILL_WAITS: Final = _l("Det retter noget, som ikke er kommet endnu.")
_OTHER_KIND: Final = _l("Noget, der blev registreret uden net")


def init_app(app: Flask) -> None:
    """Give templates the words."""
    app.jinja_env.globals.update(receipt_kind=kind_words, receipt_words=words_of)


def kind_words(receipt: SyncReceipt) -> str:
    """Return what an entry is, in a few words."""
    return KINDS.get(receipt.kind, _OTHER_KIND)


def words_of(receipt: SyncReceipt) -> list[str]:
    """Return why somebody should look at an entry, in whole sentences; at least one."""
    if receipt.status is ReceiptStatus.HELD:
        return [_STILL_WAITS]
    if receipt.status is ReceiptStatus.REVIEW:
        return [DOUBTS[code] for code in receipt.doubts]
    return [REASONS.get(receipt.reason, _OTHER_REASON)]

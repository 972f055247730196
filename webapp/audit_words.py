"""The log in plain Danish: what every action is called, and what every flag asks about."""

from typing import Final

from flask import Flask

from webapp.domain.audit_flags import Flag
from webapp.i18n import lazy as _l
from webapp.models import LogCheckOutcome

ACTIONS: Final[dict[str, str]] = {
    "board.read": _l("så Vagten"),
    "citizen.read": _l("så dagen"),
    "observation.create": _l("registrerede"),
    "observation.read": _l("så en registrering"),
    "observation.correct": _l("rettede en registrering"),
    "observation.withdraw": _l("fortrød en registrering"),
    "profile.read": _l("så profilen"),
    "profile.update": _l("rettede profilen"),
    "contact.create": _l("tilføjede en kontakt"),
    "contact.update": _l("rettede en kontakt"),
    "contact.archive": _l("tog en kontakt af listen"),
    "contact.restore": _l("satte en kontakt på listen igen"),
    "order.read": _l("så bestillingen"),
    "order.create": _l("skrev en bestilling ind"),
    "order.update": _l("rettede bestillingen"),
    "order.archive": _l("lagde en bestilling væk"),
    "order.restore": _l("tog en bestilling frem igen"),
    "order_file.read": _l("hentede et bilag"),
    "order_file.create": _l("lagde et bilag ved bestillingen"),
    "plan.read": _l("så planen"),
    "plan.print": _l("hentede planen til udskrift"),
    "plan.update": _l("skrev i planens sammenhæng"),
    "evaluation_plan.update": _l("skrev i planen for evaluering"),
    "goal.read": _l("så et mål"),
    "goal.create": _l("skrev et mål"),
    "goal.copy": _l("kopierede et mål"),
    "goal.update": _l("rettede et mål"),
    "goal.activate": _l("satte et mål i gang"),
    "goal.acknowledge": _l("så, at et mål var ændret"),
    "sync_grant.create": _l("gjorde en tablet klar til at gemme uden net"),
    "sync_receipt.read": _l("så, hvad der kom i tvivl fra tablets"),
    "sync_receipt.mark_seen": _l("så en registrering, der kom i tvivl"),
    "sync_epoch.begin": _l("bad tablets sende de sidste 14 dage igen"),
    "goal.close": _l("afsluttede et mål"),
    "goal.reopen": _l("åbnede et mål igen"),
    "sign.create": _l("skrev et tegn"),
    "sign.update": _l("rettede et tegn"),
    "sign.move": _l("flyttede et tegn"),
    "sign.archive": _l("lagde et tegn væk"),
    "sign.restore": _l("tog et tegn frem igen"),
    "intervention.create": _l("skrev et tiltag"),
    "intervention.update": _l("rettede et tiltag"),
    "intervention.carry_out": _l("udførte et tiltag"),
    "intervention.withdraw": _l("fortrød, at et tiltag var udført"),
    "goal_template.create": _l("gemte et mål som skabelon"),
    "goal_template.read": _l("så skabelonerne"),
    "goal_template.archive": _l("lagde en skabelon væk"),
    "goal_template.restore": _l("tog en skabelon frem igen"),
    "sparring.read": _l("så sparringen"),
    "sparring.comment": _l("skrev i sparringen"),
    "sparring.settle": _l("afsluttede sparringen"),
    "citizen.create": _l("skrev en borger ind"),
    "contact_team.read": _l("så kontaktteamet"),
    "contact_team.update": _l("ændrede kontaktteamet"),
    "consent.read": _l("så samtykkerne"),
    "consent.create": _l("skrev et samtykke ind"),
    "consent.withdraw": _l("trak et samtykke tilbage"),
    "emergency_access.read": _l("så adgang i nødsituationer"),
    "emergency_access.search": _l("søgte efter en borger i en nødsituation"),
    "emergency_access.begin": _l("gik ind i en nødsituation"),
    "emergency_access.end": _l("gik ud efter en nødsituation"),
    "emergency_access.mark_read": _l("læste, hvorfor nogen gik ind i en nødsituation"),
    "access.refuse": _l("ville skrive i planen og blev afvist"),
    "sign_in.begin": _l("skrev sin adgangskode og mangler det andet trin"),
    "sign_in.create": _l("loggede ind"),
    "sign_in.confirm": _l("skrev sin adgangskode igen"),
    "sign_in.recover": _l("loggede ind med en nødkode"),
    "sign_in.refuse": _l("prøvede forgæves at logge ind"),
    "sign_in.lock": _l("låste tabletten"),
    "sign_in.unlock": _l("låste tabletten op"),
    "sign_in.end": _l("loggede ud"),
    "sign_in.end_all": _l("loggede ud alle steder"),
    "pin.set": _l("valgte en PIN"),
    "pin.reset": _l("nulstillede en PIN"),
    "pin.refuse": _l("prøvede forgæves en PIN"),
    "pin.lock_out": _l("prøvede forgæves en PIN, til den var lukket på tabletten"),
    "device.lock": _l("prøvede forgæves en PIN, til tabletten var låst for alle"),
    "second_factor.turn_on": _l("slog det andet trin til"),
    "second_factor.turn_off": _l("slog det andet trin fra"),
    "second_factor.renew_codes": _l("lavede nye nødkoder"),
    "second_factor.reset": _l("nulstillede det andet trin"),
    "provider_account.link": _l("koblede kommunens login til"),
    "provider_account.unlink": _l("fjernede kommunens login"),
    "device.offer": _l("lavede en kode til en tablet"),
    "device.enrol": _l("tilmeldte en tablet"),
    "device.refuse": _l("prøvede forgæves at tilmelde en tablet"),
    "device.rename": _l("omdøbte en tablet"),
    "device.open": _l("åbnede en låst tablet"),
    "device.revoke": _l("lukkede en tablet"),
    "staff.search": _l("søgte efter en medarbejder"),
    "staff.invite": _l("inviterede en medarbejder"),
    "staff.create": _l("oprettede en medarbejder"),
    "staff.update": _l("ændrede en medarbejders rolle eller afdelinger"),
    "staff.deactivate": _l("lukkede for en medarbejder"),
    "staff.reactivate": _l("lukkede op for en medarbejder igen"),
    "staff.set_password": _l("valgte en ny adgangskode"),
    "invitation.create": _l("lavede en invitation"),
    "invitation.use": _l("tog imod en invitation"),
    "home.create": _l("oprettede tilbuddet"),
    "home.update": _l("ændrede tilbuddets indstillinger"),
    "department.create": _l("oprettede en afdeling"),
    "department.update": _l("omdøbte en afdeling"),
    "department.remove": _l("fjernede en afdeling"),
    "shift.update": _l("ændrede vagterne"),
    "secret.rotate": _l("skiftede serverens nøgle"),
    "log.read": _l("så loggen"),
    "log.read_own": _l("så sin egen log"),
    "log.export": _l("hentede listen over, hvem der har set hvad"),
    "log_check.create": _l("begyndte en logkontrol"),
    "log_check.read": _l("så en logkontrol"),
    "log_check.update": _l("skrev i en logkontrol"),
    "log_check.finish": _l("afsluttede en logkontrol"),
}
"""What somebody did, as it follows their name; the citizen's name comes after."""

FLAGS: Final[dict[Flag, str]] = {
    Flag.IN_EMERGENCY: _l("I en nødsituation"),
    Flag.OTHER_DEPARTMENT: _l("Anden afdeling"),
    Flag.NIGHT_OFF_SHIFT: _l("Om natten uden for vagt"),
    Flag.SAME_FAMILY_NAME: _l("Samme efternavn"),
}

OUTCOMES_OF_CHECK: Final[dict[LogCheckOutcome, str]] = {
    LogCheckOutcome.FINE: _l("I orden"),
    LogCheckOutcome.ASKED: _l("Spurgt"),
    LogCheckOutcome.WRONG: _l("Ikke i orden"),
}


def init_app(app: Flask) -> None:
    """Give templates these words."""
    app.jinja_env.globals.update(
        action_words=action_words,
        flag_words=FLAGS.__getitem__,
        check_outcome_words=OUTCOMES_OF_CHECK.__getitem__,
        check_outcome_choices=list(OUTCOMES_OF_CHECK.items()),
    )


def action_words(action: str) -> str:
    """Return what somebody did; an action of another release is shown by its code."""
    return ACTIONS.get(action, action)

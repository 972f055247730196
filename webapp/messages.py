"""The words for every problem: what happened, what is safe, what to do. Never blame."""

from typing import Final

from webapp.i18n import lazy as _l

WORDS: Final[dict[str, str]] = {
    "sign_archived": _l(
        "Tegnet er arkiveret, så du kan ikke trykke på det mere. Alt fra før er bevaret. Vælg "
        "et andet tegn."
    ),
    "goal_closed": _l(
        "Målet er afsluttet, så du kan ikke registrere på det mere. Alt fra før er bevaret."
    ),
    "goal_is_draft": _l(
        "Målet er en kladde endnu, så du kan ikke registrere på det. Kontaktteamet sætter "
        "det i gang."
    ),
    "not_in_contact_team": _l(
        "Kun kontaktteamet og lederen skriver i planen. Intet er ændret. Skriv til kontaktteamet, "
        "eller spørg din leder."
    ),
    "outcome_needs_sign": _l("Vælg det tegn, du så. Intet er gemt endnu."),
    "outcome_only_corrects": _l("Vælg, hvad du så. Intet er gemt endnu."),
    "time_in_future": _l("Det tidspunkt er ikke kommet endnu. Vælg, hvornår du så tegnet."),
    "time_too_old": _l(
        "Det er mere end 7 dage siden. Sig det til kontaktteamet i stedet, så det kommer med."
    ),
    "same_id_other_content": _l(
        "Registreringen er allerede sendt, men med noget andet i. Den første er bevaret. Hent "
        "siden igen, og prøv en gang til."
    ),
    "already_corrected": _l(
        "Registreringen er rettet i mellemtiden. Intet er ændret. "
        "Hent siden igen for at se den nyeste."
    ),
    "not_the_author": _l(
        "Kun den, der har registreret, kan rette. Intet er ændret. Tal med din kollega om det."
    ),
    "too_late_to_undo": _l(
        "Der er gået mere end 10 sekunder. Skriv kort hvorfor, så bliver trykket taget tilbage."
    ),
    "too_late_to_correct": _l(
        "Registreringen er fra en tidligere dag og kan ikke rettes her. Den er bevaret, som den er."
    ),
    "reason_missing": _l("Skriv kort, hvorfor du retter. Det første bliver stående ved siden af."),
    "bad_request": _l(
        "Vi kunne ikke læse det, tabletten sendte. Intet er gemt. Hent siden igen, og prøv en "
        "gang til."
    ),
    "csrf": _l(
        "Siden har stået åben for længe, så vi kunne ikke se, at det var dig. Intet er gemt. "
        "Hent siden igen, og prøv en gang til."
    ),
    "foreign_origin": _l(
        "Det kom ikke fra Småtegn, så vi tog ikke imod det. Intet er gemt. Gå til Vagten, og "
        "prøv igen."
    ),
    "unauthenticated": _l("Du er logget ud. Log ind igen, så er du tilbage, hvor du var."),
    "forbidden": _l("Det har du ikke adgang til. Spørg din leder, hvis du skal have det."),
    "not_found": _l("Siden findes ikke, eller den hører til en afdeling, hvor du ikke arbejder."),
    "method_not_allowed": _l("Siden kan ikke åbnes på den måde. Gå tilbage til Vagten."),
    "too_large": _l("Det er for meget på én gang. Intet er gemt. Gør teksten kortere."),
    "busy": _l("Der er travlt lige nu. Intet er gemt. Vent et øjeblik, og prøv igen."),
    "storage_full": _l(
        "Småtegn kan ikke gemme lige nu. Intet nyt er gemt, og det gamle er bevaret. Prøv "
        "igen om lidt, og sig det til din leder."
    ),
    "unexpected": _l(
        "Noget gik galt hos os. Det, du lige har gjort, er ikke gemt. "
        "Prøv igen, og sig koden til din leder, hvis det sker igen."
    ),
}


def words_for(code: str) -> str:
    """Return the words for a problem's code; the general ones when the code has none."""
    return WORDS.get(code, WORDS["unexpected"])

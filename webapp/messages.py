"""The words for every problem: what happened, what is safe, what to do. Never blame."""

from typing import Final

from webapp.i18n import lazy as _l

WORDS: Final[dict[str, str]] = {
    "sign_archived": _l(
        "Tegnet er arkiveret, så det kan ikke længere registreres. "
        "Det, der er registreret før, er bevaret. Vælg et andet tegn."
    ),
    "goal_closed": _l(
        "Målet er afsluttet, så der kan ikke registreres på det. "
        "Det, der er registreret før, er bevaret."
    ),
    "outcome_needs_sign": _l("Vælg det tegn, du så. Intet er gemt endnu."),
    "outcome_only_corrects": _l("Vælg, hvad du så. Intet er gemt endnu."),
    "time_in_future": _l(
        "Tidspunktet ligger ude i fremtiden. Vælg det tidspunkt, hvor du så tegnet."
    ),
    "time_too_old": _l(
        "Tidspunktet er mere end 7 dage siden. "
        "Skriv det i stedet til kontaktteamet, så det kommer med."
    ),
    "same_id_other_content": _l(
        "Registreringen er sendt før med et andet indhold. "
        "Den første er bevaret. Hent siden igen, og prøv en gang til."
    ),
    "already_corrected": _l(
        "Registreringen er rettet i mellemtiden. Intet er ændret. "
        "Hent siden igen for at se den nyeste."
    ),
    "not_the_author": _l(
        "Kun den, der har registreret, kan rette. Intet er ændret. Tal med din kollega om det."
    ),
    "too_late_to_undo": _l(
        "Der er gået mere end 10 sekunder. Skriv kort hvorfor, så bliver den rettet."
    ),
    "too_late_to_correct": _l(
        "Registreringen er fra en tidligere dag og kan ikke rettes her. Den er bevaret, som den er."
    ),
    "reason_missing": _l("Skriv kort, hvorfor du retter. Det første bliver bevaret ved siden af."),
    "bad_request": _l("Noget i det, tabletten sendte, kunne ikke læses. Intet er gemt. Prøv igen."),
    "csrf": _l(
        "Siden har ligget for længe, så vi kunne ikke se, at det var dig. "
        "Intet er gemt. Hent siden igen, og prøv en gang til."
    ),
    "foreign_origin": _l("Beskeden kom fra en anden side end Småtegn. Intet er gemt."),
    "unauthenticated": _l("Du er logget ud. Log ind igen, så er du tilbage, hvor du var."),
    "forbidden": _l("Det giver din rolle ikke adgang til. Spørg din leder, hvis det er forkert."),
    "not_found": _l("Siden findes ikke, eller den hører til en afdeling, du ikke er tilknyttet."),
    "method_not_allowed": _l("Den side kan ikke bruges på den måde. Gå tilbage til Vagten."),
    "too_large": _l("Det er mere, end der kan sendes på én gang. Intet er gemt. Gør det kortere."),
    "busy": _l("Der er travlt lige nu. Intet er gemt. Vent et øjeblik, og prøv igen."),
    "storage_full": _l(
        "Serveren kan ikke gemme lige nu. Intet nyt er gemt, og det gamle er bevaret. "
        "Prøv igen om lidt, og sig det til din leder."
    ),
    "unexpected": _l(
        "Noget gik galt hos os. Det, du lige har gjort, er ikke gemt. "
        "Prøv igen, og sig koden til din leder, hvis det sker igen."
    ),
}


def words_for(code: str) -> str:
    """Return the words for a problem's code; the general ones when the code has none."""
    return WORDS.get(code, WORDS["unexpected"])

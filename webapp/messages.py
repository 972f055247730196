"""The words for every problem: what happened, what is safe, what to do. Never blame."""

from typing import Final

from webapp.i18n import lazy as _l

WORDS: Final[dict[str, str]] = {
    "sign_archived": _l(
        "Tegnet er arkiveret, så du kan ikke trykke på det mere. Alt fra før er bevaret. Vælg "
        "et andet tegn."
    ),
    "sign_elsewhere": _l("Tegnet hører til et andet mål. Vælg et tegn på listen."),
    "goal_closed": _l(
        "Målet er afsluttet, så der kan ikke registreres eller ændres i det. Alt fra før er "
        "bevaret."
    ),
    "goal_is_draft": _l(
        "Målet er en kladde endnu, så du kan ikke registrere på det. Kontaktteamet sætter "
        "det i gang."
    ),
    "goal_not_closed": _l("Målet er ikke afsluttet, så det kan ikke åbnes igen."),
    "already_closed": _l("Målet er allerede afsluttet. Intet er ændret."),
    "sign_in_use": _l(
        "Der er allerede registreret på tegnet, så måden at måle på kan ikke ændres. Læg tegnet "
        "væk, og skriv et nyt."
    ),
    "parent_is_draft": _l("Hovedmålet er ikke i gang. Sæt det i gang først."),
    "not_in_contact_team": _l(
        "Kun kontaktteamet og lederen skriver i planen. Intet er ændret. Skriv til kontaktteamet, "
        "eller spørg din leder."
    ),
    "custody_holder_must_consent": _l(
        "Borgeren er under 18 år, så det er en forældremyndighedsindehaver, der siger ja. Intet "
        "er gemt."
    ),
    "adult_consents": _l(
        "Borgeren er voksen, så det er borgeren selv eller en værge, der siger ja. Intet er gemt."
    ),
    "giver_name_missing": _l("Skriv navnet på den, der sagde ja."),
    "consent_not_yet_given": _l("Et ja kan ikke være givet på en dag, der ikke er kommet endnu."),
    "consent_ends_too_soon": _l("Et ja skal gælde mindst til i dag."),
    "consent_before_withdrawal": _l(
        "Der er sagt nej siden den dag. Et nyt ja skal være givet efter det. Intet er gemt."
    ),
    "emergency_reason_too_short": _l(
        "Skriv, hvad der er sket, og hvorfor du skal ind: mindst 20 tegn. Lederen læser det."
    ),
    "too_many_searches": _l(
        "Du har søgt mange gange den sidste time. Ring til din leder, hvis du ikke kan finde "
        "borgeren."
    ),
    "not_in_sparring": _l(
        "Kun kontaktteamet, tovholderen og lederen skriver i sparringen og afslutter den. Intet er "
        "ændret. Du kan læse med. Sig det til kontaktteamet, hvis du ved noget, der kan hjælpe."
    ),
    "not_your_template": _l(
        "Kun den, der har lavet skabelonen, og lederen kan lægge den væk. Intet er ændret. Spørg "
        "en af dem."
    ),
    "ends_before_start": _l("Slutdatoen skal ligge efter startdatoen."),
    "revised_outside_goal": _l("Datoen for revision skal ligge mellem start og slut."),
    "sub_goal_too_deep": _l(
        "Et delmål hører til et af planens hovedmål. Vælg et hovedmål, eller lad det være et mål "
        "for sig."
    ),
    "order_goal_missing": _l(
        "Vælg det mål i bestillingen, som målet kommer fra, eller skriv kort, hvorfor der ikke er "
        "et."
    ),
    "second_goal_needs_reason": _l(
        "Der er allerede et mål i gang. Skriv kort, hvorfor der skal to til på samme tid."
    ),
    "edited_meanwhile": _l(
        "En kollega har gemt i mellemtiden. Intet er overskrevet. Se begge tekster herunder, saml "
        "dem, og gem igen."
    ),
    "already_saved": _l(
        "Det er allerede gemt, men med noget andet i. Det første er bevaret. Gå tilbage, og ret "
        "det dér."
    ),
    "order_archived": _l(
        "Bestillingen er lagt væk, så der kan ikke skrives i den mere. Alt er bevaret. Tag den "
        "frem igen først."
    ),
    "file_empty": _l("Filen er tom. Intet er gemt. Åbn den på din egen skærm, og vælg den igen."),
    "file_too_large": _l(
        "Filen fylder mere end 20 MB. Intet er gemt. Vælg en mindre fil, eller del den i to."
    ),
    "file_kind_unknown": _l(
        "Den slags fil kan vi ikke tage imod. Intet er gemt. Vælg en PDF, et Word-dokument (.docx) "
        "eller et billede (JPEG, PNG eller WebP)."
    ),
    "file_not_what_it_says": _l(
        "Filen er noget andet, end dens navn siger. Intet er gemt. Gem den igen fra det program, "
        "den kommer fra, og vælg den så."
    ),
    "file_broken": _l(
        "Filen kan ikke åbnes, eller der mangler noget af den. Intet er gemt. Gem den igen fra det "
        "program, den kommer fra, og vælg den så."
    ),
    "file_has_macros": _l(
        "Dokumentet indeholder små programmer (makroer). Dem tager vi ikke imod, og intet er gemt. "
        "Gem det som PDF, og vælg det så."
    ),
    "picture_missing": _l(
        "Billedet ligger ikke, hvor det skal. Registreringen er bevaret. Sig det til din leder."
    ),
    "file_missing": _l(
        "Filen ligger ikke, hvor den skal. Resten af bestillingen er bevaret. Sig det til din "
        "leder, og bed kommunen om papiret igen."
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
    "value_missing": _l("Skriv eller vælg, hvad du så på tegnet. Intet er gemt endnu."),
    "value_unfit": _l(
        "Det passer ikke til tegnet. Ret det, eller tag det væk, hvis tegnet ikke var der. Intet "
        "er gemt endnu."
    ),
    "support_missing": _l("Vælg, hvordan du hjalp. Intet er gemt endnu."),
    "target_unfit": _l(
        "Udgangspunktet eller det, vi går efter, passer ikke til måden, tegnet måles på. Ret "
        "tallet. Intet er gemt endnu."
    ),
    "target_against_direction": _l(
        "Det, vi går efter, ligger den modsatte vej af den, I har valgt. Byt om på tallene, eller "
        "vælg den anden vej. Intet er gemt endnu."
    ),
    "gas_levels_missing": _l("Skriv en sætning for hvert af de fem trin. Intet er gemt endnu."),
    "steps_missing": _l("Skriv mindst to trin. Intet er gemt endnu."),
    "intervention_not_running": _l(
        "Tiltaget er ikke i gang lige nu, så det kan ikke registreres som udført. Alt fra før er "
        "bevaret. Hent siden igen for at se planen."
    ),
    "too_late_to_take_back": _l(
        "Der er gået mere end 10 sekunder, så tiltaget bliver stående som udført. Sig det til "
        "kontaktteamet, hvis det ikke passer."
    ),
    "email_unfit": _l("Det ligner ikke en e-mailadresse. Skriv den som navn@sted.dk."),
    "email_taken": _l(
        "En anden har allerede den e-mailadresse. Intet er gemt. Se listen over medarbejdere, også "
        "dem, der er stoppet."
    ),
    "password_too_easy": _l(
        "Den adgangskode er for nem at gætte. Tre-fire ord, som kun du ville sætte sammen, er "
        "nemme at huske og svære at gætte."
    ),
    "password_unfit": _l(
        "Adgangskoden skal være på mellem 12 og 200 tegn. Tre-fire ord, som kun du ville sætte "
        "sammen, er nemme at huske og svære at gætte."
    ),
    "role_not_yours": _l(
        "Kun en administrator gør nogen til leder eller administrator. Intet er ændret."
    ),
    "department_missing": _l(
        "Vælg mindst én af de afdelinger, du selv har. Uden en afdeling ser man ingen borgere."
    ),
    "not_yours_to_manage": _l(
        "Kollegaen ser mere end dine afdelinger, så det er en administrator, der retter. Intet er "
        "ændret."
    ),
    "not_on_yourself": _l(
        "Du kan ikke ændre din egen rolle eller lukke dig selv ude. Bed en anden administrator om "
        "det. Intet er ændret."
    ),
    "last_admin": _l(
        "Det er den eneste administrator. Gør en anden til administrator først. Intet er ændret."
    ),
    "staff_deactivated": _l(
        "Kollegaen er stoppet og kan ikke få et link. Luk op for kollegaen igen først."
    ),
    "contact_team_unfit": _l(
        "Vælg en til fire kolleger fra borgerens afdeling. Intet er ændret endnu."
    ),
    "invitation_over": _l(
        "Linket virker ikke mere. Det er brugt, ældre end 7 dage, eller der er lavet et nyt. Bed "
        "din leder om et nyt link."
    ),
    "department_taken": _l("Der er allerede en afdeling med det navn. Vælg et andet."),
    "department_in_use": _l(
        "Afdelingen kan ikke fjernes, så længe den har kolleger, borgere eller tablets. Flyt dem "
        "først. Intet er ændret."
    ),
    "shift_missing": _l("Skriv mindst én vagt. Er der kun én, varer den hele døgnet."),
    "shifts_begin_together": _l("To vagter begynder på samme tid. Ret den ene."),
    "home_exists": _l(
        "Huset er allerede sat op af en anden. Intet af dit er gemt. Log ind i stedet."
    ),
    "setup_code_wrong": _l(
        "Koden passer ikke. Den står i det vindue, hvor Småtegn blev startet. Startes Småtegn "
        "igen, gælder kun den nye kode."
    ),
    "wrong_code": _l(
        "Koden passer ikke. Vent på den næste i appen, og prøv igen. Har du prøvet mange gange, så "
        "vent lidt."
    ),
    "second_factor_on": _l(
        "Du logger allerede ind i to trin. Slå det fra først, hvis du har fået ny telefon."
    ),
    "set_up_too_old": _l(
        "Siden har stået åben for længe. Intet er ændret. Hent siden igen, og scan den nye kode."
    ),
    "picture_unfit": _l(
        "Filen er ikke et billede, vi kan vise, eller det har over 50 millioner billedpunkter. "
        "Vælg et andet billede, eller tag et nyt. Intet er gemt."
    ),
    "picture_too_large": _l("Billedet er for stort. Det må højst fylde 25 MB. Intet er gemt."),
    "clip_too_large": _l("Klippet fylder for meget. Film kortere, og prøv igen. Intet er gemt."),
    "clip_unknown": _l(
        "Filen er ikke et klip, vi kan vise. Film med tablettens eller telefonens eget kamera: "
        "MP4, MOV, WebM og 3GP går an. Intet er gemt."
    ),
    "clip_broken": _l("Klippet kunne ikke læses, eller noget af det mangler. Film det igen."),
    "clip_still": _l("Der er ingen levende billeder i filen. Film trinet, eller tag et billede."),
    "clip_long": _l("Klippet er for langt. Film kun det ene trin."),
    "clip_large": _l("Klippet er filmet større, end vi kan åbne. Film det i højst 4K."),
    "picture_needs_consent": _l(
        "Der er ikke givet samtykke til billeder af borgeren i instruktioner. Tag et billede af "
        "hænder og ting, eller skriv samtykket ind først. Intet er gemt."
    ),
    "steps_differ": _l(
        "Tegnet og instruktionen har ikke lige mange trin. Ret trinene det ene sted, og vælg igen. "
        "Intet er ændret."
    ),
    "sign_has_no_faces": _l(
        "Tegnet kan ikke besvares med ansigterne. Vælg et, der måles i borgerens egen smiley. "
        "Intet er ændret."
    ),
    "step_time_unfit": _l("Vælg en af tiderne på listen. Intet er ændret."),
    "step_shows_nothing": _l(
        "Trinet har ikke noget billede eller klip mere. Gå tilbage, og vælg et. Intet er gemt."
    ),
    "step_description_unfit": _l(
        "Beskrivelsen er for lang. Gå tilbage, og skriv det vigtigste, højst 200 tegn. "
        "Intet er gemt."
    ),
    "pictogram_missing": _l(
        "Piktogrammet findes ikke mere. Gå tilbage, og vælg et andet. Intet er gemt."
    ),
    "pictogram_is_svg": _l(
        "Filen er en SVG, og den kan vi ikke tage. Åbn den i et tegneprogram, gem den som PNG, og "
        "vælg den. Intet er gemt."
    ),
    "pictogram_name_taken": _l(
        "I har allerede et piktogram med det navn. Giv det et andet navn, eller fjern det gamle "
        "først. Intet er gemt."
    ),
    "pictogram_in_use": _l(
        "Piktogrammet bruges på et trin og kan ikke fjernes. Giv trinet et andet først. Intet er "
        "ændret."
    ),
    "voice_too_large": _l("Optagelsen er for stor. Den må højst fylde 10 MB. Intet er gemt."),
    "voice_long": _l("Optagelsen varer over et minut. Sig kun trinets sætning. Intet er gemt."),
    "voice_unreadable": _l(
        "Der er ingen lyd, vi kan høre, i filen. Tal sætningen ind igen. Intet er gemt."
    ),
    "pin_unfit": _l("En PIN er seks tal. Skriv seks tal, som kun du kender."),
    "pin_too_easy": _l(
        "Den PIN er for nem at gætte. Vælg en, der hverken er en dato, et mønster eller tal i "
        "rækkefølge."
    ),
    "nothing_to_check": _l(
        "Der er ingen opslag at kontrollere siden sidste kontrol. Intet er ændret. Prøv igen "
        "senere."
    ),
    "check_finished": _l("Kontrollen er afsluttet og bliver stående, som den er. Intet er ændret."),
    "check_outcome_missing": _l(
        "Vælg et resultat for hvert opslag, før du afslutter. Det, du har valgt, er ikke gemt "
        "endnu."
    ),
    "check_words_missing": _l(
        "Skriv kort, hvad der ikke er i orden. Det, du har valgt, er ikke gemt endnu."
    ),
    "log_too_long": _l(
        "Listen er for lang til en PDF. Vælg en kortere periode, eller hent den som regneark."
    ),
    "provider_down": _l(
        "Kommunens login svarer ikke lige nu. Intet er ændret. Prøv igen om lidt, eller log ind "
        "med e-mail og adgangskode."
    ),
    "provider_refused": _l(
        "Vi kunne ikke logge dig ind med kommunens login. Intet er ændret. Begynd forfra, og sig "
        "det til din leder, hvis det sker igen."
    ),
    "provider_account_unknown": _l(
        "Din konto hos kommunen er ikke koblet til dig i Småtegn. Log ind med e-mail og "
        "adgangskode, og kobl den til under Min konto."
    ),
    "provider_account_taken": _l(
        "Kontoen hos kommunen er koblet til en kollega. Intet er ændret. Sig det til din leder."
    ),
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
    "unknown_host": _l(
        "Småtegn kender ikke den adresse, du har skrevet. Intet er gemt. Brug den adresse, din "
        "leder har givet dig."
    ),
    "too_many": _l("Det var for mange forsøg på kort tid. Intet er gemt. Vent lidt, og prøv igen."),
    "too_large": _l(
        "Det er for meget på én gang. Intet er gemt. Gør teksten kortere, eller vælg en mindre fil."
    ),
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

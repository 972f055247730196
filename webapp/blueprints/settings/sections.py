"""What can be set, in the order it is shown. A new section is one line here."""

from dataclasses import dataclass
from typing import Final

from webapp.domain.permissions import Permission, allows
from webapp.i18n import lazy as _l
from webapp.models import Role


@dataclass(frozen=True, slots=True)
class Section:
    """One line of the list.

    Attributes:
        endpoint: Its page; the route takes no values.
        permission: The one its page asks for.
        title: One or two words.
        words: What one does there, in a sentence.
    """

    endpoint: str
    permission: Permission
    title: str
    words: str


SECTIONS: Final = (
    Section(
        "staff.index",
        Permission.MANAGE_STAFF,
        _l("Medarbejdere"),
        _l("Inviter kolleger, giv dem rolle og afdeling, og luk for dem, der stopper."),
    ),
    Section(
        "devices.index",
        Permission.MANAGE_TABLETS,
        _l("Tablets"),
        _l("Tilføj en fælles tablet, lås den op, eller fjern den, hvis den er væk."),
    ),
    Section(
        "profiles.new",
        Permission.MANAGE_CITIZENS,
        _l("Ny borger"),
        _l("Skriv en borger ind, der flytter ind i en af dine afdelinger."),
    ),
    Section(
        "pictograms.index",
        Permission.MANAGE_PICTOGRAMS,
        _l("Husets piktogrammer"),
        _l("Læg jeres egne piktogrammer ind, så alle kan vælge dem til trinene."),
    ),
    Section(
        "audit.index",
        Permission.READ_LOG,
        _l("Logkontrol"),
        _l("Se, hvem der har set og gjort hvad, og tag stikprøver."),
    ),
    Section(
        "emergency.index",
        Permission.READ_EMERGENCIES,
        _l("Adgang i en nødsituation"),
        _l("Læs, hvem fra andre afdelinger der har åbnet jeres borgere, og hvorfor."),
    ),
    Section(
        "sync.index",
        Permission.REVIEW_ENTRIES,
        _l("Kom senere fra tablets"),
        _l("Se på det, der blev registreret uden net, og som der er tvivl om."),
    ),
    Section(
        "departments.index",
        Permission.MANAGE_HOME,
        _l("Afdelinger"),
        _l("Tilføj afdelinger, og giv dem navn."),
    ),
    Section(
        "settings.edit_shifts",
        Permission.MANAGE_HOME,
        _l("Vagter"),
        _l("Hvornår dagvagt, aftenvagt og nattevagt begynder hos jer."),
    ),
    Section(
        "settings.edit_home",
        Permission.MANAGE_HOME,
        _l("Tilbuddet"),
        _l("Navn, hvornår en tablet låser, og hvem der skal logge ind i to trin."),
    ),
)


def sections_for(role: Role) -> list[Section]:
    """Return the sections a role may open; may be empty."""
    return [section for section in SECTIONS if allows(role, section.permission)]

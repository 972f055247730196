"""What is wrong with a row of a list, in words."""

from typing import Final

from webapp.domain.pictogram_list import RowProblem
from webapp.i18n import lazy as _l

ROW_PROBLEMS: Final = {
    RowProblem.NO_FILE: _l("Filens navn mangler i første kolonne."),
    RowProblem.FILE_MISSING: _l("Filen er ikke blandt de billeder, du valgte."),
    RowProblem.NO_NAME: _l("Navnet mangler i anden kolonne."),
    RowProblem.NAME_TOO_LONG: _l("Navnet er for langt. Skriv højst 40 tegn."),
    RowProblem.NAME_TWICE: _l("Navnet står flere gange på listen."),
    RowProblem.NAME_TAKEN: _l("I har allerede et piktogram med det navn."),
    RowProblem.WORDS_TOO_LONG: _l("Teksten er for lang. Skriv højst 200 tegn."),
    RowProblem.NO_SOURCE: _l("Licensen mangler i fjerde kolonne."),
    RowProblem.FILE_IS_SVG: _l("Filen er en SVG. Gem den som PNG."),
    RowProblem.FILE_UNFIT: _l("Filen er ikke et billede, vi kan vise, eller den er over 5 MB."),
}

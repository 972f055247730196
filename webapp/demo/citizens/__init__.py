"""The nine who live at Solsikken. One module a person, as one plan is one person's."""

from webapp.demo.citizens.amina import AMINA
from webapp.demo.citizens.freja import FREJA
from webapp.demo.citizens.jens_ole import JENS_OLE
from webapp.demo.citizens.karen import KAREN
from webapp.demo.citizens.malik import MALIK
from webapp.demo.citizens.mikkel import MIKKEL
from webapp.demo.citizens.poul import POUL
from webapp.demo.citizens.sofie import SOFIE
from webapp.demo.citizens.villads import VILLADS

ADULTS = (SOFIE, MIKKEL, KAREN, JENS_OLE, AMINA, POUL)
CHILDREN = (FREJA, MALIK, VILLADS)
CITIZENS = (*ADULTS, *CHILDREN)

__all__ = ["ADULTS", "CHILDREN", "CITIZENS"]

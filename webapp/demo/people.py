"""The twelve who work at Solsikken. The first six are the personas of the tests."""

from webapp.demo.shapes import LAERKEREDEN, SOENDERMARKEN, Person
from webapp.models import Role
from webapp.services import pins, sign_in

DEMO_PASSWORD = sign_in.DEMO_PASSWORD
DEMO_PIN = pins.DEMO_PIN

BOTH = (SOENDERMARKEN, LAERKEREDEN)

ANNA = Person(
    first_name="Anna",
    last_name="Madsen",
    email="anna@solsikken.example",
    departments=(SOENDERMARKEN,),
    rota="DDAA---D-AA-DD",
)
BO = Person(
    first_name="Bo",
    last_name="Christensen",
    email="bo@solsikken.example",
    departments=(SOENDERMARKEN,),
    rota="A-DDAAA-DDAA--",
)
CARL = Person(
    first_name="Carl",
    last_name="Johansen",
    email="carl@solsikken.example",
    departments=(LAERKEREDEN,),
    rota="-DDAA--A-DDAAA",
)
DITTE = Person(
    first_name="Ditte",
    last_name="Rasmussen",
    email="ditte@solsikken.example",
    departments=BOTH,
    role=Role.MANAGER,
)
ERIK = Person(
    first_name="Erik",
    last_name="Thomsen",
    email="erik@solsikken.example",
    departments=BOTH,
    role=Role.FACILITATOR,
    rota="-D-D---D--DD--",
)
FRIDA = Person(
    first_name="Frida",
    last_name="Møller",
    email="frida@solsikken.example",
    departments=(),
    role=Role.ADMIN,
)

GITTE = Person(
    first_name="Gitte",
    last_name="Andersen",
    email="gitte@solsikken.example",
    departments=BOTH,
    rota="-------NNNNNNN",
)
HASSAN = Person(
    first_name="Hassan",
    last_name="Demir",
    email="hassan@solsikken.example",
    departments=(SOENDERMARKEN,),
    rota="-AAAA--AA--AAA",
)
IDA = Person(
    first_name="Ida",
    last_name="Poulsen",
    email="ida@solsikken.example",
    departments=(LAERKEREDEN,),
    rota="DD-DDDD-DDDD--",
)
JOERGEN = Person(
    first_name="Jørgen",
    last_name="Dam",
    email="joergen@solsikken.example",
    departments=BOTH,
    rota="NNNNNNN-------",
)
KASPER = Person(
    first_name="Kasper",
    last_name="Holm",
    email="kasper@solsikken.example",
    departments=(LAERKEREDEN,),
    rota="AAA--AA-AAA---",
)
LINH = Person(
    first_name="Linh",
    last_name="Nguyen",
    email="linh@solsikken.example",
    departments=BOTH,
    rota="-A--DDD-A---DD",
)

PERSONAS = (ANNA, BO, CARL, DITTE, ERIK, FRIDA)
PEOPLE = (*PERSONAS, GITTE, HASSAN, IDA, JOERGEN, KASPER, LINH)

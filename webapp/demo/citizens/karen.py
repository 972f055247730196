"""Karen, who lays the table. The table was moved ten weeks ago: a dip that comes back."""

from datetime import time

from webapp.demo.people import ANNA, BO
from webapp.demo.shapes import (
    SOENDERMARKEN,
    Absence,
    DemoCitizen,
    DemoGoal,
    DemoIntervention,
    DemoSign,
    Note,
    Rhythm,
    Window,
)
from webapp.models import CitizenKind, Outcome, Sense

TABLE = DemoGoal(
    key="karen-bord",
    text="Karen dækker bord til seks, før vi spiser aftensmad, mindst fire aftener om ugen.",
    short_text="Dækker bord til aftensmad",
    starts_weeks_ago=26,
    ends_in_months=3,
    signs=(
        DemoSign(text="Karen kommer ud i køkkenet, når klokken ringer"),
        DemoSign(text="Karen tager tallerkenerne ned fra den lave hylde"),
        DemoSign(text="Karen stiller en tallerken ved hver stol"),
        DemoSign(text="Karen lægger kniv og gaffel ved alle seks tallerkener"),
        DemoSign(text="Karen kalder de andre til bords", sense=Sense.HEAR),
    ),
    interventions=(
        DemoIntervention(
            title="Samme vej rundt om bordet",
            approach="Sæt seks tallerkener på den lave hylde, og stil rullebordet til venstre for "
            "Karen. Begynd hver aften ved stolen under vinduet, og gå samme vej rundt. Hold dig "
            "et skridt bag hende, og tag kun over, hvis hun beder om det.",
            when_and_where="I spisestuen klokken 17",
        ),
        DemoIntervention(
            title="Dækkeservietter med omrids",
            approach="Karen lægger de seks dækkeservietter ud. Omridset viser, hvor tallerken, "
            "kniv og gaffel skal ligge. Ligger noget et andet sted, så peg på omridset, og vent.",
            when_and_where="På spisebordet, før tallerkenerne kommer frem",
        ),
        DemoIntervention(
            title="Klokken i køkkenet",
            approach="Ring én gang uden at sige noget. Karen kender klokken fra skolekøkkenet.",
            when_and_where="I køkkenet, kvart i fem",
        ),
    ),
    rhythm=Rhythm(
        windows=(Window(opens=time(16, 55), closes=time(17, 50)),),
        curve=((26, 1.2), (10.6, 3.8), (10.2, 0.1), (8.5, 0.7), (3, 3.5), (0, 4.2)),
        weekday=0.87,
        weekend=0.74,
    ),
    notes=(
        Note(weeks_ago=24, sign=1, text="Kom, da klokken ringede, og tog forklædet på."),
        Note(
            weeks_ago=18,
            sign=3,
            outcome=Outcome.PARTLY,
            text="Fire tallerkener kom på plads. Så satte hun sig, og jeg tog de sidste to.",
        ),
        Note(weeks_ago=13, sign=4, text="Lagde bestik til alle seks og rettede på mit."),
        Note(
            weeks_ago=10.2,
            outcome=Outcome.NOT_SEEN,
            text="Bordet er flyttet. Karen gik derhen, hvor det plejer at stå, og så ind i stuen.",
        ),
        Note(weeks_ago=8.5, sign=1, text="Blev stående i døren til spisestuen og kiggede ind."),
        Note(
            weeks_ago=6,
            sign=3,
            outcome=Outcome.PARTLY,
            text="Begyndte ved vinduet og nåede halvvejs rundt om bordet.",
        ),
        Note(weeks_ago=3, sign=3, text="Gik hele bordet rundt uden at stoppe."),
        Note(weeks_ago=1.2, sign=5, text="“Så er der mad!” Alle seks sad ned to minutter efter."),
        Note(weeks_ago=0.6, sign=2, text="Har sovet kort i nat. Tog tallerkenerne to ad gangen."),
    ),
)

KAREN = DemoCitizen(
    first_name="Karen",
    last_name="Lauritsen",
    kind=CitizenKind.ADULT,
    department=SOENDERMARKEN,
    contact_team=(ANNA, BO),
    what_helps="Giv hende god tid. Stil tingene til venstre for hende.",
    context="Karen er 58 år og har stået i spidsen for et skolekøkken i tyve år. Hun ved, hvordan "
    "et bord skal se ud, og når hun kalder, kommer de andre. Hun bruger mest venstre hånd og "
    "finder først det, der står til venstre for hende. Ordene kommer, når hun får tid. Karen har "
    "selv foreslået målet, fordi hun vil have noget at stå for i huset igen. For et par måneder "
    "siden blev spisebordet flyttet, og hun er ved at lære den nye vej fra køkkenet.",
    goals=(TABLE,),
    absences=(
        Absence(days_ago=112, days=7, from_monday=True, note="På højskolekursus hele ugen."),
        Absence(days_ago=32, days=3, note="Har feber og spiser på sit værelse."),
    ),
)

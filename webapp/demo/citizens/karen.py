"""Karen, who lays the table. The table was moved ten weeks ago: a dip that comes back."""

from datetime import time

from webapp.demo.people import ANNA, BO
from webapp.demo.shapes import (
    SOENDERMARKEN,
    Absence,
    Before,
    DemoCitizen,
    DemoContact,
    DemoGoal,
    DemoIntervention,
    DemoOrder,
    DemoOrderGoal,
    DemoPlan,
    DemoProfile,
    DemoSign,
    Note,
    Pause,
    Rhythm,
    Window,
)
from webapp.models import CitizenKind, ContactKind, OrderKind, Outcome, Participation, Sense

TABLE = DemoGoal(
    key="karen-bord",
    text="Karen dækker bord til seks, før vi spiser aftensmad, mindst fire aftener om ugen.",
    short_text="Dækker bord til aftensmad",
    starts_weeks_ago=26,
    ends_in_months=3,
    theme="praktiske-opgaver",
    participation=Participation.WROTE,
    participation_words="Karen sagde det selv: “Jeg vil dække bord.” Hun ville, at det er til "
    "aftensmad, for da er vi flest.",
    others_took_part="Hendes mand var med til mødet. Anna og Bo skrev målet med Karens ord.",
    partner_involved=True,
    partner_words="Ergoterapeut Signe Bak kommer hver anden fredag og viser os, hvordan begge "
    "hænder kan være med.",
    revise_in_weeks=5,
    signs=(
        DemoSign(text="Karen kommer ud i køkkenet, når klokken ringer", baseline=5, target=6),
        DemoSign(text="Karen tager tallerkenerne ned fra den lave hylde", baseline=4, target=6),
        DemoSign(text="Karen stiller en tallerken ved hver stol", baseline=0, target=5),
        DemoSign(
            text="Karen lægger kniv og gaffel ved alle seks tallerkener",
            baseline=0,
            target=4,
            before=Before(
                text="Karen lægger bestik ved tallerkenerne",
                days_ago=2,
                why="Vi trykkede ikke ens i sidste uge. Nu står der, hvad bestik er, og "
                "at det er alle seks.",
                by=ANNA,
            ),
        ),
        DemoSign(text="Karen kalder de andre til bords", baseline=0, target=4, sense=Sense.HEAR),
    ),
    interventions=(
        DemoIntervention(
            title="Samme vej rundt om bordet",
            approach="Fast rækkefølge: Hånden husker vejen, når den er ens hver aften.",
            practice="Sæt seks tallerkener på den lave hylde, og stil rullebordet til venstre for "
            "Karen. Begynd hver aften ved stolen under vinduet, og gå samme vej rundt. Hold dig "
            "et skridt bag hende, og tag kun over, hvis hun beder om det.",
            who="Den, der har aftenvagt og laver mad.",
            when_and_where="I spisestuen klokken 17",
            materials="Seks tallerkener på den lave hylde og rullebordet til venstre.",
            steps=(
                "Tag tallerkenerne ned.",
                "Sæt dem på rullebordet.",
                "Begynd ved stolen under vinduet.",
                "Sæt en tallerken ved hver stol.",
                "Læg kniv og gaffel.",
                "Kald de andre til bords.",
            ),
        ),
        DemoIntervention(
            title="Dækkeservietter med omrids",
            approach="Visuel støtte: Omridset viser pladsen uden ord.",
            practice="Karen lægger de seks dækkeservietter ud. Omridset viser, hvor tallerken, "
            "kniv og gaffel skal ligge. Ligger noget et andet sted, så peg på omridset, og vent.",
            who="Den, der dækker bord sammen med Karen.",
            when_and_where="På spisebordet, før tallerkenerne kommer frem",
            materials="Seks dækkeservietter. De ligger i den øverste skuffe til venstre.",
            paused=Pause(
                weeks_ago=3,
                why="Karen lægger nu bestikket på plads de fleste aftener. Vi prøver en måned "
                "uden omrids.",
                by=BO,
            ),
        ),
        DemoIntervention(
            title="Klokken i køkkenet",
            approach="En lyd i stedet for ord: Klokken siger, at det er nu.",
            practice="Ring én gang uden at sige noget. Karen kender klokken fra skolekøkkenet.",
            who="Den, der laver mad.",
            when_and_where="I køkkenet, kvart i fem",
            materials="Messingklokken ved køkkendøren.",
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
    plan=DemoPlan(
        resources="Karen har stået i spidsen for et skolekøkken i tyve år og ved, hvordan et bord "
        "skal se ud. Med venstre hånd løfter og bærer hun selv. Når hun kalder, kommer de andre.",
        challenge="Karen ser sjældent det, der står til højre for hende. Står møblerne et nyt "
        "sted, går hun derhen, hvor de plejede at stå. Ordene kommer først, når de andre holder "
        "inde.",
        needs="Karen har brug for tingene til venstre og for den samme vej rundt hver aften. Hun "
        "har brug for, at vi venter, til hun selv beder om hjælp.",
        frame="Vi dækker til seks klokken 17. Én kollega går et skridt bag Karen. Tallerkenerne "
        "står på den lave hylde, og rullebordet står ved siden af.",
        earlier_experience="Karen har foldet servietter hver søndag og selv lagt dem rundt. Dér "
        "så vi, at hun kan følge en fast vej. Når vi har sagt “til højre” og peget, er hun gået i "
        "stå.",
        theme="praktiske-opgaver",
        evaluator=BO,
        evaluation_months=4,
        evaluated_weeks_ago=9,
        evaluated_in_weeks=8,
        context_before=Before(
            days_ago=63,
            why="Spisebordet er flyttet, og Karen lærer en ny vej. Det skal stå i planen.",
            by=BO,
            text="Karen er 58 år og har stået i spidsen for et skolekøkken i tyve år. Hun ved, "
            "hvordan et bord skal se ud, og når hun kalder, kommer de andre. Hun bruger mest "
            "venstre hånd og finder først det, der står til venstre for hende. Ordene kommer, når "
            "hun får tid. Karen har selv foreslået målet, fordi hun vil have noget at stå for i "
            "huset igen.",
        ),
    ),
    profile=DemoProfile(
        age=58,
        birthday=(1, 28),
        months_here=19,
        legal_ground="sel-108",
        municipality="Randers",
        languages="Dansk",
        what_to_avoid="At flytte det, hun selv har stillet frem.",
    ),
    contacts=(
        DemoContact(
            kind=ContactKind.RELATIVE,
            name="Henning Lauritsen",
            phone="00 00 00 07",
            how_reached="Ring på mobilen når som helst.",
            may_share="Alt. Han er hendes mand og med til alle møder.",
        ),
        DemoContact(
            kind=ContactKind.CASEWORKER,
            name="Mette Kold",
            organisation="Handicap og genoptræning",
            phone="00 00 00 08",
            email="mette.kold@kommune.example",
            how_reached="Ring mandag til onsdag.",
            may_share="Mål, status og møder.",
        ),
        DemoContact(
            kind=ContactKind.OTHER,
            name="Ergoterapeut Signe Bak",
            organisation="Genoptræningscentret",
            phone="00 00 00 09",
            how_reached="Kommer hver anden fredag.",
            may_share="Hvad hånden kan, og hvad der er flyttet i huset.",
        ),
    ),
    order=DemoOrder(
        kind=OrderKind.ACTION_PLAN,
        purpose="Karen skal bruge det, hun kan, i et hjem hvor hun har opgaver, og "
        "holde fast i brugen af begge hænder.",
        caseworker="Mette Kold",
        starts_months_ago=7,
        goals=(
            DemoOrderGoal(text="Karen har en fast opgave i huset hver dag.", goals=("karen-bord",)),
            DemoOrderGoal(text="Karen bruger højre hånd som støtte i to daglige gøremål."),
            DemoOrderGoal(text="Karen fortæller selv, hvad hun vil have at spise."),
        ),
    ),
    goals=(TABLE,),
    absences=(
        Absence(days_ago=112, days=7, from_monday=True, note="På højskolekursus hele ugen."),
        Absence(days_ago=32, days=3, note="Har feber og spiser på sit værelse."),
    ),
)

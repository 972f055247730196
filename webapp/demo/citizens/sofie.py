"""Sofie, who thinks in pictures and learns to brush her teeth with six of them."""

from datetime import time

from webapp.demo.people import ANNA, HASSAN
from webapp.demo.shapes import (
    SOENDERMARKEN,
    Absence,
    DemoCitizen,
    DemoContact,
    DemoGoal,
    DemoIntervention,
    DemoOrder,
    DemoOrderGoal,
    DemoProfile,
    DemoSign,
    Note,
    Rhythm,
    Window,
)
from webapp.models import CitizenKind, ContactKind, OrderKind, Outcome, Sense

TEETH = DemoGoal(
    key="sofie-taender",
    text="Sofie børster selv sine tænder om aftenen efter seks billeder, mindst fem aftener om "
    "ugen.",
    short_text="Børster tænder med billeder",
    starts_weeks_ago=25,
    ends_in_months=4,
    signs=(
        DemoSign(text="Sofie går med ud på badeværelset"),
        DemoSign(text="Sofie selv tager tandbørsten, når hun ser billede 1"),
        DemoSign(text="Sofie selv fører børsten rundt i munden ved billede 3, 4 og 5"),
        DemoSign(text="Sofie siger “færdig” ved billede 6", sense=Sense.HEAR),
    ),
    interventions=(
        DemoIntervention(
            title="Tandbørstning om aftenen",
            approach="De seks billeder hænger ved spejlet i Sofies øjenhøjde. Vis ét billede ad "
            "gangen, peg én gang, og vent, til Sofie selv rækker ud. Stå ved siden af hende, så I "
            "begge kan se billederne. Når hun er færdig, vender hun selv det sidste billede.",
            when_and_where="Hver aften mellem 19.30 og 21.30 på Sofies badeværelse",
        ),
        DemoIntervention(
            title="Kortet med tandbørsten",
            approach="Sig Sofies navn, og giv hende kortet i hånden. Hun bærer det selv med ud og "
            "sætter det op ved spejlet. Bliver kortet liggende, så vent ti minutter, og prøv igen.",
            when_and_where="I stuen, ti minutter før tandbørstningen",
        ),
    ),
    rhythm=Rhythm(
        windows=(Window(opens=time(19, 30), closes=time(21, 20)),),
        curve=((25, 0.6), (16, 1.3), (8, 2.1), (0, 2.9)),
        weekday=0.88,
        weekend=0.74,
        only_first_sign_today=True,
    ),
    notes=(
        Note(weeks_ago=23, sign=1, text="Gik med, da hun fik kortet. Blev lidt stående i døren."),
        Note(weeks_ago=19, sign=1, text="Stod ved vasken, mens jeg satte billederne op."),
        Note(
            weeks_ago=15,
            sign=2,
            outcome=Outcome.PARTLY,
            text="Rakte ud efter børsten og trak hånden til sig, da jeg åbnede for vandet.",
        ),
        Note(
            weeks_ago=11, sign=2, text="Kiggede på billedet i et halvt minut, før hun tog børsten."
        ),
        Note(weeks_ago=7, sign=3, text="Børstede foroven i begge sider. Jeg pegede på billede 4."),
        Note(weeks_ago=5, sign=4, text="Sagde “færdig” og vendte selv billede 6."),
        Note(
            weeks_ago=4,
            outcome=Outcome.NOT_SEEN,
            text="Lagde kortet fra sig to gange og gik i seng. Jeg ventede ti minutter imellem.",
        ),
        Note(weeks_ago=1.2, sign=2, text="Tog børsten, før jeg nåede at vise billedet."),
        Note(weeks_ago=0.8, sign=3, text="Skiftede selv side, da hun så billede 4."),
    ),
)

SOFIE = DemoCitizen(
    first_name="Sofie",
    last_name="Bruun",
    kind=CitizenKind.ADULT,
    department=SOENDERMARKEN,
    contact_team=(ANNA, HASSAN),
    what_helps="Vis billedet først. Sig hendes navn roligt.",
    context="Sofie er 34 år og har et skarpt blik for billeder og rækkefølger. På hendes værelse "
    "hænger familiens fotos i den orden, hun selv har valgt. Hun taler med cirka tyve ord og med "
    "hænderne, og hun finder selv vej i hele huset. Tandbørstning har længe været noget, vi "
    "gjorde for hende, og hun har skubbet børsten væk, når det gik hurtigt. Sofie har selv taget "
    "billederne af de seks trin sammen med Anna. I bestillingen har Sofie og kommunen aftalt, at "
    "hun skal stå for mere af sin personlige pleje selv.",
    profile=DemoProfile(
        age=34,
        birthday=(4, 3),
        months_here=75,
        legal_ground="sel-108",
        municipality="Favrskov",
        languages="Dansk, tegn til tale og billeder",
        what_to_avoid="At tage hendes hånd eller børsten, før hun selv rækker frem.",
    ),
    contacts=(
        DemoContact(
            kind=ContactKind.RELATIVE,
            name="Birgit Bruun",
            phone="00 00 00 01",
            how_reached="Ring efter kl. 15. Hun kommer hver anden søndag.",
            may_share="Alt om hverdagen og målene. Det har Sofie sagt ja til.",
        ),
        DemoContact(
            kind=ContactKind.CASEWORKER,
            name="Lone Friis",
            organisation="Handicap og psykiatri",
            phone="00 00 00 02",
            email="lone.friis@kommune.example",
            how_reached="Ring tirsdag og torsdag formiddag.",
            may_share="Mål, status og møder.",
        ),
        DemoContact(
            kind=ContactKind.DAY_CENTRE,
            name="Værkstedet Gnisten",
            phone="00 00 00 03",
            how_reached="Ring mellem kl. 8 og 9, før de går i gang.",
            may_share="Om hun har sovet og spist, og hvilke billeder vi bruger.",
        ),
    ),
    order=DemoOrder(
        kind=OrderKind.ACTION_PLAN,
        purpose="Sofie skal have støtte til at stå for mere af sin hverdag selv. Der "
        "begyndes med den personlige pleje.",
        caseworker="Lone Friis",
        starts_months_ago=8,
        goals=(
            DemoOrderGoal(
                text="Sofie børster tænder om aftenen med mindre hjælp end i dag.",
                goals=("sofie-taender",),
            ),
            DemoOrderGoal(text="Sofie finder selv det tøj, der passer til vejret."),
            DemoOrderGoal(text="Sofie er med til at vælge, hvad hun skal i weekenden."),
        ),
    ),
    goals=(TEETH,),
    absences=(
        Absence(
            days_ago=98, days=7, from_monday=True, note="I sommerhus med sine forældre hele ugen."
        ),
        Absence(days_ago=40, days=2, note="Har ondt i halsen og ligger i sengen."),
        Absence(days_ago=3, days=1, note="Til fødselsdag hos sin søster. Sover der i nat."),
    ),
)

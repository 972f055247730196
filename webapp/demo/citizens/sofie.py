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
    DemoPlan,
    DemoProfile,
    DemoSign,
    Note,
    Rhythm,
    Window,
)
from webapp.models import CitizenKind, ContactKind, OrderKind, Outcome, Participation, Sense

TEETH = DemoGoal(
    key="sofie-taender",
    text="Sofie børster selv sine tænder om aftenen efter seks billeder, mindst fem aftener om "
    "ugen.",
    short_text="Børster tænder med billeder",
    starts_weeks_ago=25,
    ends_in_months=4,
    theme="egenomsorg",
    participation=Participation.CHOSE,
    participation_words="Vi lagde tre billeder frem: tøj, mad og tandbørste. Sofie tog det med "
    "tandbørsten to dage i træk og sagde “selv”.",
    others_took_part="Hendes mor fortalte, hvordan de gør derhjemme. Anna og Hassan skrev målet.",
    partner_involved=True,
    partner_words="Tandplejeren har vist os, hvordan børsten skal holdes, og ser Sofie igen til "
    "kontrol.",
    revise_in_weeks=5,
    signs=(
        DemoSign(text="Sofie går med ud på badeværelset", baseline=4, target=6),
        DemoSign(text="Sofie selv tager tandbørsten, når hun ser billede 1", baseline=1, target=5),
        DemoSign(
            text="Sofie selv fører børsten rundt i munden ved billede 3, 4 og 5",
            baseline=0,
            target=5,
        ),
        DemoSign(text="Sofie siger “færdig” ved billede 6", baseline=0, target=5, sense=Sense.HEAR),
    ),
    interventions=(
        DemoIntervention(
            title="Tandbørstning om aftenen",
            approach="Visuel støtte: Sofie ser hvert trin på et billede, før hun hører det.",
            practice="De seks billeder hænger ved spejlet i Sofies øjenhøjde. Vis ét billede ad "
            "gangen, peg én gang, og vent, til Sofie selv rækker ud. Stå ved siden af hende, så I "
            "begge kan se billederne. Når hun er færdig, vender hun selv det sidste billede.",
            who="Den, der har aftenvagt. Anna eller Hassan viser en vikar det første gang.",
            when_and_where="Hver aften mellem 19.30 og 21.30 på Sofies badeværelse",
            materials="Seks billeder ved spejlet, den blå tandbørste og tandpasta i kruset. "
            "Ekstra billeder ligger i skuffen.",
            steps=(
                "Tag tandbørsten.",
                "Kom tandpasta på.",
                "Børst forneden.",
                "Børst foroven.",
                "Børst fortil.",
                "Skyl, og sig “færdig”.",
            ),
        ),
        DemoIntervention(
            title="Kortet med tandbørsten",
            approach="Et kort i hånden: Det siger, hvad der sker om lidt, og går med hele vejen.",
            practice="Sig Sofies navn, og giv hende kortet i hånden. Hun bærer det selv med ud og "
            "sætter det op ved spejlet. Bliver kortet liggende, så vent ti minutter, og prøv igen.",
            who="Den, der sidder i stuen sammen med Sofie.",
            when_and_where="I stuen, ti minutter før tandbørstningen",
            materials="Kortet med tandbørsten. Det bor i kurven ved sofaen.",
            steps=(
                "Tag kortet.",
                "Gå ud på badeværelset.",
                "Sæt kortet op ved spejlet.",
            ),
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
    plan=DemoPlan(
        resources="Sofie husker billeder, hun har set én gang, og lægger dem i rækkefølge. Hun "
        "finder selv vej i hele huset. Hun viser familiens fotos til alle, der kommer, og siger "
        "“færdig”, når noget er slut.",
        challenge="Når det går hurtigt på badeværelset, skubber Sofie børsten væk og går ud. Når "
        "vandet løber, trækker hun hånden til sig. Så er det endt med, at vi har børstet for "
        "hende.",
        needs="Sofie har brug for at se billedet, før hun hører ordene. Hun har brug for ti "
        "sekunder til at svare og for én kollega ad gangen. Hun vil selv holde børsten.",
        frame="Én kollega er med på badeværelset mellem 19.30 og 21.30. Døren er lukket, og "
        "radioen er slukket. De seks billeder hænger ved spejlet, og kortet ligger i kurven i "
        "stuen.",
        earlier_experience="Vi har sunget den samme sang hver aften, mens vi børstede for hende. "
        "Hun blev stående, så længe sangen varede. Da vi viste en film på tabletten, så hun på "
        "filmen og lod børsten ligge.",
        theme="egenomsorg",
        evaluator=ANNA,
        evaluation_months=3,
        evaluated_weeks_ago=9,
        evaluated_in_weeks=4,
    ),
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

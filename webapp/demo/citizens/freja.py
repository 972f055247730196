"""Freja, who meets the world with her hands and asks for more music with a talking button."""

from datetime import time

from webapp.demo.people import IDA, KASPER
from webapp.demo.shapes import (
    LAERKEREDEN,
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
from webapp.models import (
    CitizenKind,
    ContactKind,
    Measure,
    OrderKind,
    Outcome,
    Participation,
    Sense,
)

MUSIC = DemoGoal(
    key="freja-musik",
    text="Freja beder om mere musik med sin talende knap, mindst fem dage om ugen.",
    short_text="Beder om mere musik med knappen",
    starts_weeks_ago=23,
    ends_in_months=5,
    theme="udvikling-og-adfaerd",
    participation=Participation.GUARDIANS,
    participation_words="Freja kan ikke sige, hvilket mål hun vil have, så hendes forældre har "
    "svaret. Vi prøvede tre slags musik, og hånden blev liggende ved den med bas.",
    others_took_part="Hendes forældre og musiklæreren, som har den samme knap.",
    partner_involved=True,
    partner_words="Talepædagogen har indstillet knappen. Musiklæreren bruger den i skolen.",
    revise_in_weeks=6,
    signs=(
        DemoSign(
            text="Freja holder sin hånd stille i vores, når musikken stopper",
            baseline=5,
            target=6,
            sense=Sense.FEEL,
            helped=False,
        ),
        DemoSign(
            text="Freja skubber mod knappen, når den ligger under hendes hånd",
            sense=Sense.FEEL,
            measure=Measure.COUNT,
            from_to=(2, 5),
            baseline=1,
            target=6,
        ),
        DemoSign(text="Freja selv flytter hånden hen på knappen", baseline=0, target=5),
        DemoSign(
            text="knappen siger “mere”, før der er gået ti sekunder",
            baseline=0,
            target=5,
            sense=Sense.HEAR,
        ),
    ),
    interventions=(
        DemoIntervention(
            title="Musik med pauser",
            approach="Pauser, der venter: Stilheden giver Freja tid til at bede om mere.",
            practice="Sæt musikken på, og læg din hånd under Frejas. Stop efter et halvt minut, "
            "og vent ti sekunder uden at sige noget. Start musikken igen ved det mindste tryk, "
            "også når knappen ikke siger noget. Seks pauser er nok.",
            who="Ida eller Kasper. Ellers den, der har aftenvagt.",
            when_and_where="I musikhjørnet, når Freja har hvilet sig efter skole",
            materials="Højttaleren, knappen og listen med seks numre.",
            steps=(
                "Mærk knappen.",
                "Lyt til musikken.",
                "Tryk, når den stopper.",
            ),
        ),
        DemoIntervention(
            title="Knappen samme sted",
            approach="Fast plads: Hånden finder det, der altid ligger samme sted.",
            practice="Knappen sidder fast til højre på bordpladen. Vis Frejas hånd vej hen til "
            "den, inden musikken begynder.",
            who="Den, der sætter bordet på kørestolen.",
            when_and_where="Ved bordet på Frejas kørestol",
            materials="Knappen, velcro og bordpladen. Opladeren hænger på gangen.",
        ),
    ),
    rhythm=Rhythm(
        windows=(Window(opens=time(15, 40), closes=time(17, 0)),),
        curve=((23, 0.6), (12, 1.1), (0, 2.3)),
        weekday=0.86,
        weekend=0.66,
    ),
    notes=(
        Note(weeks_ago=20, sign=1, text="Hånden lå helt stille, da bassen stoppede."),
        Note(
            weeks_ago=13, sign=1, text="Lod hånden ligge i min og vendte ansigtet mod højttaleren."
        ),
        Note(
            weeks_ago=9,
            sign=2,
            outcome=Outcome.PARTLY,
            text="Et lille tryk med to fingre. Knappen sagde ikke noget.",
        ),
        Note(weeks_ago=5, sign=2, text="Skubbede to gange lige efter hinanden."),
        Note(
            weeks_ago=2.5,
            sign=3,
            text="Flyttede hånden fra armlænet til knappen. Det tog cirka tyve sekunder.",
        ),
        Note(weeks_ago=0.7, sign=2, text="Trykkede og grinede højt, da bassen kom igen."),
    ),
)

FREJA = DemoCitizen(
    first_name="Freja",
    last_name="Hedegaard",
    kind=CitizenKind.CHILD,
    department=LAERKEREDEN,
    contact_team=(IDA, KASPER),
    what_helps="Rør ved hendes skulder, og sig, hvem du er. Vent på hendes hånd.",
    context="Freja er 13 år, hører helst musik med meget bas og griner højt, når den stopper "
    "brat. Hun undersøger alting med hænderne og kender os på stemmen og på vores ure og armbånd. "
    "Hun sidder i kørestol og ser lys og skygge. Hendes svar kommer, når man venter, og derfor "
    "når andre tit at gå videre, før hun har svaret. Målet er lavet sammen med Frejas forældre og "
    "hendes musiklærer, som bruger den samme knap i skolen. Barnets plan handler om, at Freja "
    "skal have flere måder at sige til på.",
    plan=DemoPlan(
        resources="Freja lytter med hele kroppen og griner højt, når musikken stopper brat. Hun "
        "kender os på stemmen og på vores ure. Hendes hænder undersøger alt, de kan nå.",
        challenge="Frejas svar kommer efter ti til tyve sekunder. Mange når at gå videre, før hun "
        "har svaret. Hun har få måder at bede om mere på, og de er lette at overse.",
        needs="Freja har brug for en pause, der er lang nok, og for at mærke en hånd, før der "
        "sker noget. Knappen skal ligge samme sted hver gang.",
        frame="Vi har tyve minutter i musikhjørnet, når hun har hvilet sig efter skole. Én voksen "
        "sidder ved hende. Knappen sidder fast på bordpladen.",
        earlier_experience="I skolen trykkede Freja på en stor rund knap, når trommen tav. En "
        "lille knap, som vi holdt frem, ramte hun ved siden af. Da knappen sad fast til højre, "
        "fandt hun den tredje dag.",
        theme="udvikling-og-adfaerd",
        evaluator=IDA,
        evaluation_months=3,
        evaluated_weeks_ago=8,
        evaluated_in_weeks=5,
    ),
    profile=DemoProfile(
        age=13,
        birthday=(8, 30),
        months_here=52,
        legal_ground="bl-46",
        municipality="Skanderborg",
        languages="Dansk, lyde og bevægelse",
        what_to_avoid="At køre eller løfte hende, før hun har mærket din hånd.",
    ),
    contacts=(
        DemoContact(
            kind=ContactKind.CUSTODY_HOLDER,
            name="Trine og Jakob Hedegaard",
            phone="00 00 00 18",
            email="familien@hedegaard.example",
            how_reached="Ring på mobilen. Skriv hver fredag, hvad ugen har budt på.",
            may_share="Alt.",
        ),
        DemoContact(
            kind=ContactKind.SCHOOL,
            name="Bakkeskolen, musiklærer Mia Lindeskov",
            phone="00 00 00 19",
            email="mia@bakkeskolen.example",
            how_reached="Skriv i kontaktbogen.",
            may_share="Målet, knappen og hvordan natten har været.",
        ),
        DemoContact(
            kind=ContactKind.CASEWORKER,
            name="Ole Winther",
            organisation="Børn og familie",
            phone="00 00 00 20",
            email="ole.winther@kommune.example",
            how_reached="Ring tirsdag.",
            may_share="Mål, status og møder.",
        ),
    ),
    order=DemoOrder(
        kind=OrderKind.CHILDS_PLAN,
        purpose="Freja skal have flere måder at sige til på og et børneliv med venner,"
        " musik og bevægelse.",
        caseworker="Ole Winther",
        starts_months_ago=9,
        goals=(
            DemoOrderGoal(text="Freja siger til, når hun vil have mere.", goals=("freja-musik",)),
            DemoOrderGoal(text="Freja er sammen med et andet barn hver uge."),
            DemoOrderGoal(text="Freja er ude hver dag."),
        ),
    ),
    goals=(MUSIC,),
    absences=(
        Absence(days_ago=105, days=7, from_monday=True, note="På ferie med sine forældre."),
        Absence(days_ago=45, days=3, note="Har feber og ligger i sengen."),
        Absence(days_ago=9, days=1, note="Til tilpasning af kørestolen hele eftermiddagen."),
    ),
)

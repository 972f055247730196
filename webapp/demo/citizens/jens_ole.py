"""Jens Ole, whose goal is to keep walking; a flat curve is success. His first goal is closed."""

from datetime import time

from webapp.demo.people import BO, HASSAN
from webapp.demo.shapes import (
    SOENDERMARKEN,
    Absence,
    Closing,
    DemoCitizen,
    DemoContact,
    DemoGoal,
    DemoIntervention,
    DemoOrder,
    DemoOrderGoal,
    DemoPlan,
    DemoProfile,
    DemoSign,
    DemoTemplate,
    Note,
    Rhythm,
    Window,
)
from webapp.models import (
    CitizenKind,
    ClosureVerdict,
    ContactKind,
    GoalType,
    OrderKind,
    Outcome,
    Participation,
    Sense,
)

POST = DemoGoal(
    key="jens-ole-postkasse",
    text="Jens Ole går fortsat selv med rollator til postkassen og hjem igen, mindst fire dage om "
    "ugen.",
    short_text="Går selv til postkassen",
    starts_weeks_ago=26,
    ends_in_months=5,
    type=GoalType.KEEP,
    theme="mobilitet",
    participation=Participation.HEARD,
    participation_words="Jens Ole hørte vores forslag og sagde: “Posten henter jeg selv.” Han "
    "ville ikke have tid på turen, så det tog vi ud.",
    others_took_part="Hans bror og Hassan fra kontaktteamet.",
    partner_involved=True,
    partner_words="Fysioterapeuten har vist os øvelsen fra stolen og ser på hans gang to gange om "
    "året.",
    second_goal_reason="Kaffen sidder næsten fast, og turen skal holdes ved lige hver dag. De to "
    "ligger på hver sin tid.",
    revise_in_weeks=9,
    signs=(
        DemoSign(text="Jens Ole selv rejser sig fra lænestolen", baseline=5, target=5),
        DemoSign(text="Jens Ole selv løsner bremserne på rollatoren", baseline=5, target=5),
        DemoSign(
            text="Jens Ole kun støtter let på vores arm ned ad rampen",
            baseline=5,
            target=5,
            sense=Sense.FEEL,
            helped=False,
        ),
        DemoSign(text="Jens Ole kommer hjem med posten i kurven", baseline=4, target=4),
    ),
    interventions=(
        DemoIntervention(
            title="Turen til postkassen",
            approach="Øvelse i hverdagen: Turen har et ærinde, og han sætter farten.",
            practice="Læg nøglen i kurven, og spørg, om posten er kommet. Jens Ole vælger selv, "
            "om turen går ad fortovet eller stien. Gå ved siden af ham på rampen og et skridt "
            "bagved på resten af vejen. Der står en bænk halvvejs, hvor han kan sætte sig.",
            who="Den, der har dagvagt. Bo eller Hassan, når der er glat.",
            when_and_where="Om formiddagen mellem 10.30 og 12",
            materials="Rollatoren med kurv og nøglen til postkassen. Piggene ligger i skabet i "
            "gangen.",
            steps=(
                "Læg nøglen i kurven.",
                "Løsn bremserne.",
                "Gå ned ad rampen.",
                "Hent posten.",
                "Læg posten på bordet herhjemme.",
            ),
        ),
        DemoIntervention(
            title="Op at stå ti gange",
            approach="Lidt hver dag: Få gange, altid på samme tid.",
            practice="Sæt dig over for Jens Ole. I rejser jer samtidig, ti gange, og skiftes til "
            "at tælle højt. Han siger til, hvis ti er for mange den dag.",
            who="Den, der drikker formiddagskaffe med ham.",
            when_and_where="I stuen efter formiddagskaffen",
            materials="Lænestolen og en stol over for.",
            steps=(
                "Sæt fødderne i gulvet.",
                "Læn dig frem.",
                "Rejs dig.",
                "Sæt dig igen.",
            ),
        ),
    ),
    rhythm=Rhythm(
        windows=(Window(opens=time(10, 30), closes=time(11, 55)),),
        curve=((26, 4.1), (0, 4.1)),
        weekday=0.9,
        weekend=0.66,
        help_at_first=1.6,
    ),
    notes=(
        Note(weeks_ago=21, sign=4, text="To kuverter og et postkort fra hans bror."),
        Note(weeks_ago=15, sign=3, text="To fingre på min arm ned ad rampen, ikke mere."),
        Note(
            weeks_ago=11,
            sign=4,
            text="Snakkede med naboen i ti minutter og gik hjem uden at hvile.",
        ),
        Note(
            weeks_ago=6,
            sign=4,
            outcome=Outcome.PARTLY,
            text="Vendte ved bænken, da det begyndte at regne. Jeg hentede posten.",
        ),
        Note(weeks_ago=2.5, sign=2, text="Løsnede begge bremser og spurgte, om jeg var klar."),
        Note(weeks_ago=0.7, sign=4, text="Klubbladet var kommet. Han læste det på bænken."),
    ),
)

COFFEE = DemoGoal(
    key="jens-ole-kaffe",
    text="Jens Ole brygger selv sin morgenkaffe på maskinen, mindst fem dage om ugen.",
    short_text="Brygger sin egen morgenkaffe",
    starts_weeks_ago=38,
    ends_in_months=-1,
    closed_weeks_ago=8,
    theme="praktiske-opgaver",
    participation=Participation.CHOSE,
    participation_words="Vi spurgte, hvad han ville begynde med. Jens Ole pegede på kaffemaskinen.",
    others_took_part="Bo og Hassan fra kontaktteamet.",
    partner_involved=False,
    partner_words="Nej. Maskinen og tiden har vi her i huset.",
    revise_in_weeks=-14,
    closing=Closing(
        verdict=ClosureVerdict.REACHED,
        why="Jens Ole har brygget sin kaffe fem dage om ugen i seks uger. Den røde prik bliver "
        "siddende, og vi bliver ved bordet.",
    ),
    template=DemoTemplate(name="Brygge sin egen kaffe", weeks_ago=7, by=BO),
    signs=(
        DemoSign(text="Jens Ole stiller koppen under maskinen", baseline=4, target=5),
        DemoSign(text="Jens Ole selv trykker på knappen med den røde prik", baseline=2, target=5),
        DemoSign(
            text="Jens Ole kører koppen hen til bordet i holderen på rollatoren",
            baseline=0,
            target=5,
        ),
    ),
    interventions=(
        DemoIntervention(
            title="Den røde prik",
            approach="Et mærke på stedet: Prikken viser, hvor fingeren skal være.",
            practice="Der sidder en rød prik på den knap, Jens Ole skal bruge. Bliv ved bordet, "
            "og bed om en kop med til dig selv.",
            who="Den, der har dagvagt.",
            when_and_where="I køkkenet om morgenen, når Jens Ole er kommet i tøjet",
            materials="Røde klistermærker. De ligger i køkkenskuffen.",
            steps=(
                "Stil koppen under maskinen.",
                "Tryk på den røde prik.",
                "Sæt koppen i holderen.",
                "Kør hen til bordet.",
            ),
        ),
    ),
    rhythm=Rhythm(
        windows=(Window(opens=time(7, 40), closes=time(8, 50)),),
        curve=((38, 0.8), (26, 1.7), (8, 3.6)),
    ),
    notes=(
        Note(weeks_ago=24, sign=2, text="Trykkede, før jeg nåede ud i køkkenet."),
        Note(
            weeks_ago=17,
            sign=3,
            outcome=Outcome.PARTLY,
            text="Kaffen kom med halvvejs. Jeg bar den det sidste stykke.",
        ),
        Note(weeks_ago=10, sign=3, text="Kom med kaffe til os begge to."),
    ),
)

JENS_OLE = DemoCitizen(
    first_name="Jens Ole",
    last_name="Bjerre",
    kind=CitizenKind.ADULT,
    department=SOENDERMARKEN,
    contact_team=(BO, HASSAN),
    what_helps="Gå bagved eller ved siden af. Så sætter han selv farten.",
    context="Jens Ole er 49 år, holder med lokalholdet og kender de fleste på vejen ved navn. Han "
    "går med rollator og bestemmer selv farten. Der er 140 meter til postkassen og hjem igen, og "
    "undervejs hilser han på naboerne. Fysioterapeuten har sagt, at de daglige skridt holder "
    "benene i gang, og derfor handler målet om at blive ved. Målet er nået, når han går lige så "
    "mange ture som nu. Kommunens bestilling siger, at Jens Ole fortsat skal kunne komme ud på "
    "egen hånd.",
    plan=DemoPlan(
        resources="Jens Ole kender de fleste på vejen ved navn og hilser på alle. Han bestemmer "
        "selv farten og siger til, når han vil hvile. Han følger lokalholdet og læser klubbladet "
        "fra ende til anden.",
        challenge="Benene bliver stive, når han sidder længe. Når vejen er glat, bliver han "
        "hjemme. Efter tre dage inde skal han bruge vores arm ned ad rampen.",
        needs="Jens Ole har brug for at komme ud hver dag og for en, der går bagved og giver ham "
        "tid. Han vil selv vælge vejen.",
        frame="Der er 140 meter til postkassen og hjem igen med en bænk halvvejs. Én kollega går "
        "med mellem klokken 10.30 og 12.",
        earlier_experience="En vinter gik vi kun, når det var tørt. Det blev til to ture om ugen, "
        "og da sneen var væk, skulle han hvile to gange på vejen. Med pigge på rollatoren kom vi "
        "ud igen.",
        theme="mobilitet",
        evaluator=BO,
        evaluation_months=4,
        evaluated_weeks_ago=8,
        evaluated_in_weeks=9,
    ),
    profile=DemoProfile(
        age=49,
        birthday=(6, 11),
        months_here=160,
        legal_ground="sel-85",
        municipality="Viborg",
        languages="Dansk",
        what_to_avoid="At skubbe på rollatoren eller gå foran ham.",
    ),
    contacts=(
        DemoContact(
            kind=ContactKind.RELATIVE,
            name="Kurt Bjerre",
            phone="00 00 00 10",
            how_reached="Ring søndag formiddag. Han er bror.",
            may_share="Alt undtagen penge.",
        ),
        DemoContact(
            kind=ContactKind.GUARDIAN,
            name="Advokat Nina Storm",
            organisation="Storm og Vang",
            phone="00 00 00 11",
            email="nina@storm.example",
            how_reached="Skriv en mail. Hun svarer inden for to dage.",
            may_share="Penge og kontrakter.",
        ),
    ),
    order=DemoOrder(
        kind=OrderKind.ACTION_PLAN,
        purpose="Jens Ole skal fortsat kunne komme ud på egen hånd og have støtte i "
        "sin egen bolig.",
        caseworker="Hanne Lyng",
        starts_months_ago=11,
        goals=(
            DemoOrderGoal(text="Jens Ole går lige så meget som nu.", goals=("jens-ole-postkasse",)),
            DemoOrderGoal(
                text="Jens Ole står selv for sin eftermiddagskaffe.", goals=("jens-ole-kaffe",)
            ),
            DemoOrderGoal(text="Jens Ole ser sine naboer hver uge."),
        ),
    ),
    goals=(POST, COFFEE),
    absences=(
        Absence(days_ago=133, days=7, from_monday=True, note="På ferie hos sin bror hele ugen."),
        Absence(days_ago=51, days=3, note="Har feber og bliver i sengen."),
        Absence(days_ago=12, days=1, note="Hos fodterapeuten hele formiddagen."),
    ),
)

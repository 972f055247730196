"""Jens Ole, whose goal is to keep walking; a flat curve is success. His first goal is closed."""

from datetime import time

from webapp.demo.people import BO, HASSAN
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

POST = DemoGoal(
    key="jens-ole-postkasse",
    text="Jens Ole går fortsat selv med rollator til postkassen og hjem igen, mindst fire dage om "
    "ugen.",
    short_text="Går selv til postkassen",
    starts_weeks_ago=26,
    ends_in_months=5,
    signs=(
        DemoSign(text="Jens Ole selv rejser sig fra lænestolen"),
        DemoSign(text="Jens Ole selv løsner bremserne på rollatoren"),
        DemoSign(
            text="Jens Ole kun støtter let på vores arm ned ad rampen",
            sense=Sense.FEEL,
            helped=False,
        ),
        DemoSign(text="Jens Ole kommer hjem med posten i kurven"),
    ),
    interventions=(
        DemoIntervention(
            title="Turen til postkassen",
            approach="Læg nøglen i kurven, og spørg, om posten er kommet. Jens Ole vælger selv, "
            "om turen går ad fortovet eller stien. Gå ved siden af ham på rampen og et skridt "
            "bagved på resten af vejen. Der står en bænk halvvejs, hvor han kan sætte sig.",
            when_and_where="Om formiddagen mellem 10.30 og 12",
        ),
        DemoIntervention(
            title="Op at stå ti gange",
            approach="Sæt dig over for Jens Ole. I rejser jer samtidig, ti gange, og skiftes til "
            "at tælle højt. Han siger til, hvis ti er for mange den dag.",
            when_and_where="I stuen efter formiddagskaffen",
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
    signs=(
        DemoSign(text="Jens Ole stiller koppen under maskinen"),
        DemoSign(text="Jens Ole selv trykker på knappen med den røde prik"),
        DemoSign(text="Jens Ole kører koppen hen til bordet i holderen på rollatoren"),
    ),
    interventions=(
        DemoIntervention(
            title="Den røde prik",
            approach="Der sidder en rød prik på den knap, Jens Ole skal bruge. Bliv ved bordet, "
            "og bed ham om en kop med til dig selv.",
            when_and_where="I køkkenet om morgenen, når Jens Ole er kommet i tøjet",
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

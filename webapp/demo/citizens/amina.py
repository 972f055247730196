"""Amina, who chooses her clothes. Nobody has logged anything for her for three days."""

from datetime import time

from webapp.demo.people import ANNA, ERIK, LINH
from webapp.demo.shapes import (
    SOENDERMARKEN,
    Absence,
    DemoCitizen,
    DemoComment,
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

CLOTHES = DemoGoal(
    key="amina-toej",
    text="Amina vælger selv sit tøj mellem to sæt om morgenen, mindst fem dage om ugen.",
    short_text="Vælger tøj om morgenen",
    starts_weeks_ago=22,
    ends_in_months=3,
    theme="egenomsorg",
    participation=Participation.SHOWED,
    participation_words="Vi holdt to billeder frem ad gangen. Amina så længst på det med tøjet og "
    "rakte hånden ud tre morgener i træk.",
    others_took_part="Hendes mor har taget billeder af yndlingstøjet.",
    revise_in_weeks=5,
    signs=(
        DemoSign(
            text="Amina ser fra det ene sæt tøj til det andet", baseline=4, target=6, helped=False
        ),
        DemoSign(text="Amina rækker ud mod det ene sæt", baseline=1, target=5),
        DemoSign(
            text="Amina selv trækker det valgte tøj til sig", baseline=0, target=5, sense=Sense.FEEL
        ),
        DemoSign(
            text="Amina siger farven på det tøj, hun har valgt",
            baseline=0,
            target=3,
            sense=Sense.HEAR,
        ),
    ),
    interventions=(
        DemoIntervention(
            title="To sæt på sengen",
            approach="Valg mellem to: Amina svarer med øjne og hånd, og vi venter på svaret.",
            practice="Læg to sæt tøj på sengen med en armslængde imellem, og sæt dig, så I har "
            "øjnene i samme højde. Sig “blå eller rød?”, og tæl stille til ti. Det sæt, Amina "
            "rækker ud efter, får hun i hånden. Hæng det andet væk med det samme.",
            who="Den, der har dagvagt og hjælper Amina op.",
            when_and_where="På Aminas værelse mellem 7.10 og 8.45",
            materials="To sæt tøj i hver sin farve. De hænger på lågen.",
            steps=(
                "Se på det ene sæt.",
                "Se på det andet sæt.",
                "Tag det, du vil have.",
                "Tag det på.",
            ),
        ),
        DemoIntervention(
            title="To bøjler aftenen før",
            approach="Forbered valget: Hånden kender stofferne, når morgenen kommer.",
            practice="Gå til skabet sammen med Amina. Hun mærker på stofferne, og I hænger to sæt "
            "på lågen til i morgen.",
            who="Den, der har aftenvagt. Linh viser gerne, hvordan.",
            when_and_where="På Aminas værelse, før hun går i seng",
            materials="To bøjler på lågen og kurven med tørklæder.",
        ),
    ),
    rhythm=Rhythm(
        windows=(Window(opens=time(7, 10), closes=time(8, 40)),),
        curve=((22, 0.7), (12, 1.6), (0, 2.9)),
        weekday=0.88,
        weekend=0.64,
        quiet_days=3,
    ),
    notes=(
        Note(weeks_ago=20, sign=1, text="Kiggede længe på begge sæt. Jeg nåede at tælle til tolv."),
        Note(
            weeks_ago=14,
            sign=2,
            outcome=Outcome.PARTLY,
            text="Løftede hånden mod den gule bluse og lagde den ned igen.",
        ),
        Note(weeks_ago=9, sign=2, text="Greb fat i den stribede trøje og holdt fast."),
        Note(weeks_ago=5, sign=3, text="Trak trøjen ud af hånden på mig og ned i skødet."),
        Note(weeks_ago=2.5, sign=4, text="Sagde “rød” og pegede på bukserne."),
        Note(weeks_ago=0.9, sign=2, text="Valgte kjolen, hun har fået af sin mor."),
    ),
    sparring=(
        DemoComment(
            days_ago=6,
            at=time(13, 40),
            by=ANNA,
            text="Amina trækker nu tøjet til sig, men farven har hun kun sagt få gange. Der er "
            "langt fra det ene tegn til det andet. Hvad kan være det lille tegn imellem?",
        ),
        DemoComment(
            days_ago=5,
            at=time(10, 15),
            by=ERIK,
            text="Hvad gør hun lige før ordet? Peger hun på noget i den samme farve, er det "
            "tegnet: “Amina peger på noget i den farve, hun har valgt.” Så kan alle se det og "
            "trykke ens.",
        ),
        DemoComment(
            days_ago=4,
            at=time(9, 5),
            by=LINH,
            text="I morges pegede hun på den røde pude, da hun havde valgt den røde trøje. Er det "
            "nok, at hun ser på puden, eller skal hånden med?",
        ),
    ),
)

AMINA = DemoCitizen(
    first_name="Amina",
    last_name="Yusuf",
    kind=CitizenKind.ADULT,
    department=SOENDERMARKEN,
    contact_team=(ANNA, LINH),
    what_helps="Hold to ting frem, og vent. Hun vælger med øjnene først.",
    context="Amina er 23 år og har sans for farver og stoffer. Hun hilser med øjnene og hånden, "
    "før hun bruger ord, og hun griner højt ad sin lillebrors historier i telefonen. Om morgenen "
    "har vi tit lagt tøjet frem, og så blev det vores valg. Ligger der to sæt foran hende, kan "
    "man se øjnene flytte sig, og det er dér, vi begynder. Målet er lavet sammen med Amina og "
    "hendes mor, som har taget billeder af yndlingstøjet. Kommunens bestilling handler om, at "
    "Amina skal vælge mere selv i sin hverdag.",
    plan=DemoPlan(
        resources="Amina har sans for farver og stoffer og mærker på dem med fingrene. Hun hilser "
        "med øjnene, før hun bruger ord. Hun siger navnet på fire farver og griner højt ad sin "
        "brors historier.",
        challenge="Om morgenen har vi tit lagt tøjet frem, og så blev det vores valg. Aminas svar "
        "kommer efter ti sekunder, og da er vi ofte gået videre.",
        needs="Amina har brug for to ting at vælge imellem og for tid til at flytte øjnene. Hun "
        "har brug for, at det, hun vælger, gælder med det samme.",
        frame="Én kollega er hos Amina mellem 7.10 og 8.45. De to sæt hænger på lågen fra aftenen "
        "før.",
        earlier_experience="Vi har prøvet at åbne hele skabet. Da så hun væk. Med to bluser i "
        "hånden flyttede hun øjnene fra den ene til den anden den første dag.",
        theme="egenomsorg",
        evaluator=None,
        evaluation_months=4,
        evaluated_weeks_ago=10,
        evaluated_in_weeks=7,
    ),
    profile=DemoProfile(
        age=23,
        birthday=(12, 9),
        months_here=40,
        legal_ground="sel-108",
        municipality="Aarhus",
        languages="Dansk og somali",
        what_to_avoid="At vælge for hende, fordi der er travlt.",
    ),
    contacts=(
        DemoContact(
            kind=ContactKind.RELATIVE,
            name="Hodan Yusuf",
            phone="00 00 00 12",
            how_reached="Ring efter kl. 17. Hun taler dansk og somali.",
            may_share="Alt om hverdagen. Amina er med i samtalen.",
        ),
        DemoContact(
            kind=ContactKind.CASEWORKER,
            name="Bente Holst",
            organisation="Voksne med handicap",
            phone="00 00 00 13",
            email="bente.holst@kommune.example",
            how_reached="Ring onsdag.",
            may_share="Mål, status og møder.",
        ),
        DemoContact(
            kind=ContactKind.DOCTOR,
            name="Lægerne på Torvet",
            phone="00 00 00 14",
            how_reached="Ring kl. 8 til 9.",
            may_share="Det, lægen spørger om i dag.",
        ),
    ),
    order=DemoOrder(
        kind=OrderKind.ACTION_PLAN,
        purpose="Amina skal vælge mere selv i sin hverdag og have tid til at svare.",
        caseworker="Bente Holst",
        starts_months_ago=6,
        goals=(
            DemoOrderGoal(
                text="Amina vælger selv mellem to ting i de daglige gøremål.", goals=("amina-toej",)
            ),
            DemoOrderGoal(text="Amina siger til og fra med blik, hånd eller ord."),
        ),
    ),
    goals=(CLOTHES,),
    absences=(
        Absence(days_ago=63, days=7, from_monday=True, note="Hjemme hos sin mor hele ugen."),
        Absence(days_ago=29, days=2, note="Hoster meget og bliver i nattøjet i dag."),
    ),
)

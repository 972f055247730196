"""Poul, who drinks from the glass he knows, and finds his bed again at night. Two goals."""

from datetime import time

from webapp.demo.people import ANNA, GITTE
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
from webapp.models import (
    CitizenKind,
    ContactKind,
    GoalType,
    Measure,
    OrderKind,
    Outcome,
    Participation,
    Sense,
)

GLASS = DemoGoal(
    key="poul-glas",
    text="Poul drikker selv af sit eget glas til morgenmad og aftensmad, mindst seks dage om ugen.",
    short_text="Drikker af eget glas",
    starts_weeks_ago=24,
    ends_in_months=2,
    type=GoalType.LIMIT_LOSS,
    theme="egenomsorg",
    participation=Participation.SHOWED,
    participation_words="Vi stillede to glas frem. Poul tog det fra værftet hver gang og sagde "
    "“skål”.",
    others_took_part="Hans datter kom med glasset. Gitte og Anna skrev målet.",
    partner_involved=True,
    partner_words="Lægen har sagt, hvor meget Poul skal drikke, og følger det hver tredje måned.",
    revise_in_weeks=4,
    signs=(
        DemoSign(
            text="Poul ser hen på glasset, når vi stiller det foran ham",
            baseline=6,
            target=6,
            helped=False,
        ),
        DemoSign(
            text="Poul griber om glasset, når det rører hans hånd",
            baseline=6,
            target=6,
            sense=Sense.FEEL,
        ),
        DemoSign(
            text="Poul selv løfter glasset til munden",
            measure=Measure.SUPPORT,
            baseline=3,
            target=3,
        ),
        DemoSign(text="Poul tømmer mindst ét glas, mens vi spiser", baseline=1, target=1),
    ),
    interventions=(
        DemoIntervention(
            title="Det tunge glas",
            approach="Kendte ting: Hånden husker det glas, den har holdt om i mange år.",
            practice="Skænk glasset halvt op, og stil det til højre for tallerkenen. Løft dit "
            "eget glas, sig “skål, Poul”, og vent, mens han løfter sit. Skænk op igen, når "
            "glasset er tomt. Kander og kartoner bliver på køkkenbordet, så der er plads omkring "
            "glasset.",
            who="Den, der sidder over for Poul ved bordet.",
            when_and_where="I spisestuen til morgenmad og aftensmad",
            materials="Glasset fra værftet. Vask det op i hånden, og stil det på hylden over "
            "kaffemaskinen.",
            steps=(
                "Grib om glasset.",
                "Løft det.",
                "Sig skål.",
                "Drik.",
            ),
        ),
    ),
    rhythm=Rhythm(
        windows=(
            Window(opens=time(8, 0), closes=time(9, 0)),
            Window(opens=time(17, 55), closes=time(18, 40)),
        ),
        curve=((24, 2.6), (14, 3.3), (0, 3.4)),
        weekday=0.86,
        weekend=0.78,
        help_at_first=2.8,
    ),
    notes=(
        Note(weeks_ago=21, sign=3, text="Skålede med sin sidemand og drak."),
        Note(weeks_ago=15, sign=2, text="Greb om glasset, da det rørte hans håndryg."),
        Note(weeks_ago=8, sign=4, text="To glas saft til maden. Han skænkede selv det sidste."),
        Note(
            weeks_ago=3,
            sign=3,
            outcome=Outcome.PARTLY,
            text="Løftede glasset halvvejs. Jeg støttede under bunden.",
        ),
        Note(weeks_ago=0.8, sign=4, text="Drak ud, mens han fortalte om at bygge kuttere."),
    ),
)

NIGHT = DemoGoal(
    key="poul-nat",
    text="Poul finder selv tilbage til sin seng, når han har været oppe om natten, mindst fire "
    "nætter om ugen.",
    short_text="Finder tilbage til sengen om natten",
    starts_weeks_ago=15,
    ends_in_months=4,
    theme="mobilitet",
    participation=Participation.HEARD,
    participation_words="Vi spurgte om formiddagen, når han har flest ord. Poul sagde: “Jeg skal "
    "bare kunne se min dør.”",
    others_took_part="Hans datter var med til mødet. Gitte kom med det, nattevagterne har set.",
    partner_involved=True,
    partner_words="Lægen har set på aftenens medicin og vil høre, hvordan nætterne går.",
    second_goal_reason="Søvn om natten og nok at drikke om dagen hænger sammen for Poul. "
    "Dagvagten har det ene mål, nattevagten det andet.",
    revise_in_weeks=6,
    signs=(
        DemoSign(text="Poul stopper op ved lampen på gangen", baseline=3, target=5, helped=False),
        DemoSign(text="Poul følger gelænderet hen til sin egen dør", baseline=0, target=4),
        DemoSign(
            text="Poul siger godnat ved døren", baseline=0, target=4, sense=Sense.HEAR, helped=False
        ),
        DemoSign(text="Poul lægger sig i sengen, uden at vi går med ind", baseline=0, target=4),
    ),
    interventions=(
        DemoIntervention(
            title="Lyset viser vej",
            approach="Lys som vejviser: Man går efter det sted, hvor der er lys.",
            practice="Lampen ved Pouls dør er tændt hele natten, og den anden ende af gangen er "
            "mørk. Sig hans navn og dit eget, så han ved, hvem der kommer. Gå ved siden af ham, "
            "og lad ham selv finde gelænderet.",
            who="Den, der har nattevagt.",
            when_and_where="På gangen mellem klokken 23 og 7, når Poul er oppe",
            materials="Lampen ved Pouls dør. Pærer ligger i skabet på gangen.",
            steps=(
                "Stop ved lampen.",
                "Tag fat i gelænderet.",
                "Gå hen til båden på døren.",
                "Sig godnat.",
                "Læg dig i sengen.",
            ),
        ),
        DemoIntervention(
            title="Båden på døren",
            approach="Et kendemærke: Billedet er hans, og ingen andre har det på døren.",
            practice="Billedet af kutteren hænger i øjenhøjde under Pouls navn. Går han forbi, så "
            "spørg, hvem der ejer båden.",
            who="Alle, der går forbi sammen med ham.",
            when_and_where="Ved Pouls dør",
            materials="Billedet af kutteren. Der ligger et ekstra på kontoret.",
        ),
    ),
    rhythm=Rhythm(
        windows=(Window(opens=time(0, 15), closes=time(5, 0)),),
        curve=((15, 0.9), (9, 1.9), (0, 2.8)),
        weekday=0.84,
        weekend=0.76,
        no_opportunity=0.22,
    ),
    notes=(
        Note(weeks_ago=14, sign=1, text="Stod under lampen og kiggede på kutteren på døren."),
        Note(weeks_ago=9, sign=2, text="Holdt i gelænderet hele vejen. Jeg blev ved kontoret."),
        Note(weeks_ago=5, sign=3, text="“Godnat, styrmand,” sagde han og lukkede døren."),
        Note(weeks_ago=2, outcome=Outcome.NO_OPPORTUNITY, text="Poul har sovet hele natten."),
        Note(weeks_ago=0.7, sign=4, text="Var ude efter et glas vand. Lagde sig igen bagefter."),
    ),
)

POUL = DemoCitizen(
    first_name="Poul",
    last_name="Skovgaard",
    kind=CitizenKind.ADULT,
    department=SOENDERMARKEN,
    contact_team=(ANNA, GITTE),
    what_helps="Giv ham hånden, og sig dit navn. Tal om én ting ad gangen.",
    context="Poul er 74 år, har bygget kuttere på et værft og fortæller levende om det. Han giver "
    "hånd til alle, der kommer ind ad døren. Om morgenen snakker han længe, og hen på aftenen "
    "bliver ordene færre. Glasset fra værftets kantine er tungt, og hans hånd kender det. Om "
    "natten er han oppe en eller to gange og går efter lyset. De to mål er aftalt med Poul, hans "
    "datter og lægen, fordi søvn om natten og nok at drikke om dagen hænger sammen for ham.",
    plan=DemoPlan(
        resources="Poul fortæller levende om de kuttere, han har bygget, og giver hånd til alle. "
        "Hans hånd kender det tunge glas fra værftet. Han følger lyset om natten og siger godnat "
        "ved sin dør.",
        challenge="Hen på aftenen bliver ordene færre, og han rejser sig fra bordet, før glasset "
        "er tomt. Hænderne ryster mere, end da han flyttede ind. Om natten er han oppe en eller "
        "to gange og leder efter døren.",
        needs="Poul har brug for det glas, han kender, og for én ting at se på ad gangen. Om "
        "natten har han brug for lys ved sin dør og for en stemme, der siger hans navn.",
        frame="Vi er fem ved hans bord, og én kollega sidder over for ham. Om natten er en af os "
        "på gangen fra klokken 23 til 7.",
        earlier_experience="Et let krus blev stående. Da hans datter kom med glasset fra værftet, "
        "løftede han det samme dag. Når vi tændte lyset i loftet om natten, gik han den anden "
        "vej.",
        theme="egenomsorg",
        evaluator=ANNA,
        evaluation_months=3,
        evaluated_weeks_ago=7,
        evaluated_in_weeks=6,
    ),
    profile=DemoProfile(
        age=74,
        birthday=(2, 20),
        months_here=28,
        legal_ground="sel-108",
        municipality="Horsens",
        languages="Dansk",
        what_to_avoid="At tænde det store lys i loftet om natten.",
    ),
    contacts=(
        DemoContact(
            kind=ContactKind.RELATIVE,
            name="Inge Skovgaard",
            phone="00 00 00 15",
            how_reached="Ring når som helst, også om natten, hvis han spørger efter hende.",
            may_share="Alt. Hun er hans datter.",
        ),
        DemoContact(
            kind=ContactKind.DOCTOR,
            name="Læge Søren Krog",
            organisation="Lægehuset ved Havnen",
            phone="00 00 00 16",
            how_reached="Ring kl. 8 til 9.",
            may_share="Søvn, væske og medicin.",
        ),
        DemoContact(
            kind=ContactKind.CASEWORKER,
            name="Rikke Lund",
            organisation="Handicap og ældre",
            phone="00 00 00 17",
            email="rikke.lund@kommune.example",
            how_reached="Skriv en mail.",
            may_share="Mål, status og møder.",
        ),
    ),
    order=DemoOrder(
        kind=OrderKind.ACTION_PLAN,
        purpose="Poul skal have dage og nætter, hvor han kan det, han plejer, og få "
        "nok at drikke og nok søvn.",
        caseworker="Rikke Lund",
        starts_months_ago=5,
        goals=(
            DemoOrderGoal(text="Poul drikker det, lægen har anbefalet.", goals=("poul-glas",)),
            DemoOrderGoal(
                text="Poul finder selv tilbage til sin seng om natten.", goals=("poul-nat",)
            ),
            DemoOrderGoal(text="Poul fortæller fra værftet for de andre i huset."),
        ),
    ),
    goals=(GLASS, NIGHT),
    absences=(
        Absence(days_ago=84, days=4, note="Besøger sin datter de næste dage."),
        Absence(days_ago=19, days=1, note="På sygehuset til undersøgelse det meste af dagen."),
    ),
)

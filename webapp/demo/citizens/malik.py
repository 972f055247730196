"""Malik, who wants his own alarm clock to wake him; the evening before is his sub-goal."""

from datetime import time

from webapp.demo.people import CARL, KASPER
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

WAKE_UP = DemoGoal(
    key="malik-vaekkeur",
    text="Malik står selv op til sit eget vækkeur klokken 7, mindst fire hverdage om ugen.",
    short_text="Står op til sit eget vækkeur",
    starts_weeks_ago=21,
    ends_in_months=3,
    theme="dagtilbud-skoleforhold-og-laering",
    participation=Participation.WROTE,
    participation_words="Malik skrev den første sætning på sin telefon: “Mit vækkeur vækker mig, "
    "ikke jer.” Klokken og dagene fandt vi på sammen.",
    others_took_part="Hans mor og vejlederen på ungdomsskolen.",
    partner_involved=True,
    partner_words="Vejlederen på ungdomsskolen skriver en sms, hvis han ikke er kommet klokken "
    "8.15.",
    revise_in_weeks=5,
    signs=(
        DemoSign(
            text="Malik svarer, når vi banker på én gang",
            baseline=4,
            target=5,
            sense=Sense.HEAR,
            helped=False,
        ),
        DemoSign(text="Malik har sat sig op i sengen klokken 7.05", baseline=1, target=4),
        DemoSign(text="Malik selv slukker vækkeuret", baseline=0, target=4, sense=Sense.HEAR),
        DemoSign(
            text="Malik sidder ved morgenbordet klokken 7.20",
            measure=Measure.GAS,
            from_to=(-3, 1.2),
            baseline=-2,
            target=0,
            gas_levels=(
                "Malik ligger i sengen klokken 8",
                "Malik sidder ved bordet, når klokken er blevet 7.40",
                "Malik sidder ved bordet klokken 7.20",
                "Malik sidder ved bordet klokken 7.20, uden at nogen har banket på",
                "Malik har spist og pakket sin taske klokken 7.20",
            ),
        ),
    ),
    interventions=(
        DemoIntervention(
            title="Vækkeuret på skrivebordet",
            approach="Hans egen plan: Malik har aftalen, og vi holder vores del af den.",
            practice="Vækkeuret står på skrivebordet, så Malik skal ud af sengen for at slukke "
            "det. Bank på én gang klokken 7.05, sig godmorgen, og gå igen. Hans plads ved "
            "morgenbordet står klar til klokken 7.40.",
            who="Den, der har dagvagt.",
            when_and_where="Ved Maliks dør om morgenen på hverdage",
            materials="Maliks eget vækkeur på skrivebordet.",
            steps=(
                "Sluk vækkeuret.",
                "Svar, når vi banker på.",
                "Sæt dig op.",
                "Kom ud til morgenbordet.",
            ),
        ),
    ),
    rhythm=Rhythm(
        windows=(Window(opens=time(7, 21), closes=time(7, 45)),),
        curve=((21, 0.9), (13, 1.9), (6, 2.6), (0, 3.4)),
        weekday=0.93,
        weekend=0.45,
    ),
    notes=(
        Note(weeks_ago=19, sign=1, text="Svarede “jeg er vågen” efter ét bank."),
        Note(weeks_ago=14, sign=2, text="Sad på sengekanten, da jeg gik forbi."),
        Note(weeks_ago=9, sign=3, text="Det ringede i to minutter. Så blev der stille."),
        Note(
            weeks_ago=5,
            outcome=Outcome.NOT_SEEN,
            text="Svarede ikke, da jeg bankede på. Han fortalte bagefter, at han havde spillet "
            "til klokken 1.",
        ),
        Note(weeks_ago=2, sign=4, text="Sad ved bordet med musik i ørerne."),
        Note(weeks_ago=0.7, sign=4, text="Sad og spiste, da jeg kom ud fra kontoret."),
    ),
)

PHONE = DemoGoal(
    key="malik-telefon",
    text="Malik stiller selv sit vækkeur og lægger telefonen fra sig klokken 22, mindst fire "
    "aftener om ugen.",
    short_text="Lægger telefonen fra sig klokken 22",
    starts_weeks_ago=12,
    ends_in_months=2,
    parent="malik-vaekkeur",
    theme="sundhedsforhold",
    participation=Participation.CHOSE,
    participation_words="Malik valgte klokkeslættet. Vi sagde 21.30, han sagde 22, og sådan blev "
    "det.",
    others_took_part="Hans mor har den samme aftale med ham, når han er hjemme.",
    partner_involved=False,
    partner_words="Nej. Aftalen er mellem Malik, hans mor og os.",
    revise_in_weeks=4,
    signs=(
        DemoSign(
            text="Malik finder opladeren frem, når vi siger, at klokken er 21.45",
            baseline=4,
            target=6,
        ),
        DemoSign(
            text="Malik siger, hvornår han vil op i morgen", baseline=1, target=5, sense=Sense.HEAR
        ),
        DemoSign(text="Malik selv stiller vækkeuret", baseline=0, target=4),
        DemoSign(text="Malik lægger telefonen på hylden i gangen klokken 22", baseline=0, target=4),
    ),
    interventions=(
        DemoIntervention(
            title="Et kvarter før",
            approach="Aftalt i forvejen: Et kvarter til at blive færdig i.",
            practice="Sig til klokken 21.45, og spørg, hvornår han vil op. Malik stiller selv "
            "uret, mens I taler om i morgen. Vil han se det sidste af en video, så aftal et "
            "klokkeslæt, og kom igen til den tid.",
            who="Den, der har aftenvagt.",
            when_and_where="På Maliks værelse klokken 21.45",
            materials="Opladeren og hylden i gangen.",
            steps=(
                "Sig, hvornår du vil op.",
                "Stil vækkeuret.",
                "Læg telefonen på hylden.",
            ),
        ),
    ),
    rhythm=Rhythm(
        windows=(Window(opens=time(22, 0), closes=time(22, 25)),),
        curve=((12, 1.0), (0, 3.1)),
        weekday=0.86,
        weekend=0.7,
    ),
    notes=(
        Note(weeks_ago=10, sign=2, text="“Kvart i syv,” sagde han. Han skulle nå en tidlig bus."),
        Note(
            weeks_ago=6,
            sign=4,
            outcome=Outcome.PARTLY,
            text="Telefonen kom på hylden, da kampen var slut.",
        ),
        Note(weeks_ago=2.5, sign=3, text="Stillede uret og spurgte, hvem der er på i morgen."),
        Note(weeks_ago=0.8, sign=4, text="Lagde telefonen på hylden og tog en bog med ind."),
    ),
)

MALIK = DemoCitizen(
    first_name="Malik",
    last_name="Osman",
    kind=CitizenKind.YOUNG,
    department=LAERKEREDEN,
    contact_team=(CARL, KASPER),
    what_helps="Spørg til hans egen plan, før du fortæller din. Bank på, og vent.",
    context="Malik er 16 år, laver pasta til hele afdelingen om fredagen og klipper selv sine "
    "videoer. Han har talt med en cykelbutik om et fritidsjob. Om morgenen har vi banket på tre "
    "eller fire gange, og det er både han og vi trætte af. Malik har selv foreslået, at det er et "
    "vækkeur og ikke os, der vækker ham. Når telefonen ligger ved puden, bliver nætterne korte, "
    "og derfor har målet et delmål om aftenen. I ungeplanen står der, at Malik skal kunne møde "
    "til tiden.",
    plan=DemoPlan(
        resources="Malik laver pasta til hele afdelingen om fredagen og klipper selv sine "
        "videoer. Han holder de aftaler, han selv har været med til at lave. Han har talt med en "
        "cykelbutik om et fritidsjob.",
        challenge="Når telefonen ligger ved puden, bliver nætterne korte. Om morgenen har vi "
        "banket på tre eller fire gange. Nogle uger er han kommet for sent i skole tre dage.",
        needs="Malik har brug for at stå for det selv og for en voksen, der spørger til hans plan "
        "først. Skal han mindes om noget, så gør det, når de andre ikke hører det.",
        frame="Vi banker på én gang klokken 7.05. Hans plads ved morgenbordet står klar til "
        "klokken 7.40. Om aftenen er der en hylde i gangen til telefonen.",
        earlier_experience="Vi har prøvet at tage telefonen klokken 21. Det gav skænderi og ikke "
        "mere søvn. Da han selv valgte klokken 22 og hylden i gangen, lå den der tre aftener den "
        "første uge.",
        theme="dagtilbud-skoleforhold-og-laering",
        evaluator=CARL,
        evaluation_months=3,
        evaluated_weeks_ago=10,
        evaluated_in_weeks=3,
    ),
    profile=DemoProfile(
        age=16,
        birthday=(3, 14),
        months_here=22,
        legal_ground="bl-43",
        municipality="Syddjurs",
        languages="Dansk og arabisk",
        what_to_avoid="At rette på ham, mens de andre hører det.",
    ),
    contacts=(
        DemoContact(
            kind=ContactKind.CUSTODY_HOLDER,
            name="Samira Osman",
            phone="00 00 00 21",
            how_reached="Ring efter kl. 16. Hun vil gerne ringes op hver mandag.",
            may_share="Skole, søvn og aftaler. Malik ved, hvad vi siger.",
        ),
        DemoContact(
            kind=ContactKind.SCHOOL,
            name="Ungdomsskolen, vejleder Rune Falk",
            phone="00 00 00 22",
            email="rune@ungdomsskolen.example",
            how_reached="Skriv en sms før kl. 8.",
            may_share="Hvornår han er taget af sted.",
        ),
        DemoContact(
            kind=ContactKind.CASEWORKER,
            name="Pia Sommer",
            organisation="Ungeteamet",
            phone="00 00 00 23",
            email="pia.sommer@kommune.example",
            how_reached="Ring torsdag.",
            may_share="Mål, status og møder.",
        ),
    ),
    order=DemoOrder(
        kind=OrderKind.YOUTH_PLAN,
        purpose="Malik skal kunne møde til tiden, passe skole og fritidsjob og gøre "
        "sig klar til at bo selv.",
        caseworker="Pia Sommer",
        starts_months_ago=7,
        goals=(
            DemoOrderGoal(
                text="Malik står selv op og kommer af sted til tiden.",
                goals=("malik-vaekkeur", "malik-telefon"),
            ),
            DemoOrderGoal(text="Malik har et fritidsjob, han selv har valgt."),
            DemoOrderGoal(text="Malik har styr på sine egne penge."),
        ),
    ),
    goals=(WAKE_UP, PHONE),
    absences=(
        Absence(days_ago=56, days=5, from_monday=True, note="På lejrtur med skolen til fredag."),
        Absence(days_ago=16, days=2, note="Har hovedpine og feber. Sover."),
    ),
)

"""Villads, who is up before everyone else and plays until the clock turns green."""

from datetime import time

from webapp.demo.people import CARL, IDA
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

MORNING = DemoGoal(
    key="villads-morgenkasse",
    text="Villads leger med sin morgenkasse på værelset, til uret bliver grønt klokken 6.30, "
    "mindst fem morgener om ugen.",
    short_text="Leger med morgenkassen til 6.30",
    starts_weeks_ago=24,
    ends_in_months=3,
    theme="sundhedsforhold",
    participation=Participation.CHOSE,
    participation_words="Villads valgte tingene i kassen og hængte selv uret op. Han sagde “grøn "
    "er morgenmad” til alle, der kom forbi.",
    others_took_part="Hans mor og far, som har hængt et magen til op derhjemme.",
    partner_involved=True,
    partner_words="Klasselæreren ringer hver fredag og fortæller, hvordan formiddagene er gået.",
    revise_in_weeks=7,
    signs=(
        DemoSign(text="Villads tager morgenkassen ned fra hylden", baseline=3, target=6),
        DemoSign(
            text="Villads leger med tingene fra kassen i mindst fem minutter",
            measure=Measure.DURATION,
            from_to=(6 * 60, 22 * 60),
            baseline=4 * 60,
            target=25 * 60,
        ),
        DemoSign(
            text="Villads svarer “rød” eller “grøn”, når vi spørger til uret",
            baseline=0,
            target=5,
            sense=Sense.HEAR,
        ),
        DemoSign(text="Villads først kommer ud, når uret er grønt", baseline=0, target=5),
    ),
    interventions=(
        DemoIntervention(
            title="Morgenkassen",
            approach="Noget at gå i gang med: Villads har selv valgt tingene i kassen.",
            practice="Pak kassen sammen med Villads om aftenen: tre ting, han vælger, og én, du "
            "har fundet til ham. Stil den på den nederste hylde. Kommer han ud, mens uret er "
            "rødt, så peg på uret, og gå med ham tilbage uden mange ord.",
            who="Aftenvagten pakker sammen med ham. Nattevagten er der om morgenen.",
            when_and_where="På Villads' værelse, fra han vågner, til klokken er 6.30",
            materials="Kassen og fire ting. Togskinner og gravemaskiner står i skabet.",
            steps=(
                "Se på uret.",
                "Tag kassen, når uret er rødt.",
                "Leg på tæppet.",
                "Kom ud, når uret er grønt.",
            ),
        ),
        DemoIntervention(
            title="Uret med to farver",
            approach="Tid, man kan se: Farven siger det, tallene ikke siger ham endnu.",
            practice="Se på uret sammen ved sengetid, og sig: “Rød er leg på værelset. Grøn er "
            "morgenmad.” Lad Villads sige ordet “morgenmad”.",
            who="Den, der putter.",
            when_and_where="Ved sengen om aftenen",
            materials="Uret med de to farver over døren.",
        ),
    ),
    rhythm=Rhythm(
        windows=(Window(opens=time(6, 31), closes=time(6, 50)),),
        curve=((24, 0.7), (14, 1.7), (0, 3.5)),
        weekday=0.84,
        weekend=0.72,
    ),
    notes=(
        Note(
            weeks_ago=22,
            sign=1,
            outcome=Outcome.PARTLY,
            text="Jeg tog kassen ned, og han bar den hen på tæppet.",
        ),
        Note(weeks_ago=17, sign=2, text="Gravemaskinen kørte ti minutter på tæppet."),
        Note(weeks_ago=12, sign=3, text="“Rød,” svarede han gennem døren."),
        Note(
            weeks_ago=8,
            outcome=Outcome.NOT_SEEN,
            text="Kom ud 5.40 og bankede på hos en af de andre. Gik med tilbage, da jeg pegede på "
            "uret.",
        ),
        Note(weeks_ago=4, sign=4, text="Døren gik op i samme minut, som uret blev grønt."),
        Note(weeks_ago=1.2, sign=2, text="Havde bygget en bro af togskinner, da jeg kiggede ind."),
    ),
)

VILLADS = DemoCitizen(
    first_name="Villads",
    last_name="Toft",
    kind=CitizenKind.CHILD,
    department=LAERKEREDEN,
    contact_team=(CARL, IDA),
    what_helps="Sig, hvad der skal ske nu, og hvad der kommer bagefter.",
    context="Villads er 9 år, bygger høje tårne og kender navnene på alle gravemaskiner. Han kan "
    "lege længe alene, når han har noget mellem hænderne. Han er vågen før alle andre, og når han "
    "ikke ved, hvad klokken er, går han rundt og banker på hos de andre børn. Uret med de to "
    "farver har han selv hængt op sammen med Carl. Hjemme hos hans mor og far, hvor han er hver "
    "anden weekend, hænger der et magen til. I barnets plan står der, at søvn og morgener er det "
    "første, vi skal arbejde med.",
    plan=DemoPlan(
        resources="Villads bygger høje tårne og kender navnene på alle gravemaskiner. Han leger "
        "længe alene, når han har noget mellem hænderne. Han fortæller, hvad der skal ske, når "
        "han har set det på tavlen.",
        challenge="Villads er vågen før alle andre. Når han ikke kan se, hvad klokken er, går han "
        "ud og banker på hos de andre børn. Så falder han i søvn i bussen.",
        needs="Villads har brug for at kunne se, om det er morgen. Han har brug for noget at "
        "lave, der ligger klar, og for få ord klokken fem om morgenen.",
        frame="Uret bliver grønt klokken 6.30. Kassen står på den nederste hylde. Nattevagten er "
        "på gangen til klokken 7.",
        earlier_experience="Vi har sagt til ham, at han skulle blive i sengen. Det varede fem "
        "minutter. Da han fik en gravemaskine med i seng, sad han på gulvet og legede i et "
        "kvarter.",
        theme="sundhedsforhold",
        evaluator=IDA,
        evaluation_months=4,
        evaluated_weeks_ago=11,
        evaluated_in_weeks=6,
    ),
    profile=DemoProfile(
        age=9,
        birthday=(10, 5),
        months_here=14,
        legal_ground="bl-46",
        municipality="Odder",
        languages="Dansk",
        what_to_avoid="At ændre planen uden at flytte billederne på tavlen.",
    ),
    contacts=(
        DemoContact(
            kind=ContactKind.CUSTODY_HOLDER,
            name="Stine Toft",
            phone="00 00 00 24",
            how_reached="Ring eller skriv. Hun er hans mor.",
            may_share="Alt.",
        ),
        DemoContact(
            kind=ContactKind.CUSTODY_HOLDER,
            name="Anders Toft",
            phone="00 00 00 25",
            how_reached="Skriv en sms. Han er hans far og kører på arbejde tidligt.",
            may_share="Alt.",
        ),
        DemoContact(
            kind=ContactKind.SCHOOL,
            name="Engskolen, klasselærer Maja Birk",
            phone="00 00 00 26",
            email="maja@engskolen.example",
            how_reached="Ring kl. 7.30 til 7.50.",
            may_share="Hvordan morgenen er gået.",
        ),
    ),
    order=DemoOrder(
        kind=OrderKind.CHILDS_PLAN,
        purpose="Villads skal have nætter med søvn, morgener han kender, og tid med sin familie.",
        caseworker="Ole Winther",
        starts_months_ago=8,
        goals=(
            DemoOrderGoal(
                text="Villads bliver på sit værelse, til uret skifter farve.",
                goals=("villads-morgenkasse",),
            ),
            DemoOrderGoal(text="Villads kommer i skole alle fem dage."),
            DemoOrderGoal(text="Villads er hjemme hver anden weekend."),
        ),
    ),
    goals=(MORNING,),
    absences=(
        Absence(days_ago=70, days=7, from_monday=True, note="På ferie med sin familie hele ugen."),
        Absence(days_ago=26, days=2, note="Har feber og sover længe."),
    ),
    home_weekends=("Hjemme hos sin mor og far i weekenden.", "Sover hjemme til søndag."),
)

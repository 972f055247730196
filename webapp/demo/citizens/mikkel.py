"""Mikkel, who asks for a break his own way and makes his own lunch. Two goals, on his wish."""

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
    InstructionForm,
    InterventionStatus,
    Measure,
    OrderKind,
    Outcome,
    Participation,
    Sense,
)

BREAK = DemoGoal(
    key="mikkel-pause",
    text="Mikkel viser sit pausekort eller siger til, når han vil have pause, mindst fem dage om "
    "ugen.",
    short_text="Siger til, når han vil have pause",
    starts_weeks_ago=26,
    ends_in_months=2,
    theme="kommunikation",
    participation=Participation.WROTE,
    participation_words="Mikkel har tegnet kortet og skrevet “pause” på det. Han læste målet "
    "igennem og rettede “gå væk” til “have pause”.",
    others_took_part="Hans søster var med på telefonen. Mester fortalte, hvornår han holder pause "
    "på værkstedet.",
    partner_involved=True,
    partner_words="Træværkstedet bruger det samme kort, så Mikkel kun skal kende ét.",
    revise_in_weeks=4,
    signs=(
        DemoSign(text="Mikkel lægger pausekortet ved siden af sin kop", baseline=5, target=6),
        DemoSign(
            text="Mikkel rører ved kortet, før han rejser sig", baseline=2, target=5, helped=False
        ),
        DemoSign(text="Mikkel rækker kortet til en af os", baseline=0, target=5),
        DemoSign(text="Mikkel siger “pause”, før han går", baseline=0, target=3, sense=Sense.HEAR),
        DemoSign(
            text="Mikkel siger, hvor mange minutter pausen skal vare",
            baseline=0,
            target=3,
            archived_why="Mikkel vender selv timeglasset. Det viser, hvor længe pausen er.",
            sense=Sense.HEAR,
            level=2.6,
            archived_weeks_ago=9,
        ),
    ),
    interventions=(
        DemoIntervention(
            title="Pausekortet",
            approach="Kort i stedet for ord: Kortet siger det samme og kan altid findes.",
            practice="Mikkel har kortet i lommen eller ved sin kop. Når han rækker det frem, "
            "svarer du “ja, pause” og bliver siddende. Han vender selv timeglasset, og når sandet "
            "er løbet ud, spørger du én gang, om han er klar.",
            who="Alle på vagt, også vikarer.",
            when_and_where="I stuen, fra Mikkel kommer hjem fra værkstedet, til vi spiser "
            "aftensmad",
            materials="Pausekortet og timeglasset. Et ekstra kort ligger på kontoret.",
            steps=(
                "Find kortet.",
                "Giv kortet til en af os.",
                "Vend timeglasset.",
                "Kom igen, når sandet er løbet ud.",
            ),
        ),
        DemoIntervention(
            title="Stolen ved vinduet",
            approach="Et fast sted uden spørgsmål: Pausen begynder, når han sidder der.",
            practice="Stolen er Mikkels plads om eftermiddagen. Vi taler ikke til ham, så længe "
            "sandet løber, og vi beder gæster sætte sig et andet sted.",
            who="Den, der er i stuen. Sig det også til gæster.",
            when_and_where="I stuen mellem klokken 14 og 18",
            materials="Stolen, timeglasset og det lille skilt på bordet.",
        ),
        DemoIntervention(
            title="Et kort i hver jakke",
            approach="Kort i stedet for ord: Det samme kort er med alle steder.",
            practice="Mikkel tegner selv to kort mere. I laminerer dem sammen, og han lægger ét i "
            "hver jakke. Spørg, om kortet er med, når han går ud ad døren.",
            who="Hassan sammen med Mikkel.",
            when_and_where="På Mikkels værelse, når han har tegnet de to kort",
            materials="Karton, tuscher og laminatoren fra kontoret.",
            status=InterventionStatus.PLANNED,
            added_weeks_ago=3,
        ),
    ),
    rhythm=Rhythm(
        windows=(Window(opens=time(14, 10), closes=time(17, 15)),),
        curve=((26, 1.0), (18, 1.6), (10, 2.9), (0, 3.7)),
        weekday=0.9,
        weekend=0.64,
    ),
    notes=(
        Note(weeks_ago=24, sign=1, text="Kortet lå ved koppen, mens vi drak kaffe."),
        Note(weeks_ago=20, sign=2, text="Rørte ved kortet to gange og blev siddende lidt endnu."),
        Note(
            weeks_ago=16,
            sign=3,
            outcome=Outcome.PARTLY,
            text="Holdt kortet op uden at se på mig. Jeg sagde “ja, pause”, og han gik.",
        ),
        Note(weeks_ago=12, sign=3, text="Rakte mig kortet. Der var otte mennesker i stuen."),
        Note(weeks_ago=8, sign=4, text="Sagde “pause nu” og tog timeglasset med."),
        Note(
            weeks_ago=4.5,
            outcome=Outcome.NOT_SEEN,
            text="Rejste sig midt i kaffen og gik ind til sig selv. Kortet lå i den anden jakke.",
        ),
        Note(weeks_ago=2, sign=4, text="Sagde “pause”, selv om radioen spillede højt."),
        Note(
            weeks_ago=0.6, sign=3, text="Gav kortet til sin sidemand, som rakte det videre til mig."
        ),
    ),
)

LUNCH = DemoGoal(
    key="mikkel-madpakke",
    text="Mikkel smører selv sin madpakke til næste dag, mindst fire aftener om ugen.",
    short_text="Smører selv sin madpakke",
    starts_weeks_ago=14,
    ends_in_months=3,
    theme="praktiske-opgaver",
    participation=Participation.CHOSE,
    participation_words="Mikkel sagde det selv: “De andre smører deres egen.” Han valgte, at det "
    "skal være om aftenen, når der er ryddet af.",
    others_took_part="Bo og Hassan fra kontaktteamet. Mester fortalte, hvornår der er frokost.",
    partner_involved=False,
    partner_words="Nej. Mikkel vil have det for sig selv i køkkenet, og vi kan det, der skal til.",
    second_goal_reason="Madpakken er Mikkels eget ønske. Den øver han om aftenen, og pausen øver "
    "han om dagen, så de to ikke står i vejen for hinanden.",
    revise_in_weeks=6,
    signs=(
        DemoSign(text="Mikkel finder rugbrødet frem, når timeren ringer", baseline=4, target=5),
        DemoSign(text="Mikkel vælger pålæg fra sin egen hylde i køleskabet", baseline=2, target=5),
        DemoSign(
            text="Mikkel selv smører mindst to stykker rugbrød",
            measure=Measure.STEPS,
            from_to=(2.5, 5.5),
            baseline=1,
            target=6,
            steps=(
                "Lægger to stykker rugbrød på brættet",
                "Smører smør på begge",
                "Lægger pålæg på",
                "Skærer brødet over",
                "Pakker det ned i madkassen",
                "Tørrer brættet af",
            ),
        ),
        DemoSign(text="Mikkel lægger madpakken i tasken samme aften", baseline=0, target=4),
        DemoSign(
            text="Mikkel viser på ansigterne, hvordan det gik med madpakken",
            helped=False,
            level=3.4,
            measure=Measure.SMILEY,
            from_to=(2.8, 4.2),
            baseline=3,
            target=4,
        ),
    ),
    interventions=(
        DemoIntervention(
            title="Madpakke ved siden af hinanden",
            approach="Ved siden af hinanden: Mikkel ser det blive gjort, mens han gør det.",
            practice="Stil bræt, kniv og madkasse frem i den rækkefølge, de skal bruges. Smør din "
            "egen mad ved siden af, og sig højt, hvad du gør. Mikkel går i gang, når han er klar. "
            "Lad hans brød se ud, som han vil have det.",
            who="Den, der har aftenvagt og selv skal have madpakke med.",
            when_and_where="Ved køkkenbordet, når der er ryddet af efter aftensmaden",
            materials="Bræt, smørkniv, madkasse og timer. Mikkels hylde i køleskabet er den "
            "nederste.",
            steps=(
                "Læg to stykker rugbrød på brættet.",
                "Kom smør på begge.",
                "Læg pålæg på.",
                "Skær brødet over.",
                "Pak det ned i madkassen.",
                "Tør brættet af.",
            ),
            measures=3,
            asks=5,
            form=InstructionForm.CHECKLIST,
        ),
    ),
    rhythm=Rhythm(
        windows=(Window(opens=time(18, 45), closes=time(20, 5)),),
        curve=((14, 1.1), (8, 2.2), (0, 3.8)),
        weekday=0.86,
        weekend=0.62,
    ),
    notes=(
        Note(weeks_ago=12, sign=1, text="Kom, da timeren ringede. Fandt også knækbrød frem."),
        Note(weeks_ago=9, sign=2, text="Valgte ost og agurk. Satte leverpostejen tilbage."),
        Note(
            weeks_ago=6,
            sign=3,
            outcome=Outcome.PARTLY,
            text="Smurte det ene stykke. Vi tog det andet sammen.",
        ),
        Note(weeks_ago=3, sign=3, text="Tre stykker og et ekstra til en fra værkstedet."),
        Note(weeks_ago=1, sign=4, text="Madpakken lå i tasken, da jeg ville minde ham om den."),
    ),
)

MIKKEL = DemoCitizen(
    first_name="Mikkel",
    last_name="Overgaard",
    kind=CitizenKind.ADULT,
    department=SOENDERMARKEN,
    contact_team=(BO, HASSAN),
    what_helps="Én besked ad gangen. Vent på svaret, gerne et helt minut.",
    context="Mikkel er 27 år og kan byens køreplaner udenad. Han arbejder på et træværksted, hvor "
    "han er kendt for at måle nøjagtigt. Han taler i hele sætninger, når der er ro, og i enkelte "
    "ord, når der er mange mennesker. Efter en lang dag går han fra bordet midt i en samtale, og "
    "så ved vi andre ikke, om han kommer igen. Pausekortet har han selv tegnet. Madpakken er "
    "Mikkels eget ønske, fordi kollegerne på værkstedet selv smører deres, og derfor har han to "
    "mål på samme tid.",
    plan=DemoPlan(
        resources="Mikkel kan byens køreplaner udenad og måler nøjagtigt på værkstedet. Han har "
        "selv tegnet sit pausekort. Når der er ro om ham, taler han i hele sætninger og "
        "fortæller, hvad han har lavet.",
        challenge="Efter en lang dag med mange mennesker bliver ordene få. Så rejser Mikkel sig "
        "midt i en samtale og går. Vi andre ved ikke, om han kommer igen, og nogle gange når han "
        "ikke at spise.",
        needs="Mikkel har brug for én besked ad gangen og et minut til at svare. Han har brug for "
        "en måde at sige pause på, som også gælder, når ordene er væk.",
        frame="Stolen ved vinduet er hans mellem klokken 14 og 18. Vi er to på vagt, når han "
        "kommer hjem fra værkstedet. Timeglasset løber i ti minutter.",
        earlier_experience="Vi har før spurgt, om han ville have pause. Så var der endnu et "
        "spørgsmål at svare på. Da han selv fik kortet i lommen, lagde han det på bordet den "
        "første uge.",
        theme="kommunikation",
        evaluator=BO,
        evaluation_months=3,
        evaluated_weeks_ago=9,
        evaluated_in_weeks=4,
    ),
    profile=DemoProfile(
        age=27,
        birthday=(9, 17),
        months_here=31,
        legal_ground="sel-107",
        municipality="Silkeborg",
        languages="Dansk",
        what_to_avoid="At spørge en gang til, før han har svaret.",
    ),
    contacts=(
        DemoContact(
            kind=ContactKind.RELATIVE,
            name="Louise Overgaard",
            phone="00 00 00 04",
            how_reached="Skriv en sms. Hun svarer om aftenen.",
            may_share="Ferier og aftaler. Spørg Mikkel først om resten.",
        ),
        DemoContact(
            kind=ContactKind.CASEWORKER,
            name="Jesper Dam",
            organisation="Socialafdelingen",
            phone="00 00 00 05",
            email="jesper.dam@kommune.example",
            how_reached="Skriv en mail.",
            may_share="Mål, status og møder.",
        ),
        DemoContact(
            kind=ContactKind.DAY_CENTRE,
            name="Træværkstedet Spånen",
            phone="00 00 00 06",
            how_reached="Ring til mester Torben mellem kl. 10 og 10.15.",
            may_share="Når han kommer senere eller har fri, og hvordan pausekortet ser ud.",
        ),
    ),
    order=DemoOrder(
        kind=OrderKind.ACTION_PLAN,
        purpose="Mikkel bor her, mens han øver sig i det, der skal til for at flytte i"
        " egen lejlighed.",
        caseworker="Jesper Dam",
        starts_months_ago=10,
        goals=(
            DemoOrderGoal(
                text="Mikkel siger fra på sin egen måde, når der er for mange mennesker.",
                goals=("mikkel-pause",),
            ),
            DemoOrderGoal(
                text="Mikkel laver sin egen mad en del af ugen.", goals=("mikkel-madpakke",)
            ),
            DemoOrderGoal(text="Mikkel passer sit arbejde fire dage om ugen."),
        ),
    ),
    goals=(BREAK, LUNCH),
    absences=(
        Absence(days_ago=77, days=7, from_monday=True, note="På ferie hos sin søster hele ugen."),
        Absence(days_ago=24, days=2, note="Har feber og bliver på sit værelse."),
    ),
)

"""The words the coach knows. Add one here, and a goal with it to the tests.

A word stands in its base form. In a phrase `*` marks a verb, `~` an adjective and `+` a noun, each
found in all its forms; `…` lets up to two other words in between: "holder næsten op med".
"""

from enum import StrEnum
from typing import Final


class Group(StrEnum):
    """What a word or phrase tells of a goal."""

    OBSERVABLE = "observable"
    WIDE = "wide"
    STATE = "state"
    VAGUE = "vague"
    INTERPRETATION = "interpretation"
    STAFF = "staff"
    DONE_TO = "done_to"
    ANOTHER_GOAL = "another_goal"
    AMOUNT = "amount"
    VAGUE_AMOUNT = "vague_amount"
    HEDGE = "hedge"
    AVOIDANCE = "avoidance"
    NOT = "not"
    WITHOUT = "without"
    LESS = "less"
    ALL_OR_NOTHING = "all_or_nothing"
    LARGE = "large"
    OBEDIENCE = "obedience"
    DATE = "date"
    OPEN_ENDED = "open_ended"


VERBS: Final[dict[Group, str]] = {
    # What a camera would see or a microphone hear.
    Group.OBSERVABLE: """
        afbryde aflevere aflæse afmelde afspritte aftørre afvaske afvise anbringe artikulere bade
        bage balancere banke barbere bede begynde beskrive bestille besøge betale bide binde blade
        blande blinke blæse booke bringe bruse brygge bukke bygge bære bøje børste cykle danse dele
        dreje drikke dryppe dyppe dyrke dække efterligne falde fastgøre feje fejre filme finde fiske
        fjerne flette flytte flyve fodre folde forberede fordele forklare forlade fortælle
        fotografere fremvise fylde følge føre gabe gemme gentage give grave gribe grine græde gynge
        gå hamre handle hente henvende hilse hjælpe holde hoppe hoste huske hviske hyle hækle hælde
        hænge høre imitere indkøbe indlevere indstille indsætte indtaste invitere kalde kaste kigge
        klappe klatre klemme klippe klæde knappe knibe knytte knække koge komme kopiere kramme
        kravle krybe krydse kysse kæmme købe køre lade lave ledsage lege ligge lime logge lufte
        lugte lukke lyne lytte lægge læse løbe løfte løsne låne låse male markere massere medbringe
        meddele melde mikse montere mumle møde måle nikke nippe notere nynne nyse nævne omfavne
        opbevare opstille opsøge optage optræde opvarme ordne overføre overrække pakke parkere
        passere pege pille placere planlægge plante plukke presse prikke printe præsentere pudse
        pumpe puste putte pynte påbegynde påføre påklæde rede rejse rense reparere reservere rette
        returnere ride ringe rive ruge rulle rydde ryge ryste række røre råbe samle save se sende
        servere sidde sige skifte skille skrige skrive skrue skrælle skubbe skylle skænke skære
        skåle slikke slippe sluge slukke slutte slæbe slå smage smide smile smøre snitte snuppe
        sortere sove spare sparke spille spise springe sprøjte spytte spænde spørge stable standse
        starte stave stemme stikke stille stoppe stramme strikke stryge strække strø støde støvsuge
        stå suge svare svinge svømme sy synge sætte tage tale taste tegne telefonere tilberede
        tilkalde tilkendegive tilmelde tisse titte tjekke trampe trille trykke træde trække tude
        tygge tælle tømme tørre udfylde udlevere udpege udskrive udveksle udvælge underskrive
        vade vande vandre varme vaske veje vende vente videregive vinke vise vride vække vælge vågne
        ytre zappe ælte øse åbne
    """,
    # They name something, but little until it is said how much.
    Group.WIDE: """
        anvende arbejde bidrage bruge deltage engagere forsøge gøre involvere klare lære medvirke
        passe prøve træne øve
    """,
    # They say nothing alone, but "er i bad i fem minutter" can be seen.
    Group.STATE: "have være",
    # What happens inside a person, or a direction without an end.
    Group.VAGUE: """
        acceptere afhjælpe afstemme anerkende bearbejde begribe beherske bevare erfare erkende
        fastholde favne fokusere forbedre fordybe formå forstå fremme fungere føle glæde håndtere
        indgå indse inkludere interessere kende kompensere koncentrere kontrollere magte mentalisere
        mestre modne motivere mærke navigere nyde opbygge opdage opleve opnå opretholde optimere
        overkomme overskue overveje profitere reflektere regulere relatere respektere rumme
        samarbejde sikre stabilisere stimulere strukturere styrke tilegne tilpasse tolerere trives
        tro turde tænke tåle udfolde udvide udvikle understøtte vedligeholde vide vænne værdsætte
        ændre øge
    """,
    # What is done to the citizen, so only with -s: "støttes", "motiveres".
    Group.DONE_TO: """
        aflede aktivere arbejde guide hjælpe inddrage inspirere introducere lede motionere motivere
        opfordre opmuntre sikre skærme stimulere støtte tilbyde træne understøtte vejlede
    """,
    Group.AVOIDANCE: """
        afholde afvænne begrænse forebygge forhindre modvirke ophøre udfase undgå undlade
    """,
    Group.LESS: "dæmpe formindske mindske nedbringe nedsætte nedtrappe reducere",
    Group.VAGUE_AMOUNT: "forbedre forstærke forøge højne styrke udvide øge",
    Group.OBEDIENCE: "adlyde indordne lystre makke",
}

TELLING: Final = """
    fortælle meddele oplyse pege råbe sige skrive spørge svare tegne udtrykke
"""
"""After these come the citizen's own words, which are no words of ours to weigh."""

PHRASES: Final[dict[Group, str]] = {
    # "Tænder" alone is nearly always teeth.
    Group.OBSERVABLE: "tænde* for, tænde* op, tænde* selv, tænde* … lys+, tænde* … lampe+",
    Group.VAGUE: """
        blive* … bedre, få* … det … bedre, få* … det … godt, have* … det … bedre, have* … det …
        godt, få* styr på, få* … overblik, få* … indsigt, få* … forståelse, have* … overblik, have*
        … overskud, have* … lyst, få* … mod på, finde* ro, falde* til ro, komme* videre, tage* …
        ansvar, tage* … initiativ, tage* … stilling, tage* … hensyn, tage* del, se* frem, være* …
        del af, være* opmærksom, være* bevidst, blive* bevidst, blive* klar over, sætte* ord på,
        stå* ved, gå* … bedre, holde* balancen, vise* hensyn, vise* respekt, vise* interesse, vise*
        omsorg, vise* forståelse, leve*, ved hvad, ved hvem, ved hvor,
        ved hvordan, finde* … identitet
    """,
    Group.INTERPRETATION: """
        aggressiv~, aktiv~, alderssvarende~, ansvarlig~, balanceret~, behagelig~, bevidst~, dygtig~,
        empatisk~, fleksibel, fleksible, fleksibelt, fornuftig~, fredelig~, glad~, harmonisk~,
        hensigtsmæssig~, impulsiv~, motiveret~, motiverede, meningsfuld~, moden~, modig~, mobil~,
        naturlig~, nærværende, omsorgsfuld~, pæn~, passende, positiv~, relevant~, robust~, rolig~,
        samarbejdsvillig~, selvhjulpen, selvhjulpne, selvsikker~, selvstændig, selvstændige,
        selvstændigere, social~, stabil~, stærk~, struktureret~, strukturerede, sund~, tilfreds~,
        tilpas, trist~, tryg~, uafhængig~, udadreagerende, udadvendt~, velbefindende, velfungerende,
        velsoigneret~, veltilpas, afslappet~, afbalanceret~, hensynsfuld~, adfærd+, færdighed+,
        frustration+, fællesskab+, helhed+, identitet+, impulskontrol+, kommunikation+, kompetence+,
        konflikt+, livsglæde+, livskvalitet+, livsmestring+, medbestemmelse+, mobilitet+,
        motivation+, netværk+, nærvær+, omsorg+, relation+, ressource+, samvær+, selvforståelse+,
        selvstændighed+, selvtillid+, selvværd+, situation+, struktur+, trivsel+, tryghed+,
        udvikling+, uro+, velvære+, adl, god~ hverdag+, god~ og … hverdag+, gode relationer, gode
        oplevelser, gode rammer, gode vaner
    """,
    Group.STAFF: """
        vi, personale+, personalet, medarbejder+, medarbejderne, kontaktperson+, kontaktteam+,
        pædagog+, pædagogerne, teamet
    """,
    Group.DONE_TO: """
        bliver guidet, bliver hjulpet, bliver kørt, bliver fulgt, bliver støttet, bliver tilbudt,
        bliver motiveret, bliver mindet, bliver skærmet, få* tilbud, få* tilbudt, få* støtte, få*
        hjælp, få* vejledning, modtage* støtte, modtage* hjælp, modtage* vejledning
    """,
    Group.ANOTHER_GOAL: "desuden, derudover, endvidere, herudover, ligeledes",
    Group.AMOUNT: """
        to, tre, fire, fem, seks, syv, otte, ni, ti, elleve, tolv, femten, tyve, tredive, fyrre,
        halvdel+, begge, én, ét, éen, éet, dobbelt, halvanden, hver, hvert, daglig~, ugentlig~,
        månedlig~, en gang, et par gange, en dag om, en aften om, et minut, et kvarter, en time, en
        halv time, om dagen, om ugen, om måneden, alle dage, alle ugens dage, mandag+, tirsdag+,
        onsdag+, torsdag+, fredag+, lørdag+, søndag+
    """,
    Group.VAGUE_AMOUNT: """
        mere, mest, bedre, flere, færre, mindre, oftere, ofte, sjældnere, sjældent, længere,
        hyppigere, hyppigt, jævnligt, regelmæssigt, nogle gange, af og til, indimellem, en del,
        lidt, i højere grad, i mindre grad, øget, øgede, gladere, roligere, sundere, tryggere,
        stærkere, bedst mulig~, mest mulig~, størst mulig~, stabilt, tilstrækkelig~, passende,
        normal~
    """,
    Group.HEDGE: """
        så vidt mulig~, så vidt det er muligt, hvis muligt, hvis det er muligt, om muligt, så godt …
        kan, efter bedste evne, i det omfang, i videst muligt omfang, i den udstrækning, efter
        behov, ved behov, eventuelt, evt, så meget som muligt, når det passer
    """,
    Group.AVOIDANCE: """
        ikke længere, ikke mere, må ikke, aldrig, stoppe* … med, slutte* … med at, holde* … op med,
        lade* være, slippe* for, komme* … ud af, fri for, fri af, konfliktfri~, voldsfri~, ophør
        med, stop for
    """,
    Group.NOT: "ikke",
    Group.WITHOUT: """
        uden at, uden brok, uden ballade, uden konflikt+, uden protest+, uden råb, uden skænderi+,
        uden slag, uden uro, uden vold, uden vrede, uden modstand
    """,
    Group.LESS: "færre, mindre, sjældnere",
    Group.ALL_OR_NOTHING: """
        altid, hver eneste, 100 procent, hundrede procent, til enhver tid, hele tiden, fuldt ud,
        fuldstændig~, i alle situationer, i alle sammenhænge, helt selvstændig~, konstant~, under
        alle omstændigheder
    """,
    Group.LARGE: """
        mestre* … liv, mestre* … hverdag+, et normalt liv, et almindeligt liv, et godt liv, et
        selvstændigt liv, klare* sig selv, klare* alt, leve* … liv, alle områder, hele sit liv
    """,
    Group.OBEDIENCE: """
        gøre* … som personalet, gøre* … som vi, gøre* … som de … siger, gøre* … som der, høre*
        efter, rette* sig efter, følge* … anvisning+, følge* personalets, følge* husordenen, følge*
        husregler, overholde* … regler, overholde* … husorden, overholde* husordenen, acceptere* …
        regler, acceptere* … krav, samarbejde* … med personalet, være* medgørlig
    """,
    Group.DATE: """
        inden for, inden januar, inden februar, inden marts, inden april, inden maj, inden juni,
        inden juli, inden august, inden september, inden oktober, inden november, inden december,
        inden jul, inden påske, inden sommer+, inden sommerferie+, inden efterårsferie+, til jul,
        til sommer, til påske, efter sommerferie+, om et halvt år, om et år, om … måneder, i løbet
        af … måneder, i løbet af foråret, i løbet af efteråret, inden nytår, til nytår
    """,
    Group.OPEN_ENDED: """
        på sigt, på længere sigt, på lang sigt, med tiden, efterhånden, en dag når, løbende,
        fremover, fremadrettet, snarest, hurtigst muligt, længst mulig~, så længe … mulig~, indtil
        videre, i fremtiden, resten af livet, resten af … liv
    """,
}


def _each(words: str) -> frozenset[str]:
    return frozenset(words.split())


SUBORDINATORS: Final = _each(
    "når hvis hvornår fordi mens selvom som hvad hvor hvordan hvorfor da før inden"
)
"""What follows in the clause is when or why, and no part of what to reach."""

NOT_BEFORE_NEGATION: Final = _each("før inden")
"""They may begin the main clause, so they excuse no "ikke": "inden jul ryger Erik ikke"."""

OPENS_TOLD: Final = _each("at om hvad hvem hvor hvordan hvorfor hvornår hvilken hvilke")
"""After a verb of telling they open what is told: "siger, at han ikke vil"."""

INFINITIVE_AFTER: Final = _each("at bør kan kunne må måtte skal skulle tør turde vil ville")
"""Elsewhere the infinitive is another word: "tale" and "pakke" are nouns, "stille" is quietly."""

PRONOUNS: Final = _each("de den der det han hun man nogen vi")
"""After "hver gang" they open a clause of when: "hver gang vi går i skole"."""

GAUGES: Final = _each("alene altid bare blot kun nødvendigvis")
"""After "ikke" they turn it around: "ikke kun i stuen"."""

HELP: Final = _each("""
    banke banker bede beder bedt føre fører guide guides guidet hjælp hjælpen hjælper hjælpes
    hjulpet holde holder kalde kalder kaldt kigge kigger køre kører lede ledet leder minde mindes
    minder mindet opfordre opfordrer opfordret opfordring påmindelse påmindelser påmindet ryste
    sagt sige siger spilde spilder spurgt spørge spørger støtte støtter støttes støttet tabe taber
    vente venter vise viser vist vække vækker vækket
""")
"""After "uden at" they tell of less help or a steadier hand: "uden at vi minder ham"."""

NO_MEASURE_BEFORE: Final = _each("afdeling hus lejlighed nr nummer stue værelse §")
NO_MEASURE_AFTER: Final = _each("år årig årige årigt")
"""A number beside these is a room, a law or an age."""

PREPOSITIONS: Final = _each("af fra for hos med mod om på til under ved")

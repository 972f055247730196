"""What the demo home's citizens, and those who hold custody, have said yes to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from webapp.demo.citizens.freja import FREJA
from webapp.demo.citizens.jens_ole import JENS_OLE
from webapp.demo.citizens.sofie import SOFIE
from webapp.demo.citizens.villads import VILLADS
from webapp.demo.days import local_day
from webapp.demo.ids import demo_id
from webapp.demo.profiles import citizen_id
from webapp.demo.shapes import DemoCitizen
from webapp.models import Consent, ConsentGiver, ConsentPurpose


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoConsent:
    """A yes; its days count back from today, and forth to the last day it holds."""

    citizen: DemoCitizen
    purpose: ConsentPurpose
    how: str
    days_ago: int
    giver: str = ""
    days_left: int | None = None


CONSENTS = (
    DemoConsent(
        citizen=SOFIE,
        purpose=ConsentPurpose.INSTRUCTION,
        how="Sofie så billederne af sig selv på tabletten, smilede og pegede på ja-kortet. Vi "
        "spurgte igen dagen efter, og hun pegede igen.",
        days_ago=80,
        days_left=285,
    ),
    DemoConsent(
        citizen=JENS_OLE,
        purpose=ConsentPurpose.INSTRUCTION,
        how="“I må godt filme, når jeg laver kaffe,” sagde Jens Ole. Vi aftalte, at han ser hvert "
        "klip først.",
        days_ago=45,
        days_left=21,
    ),
    DemoConsent(
        citizen=JENS_OLE,
        purpose=ConsentPurpose.REPORT,
        how="Jens Ole vil gerne have et billede af kaffen med i rapporten. Han valgte det selv.",
        days_ago=45,
    ),
    DemoConsent(
        citizen=FREJA,
        purpose=ConsentPurpose.INSTRUCTION,
        giver="Trine og Jakob Hedegaard",
        how="Sagt på statusmødet og skrevet i referatet: billeder af Freja i hendes egne "
        "vejledninger, ikke andre steder.",
        days_ago=60,
    ),
    DemoConsent(
        citizen=VILLADS,
        purpose=ConsentPurpose.RELATIVES,
        giver="Stine Toft",
        how="Stine ringede: billeder fra turene må sendes til begge forældre.",
        days_ago=30,
    ),
)


def consents(now: datetime, seed: int) -> Iterator[Consent]:
    """Yield each as it was written down the day it was given."""
    today = local_day(now)
    for number, demo in enumerate(CONSENTS):
        whose = ConsentGiver.CUSTODY_HOLDER if demo.giver else ConsentGiver.CITIZEN
        left = demo.days_left
        yield Consent(
            id=demo_id(seed, "consent", str(number)),
            citizen_id=citizen_id(seed, demo.citizen),
            purpose=demo.purpose,
            given_by=whose,
            giver_name=demo.giver,
            how=demo.how,
            given_on=today - timedelta(days=demo.days_ago),
            until=None if left is None else today + timedelta(days=left),
            recorded_by_id=demo_id(seed, "staff", demo.citizen.contact_team[0].email),
            recorded_at=now - timedelta(days=demo.days_ago),
        )

"""What the manager sees of tablets: what came in doubt, what is missing, who is silent."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.blueprints.conftest import Ledger
from tests.blueprints.shared import COOKIE
from tests.blueprints.tapping import actions
from tests.factories import NOW, World, add_device
from tests.sync.tablet import Pen, ask_for_grant, deliver, statuses, time_text
from webapp.models import Department, Device, Goal, Staff, SyncReceipt


@pytest.fixture
def tablet(session: Session, world: World) -> tuple[Device, str]:
    """The tablet in the kitchen at Søndermarken, and its secret."""
    made = add_device(session, world.soendermarken, world.ditte)
    session.commit()
    return made


@pytest.fixture
def annas(anna: FlaskClient, tablet: tuple[Device, str]) -> Pen:
    """Anna's grant on that tablet."""
    anna.set_cookie(COOKIE, tablet[1])
    return ask_for_grant(anna)


@pytest.fixture
def erik(as_staff: Callable[[Staff], FlaskClient], world: World) -> FlaskClient:
    """Erik's browser; he is in the same departments as Ditte."""
    return as_staff(world.erik)


def without_marks(text: str) -> str:
    """Return a page in one line, without the marks around what people wrote."""
    return " ".join(text.replace("<bdi hx-ignore>", "").replace("</bdi>", "").split())


def close_the_goal(session: Session, world: World) -> None:
    session.get_one(Goal, world.teeth.id).closed_at = NOW
    session.commit()


# What came in doubt


def test_a_manager_reads_why_and_says_that_it_was_seen(
    client: FlaskClient,
    ditte: FlaskClient,
    annas: Pen,
    session: Session,
    world: World,
    ledger: Ledger,
) -> None:
    close_the_goal(session, world)
    id = uuid4()
    deliver(client, annas.tap(world.takes_brush.id, id=id), pens=[annas])
    assert "Én registrering kom senere fra en tablet" in ditte.get("/").text

    page = without_marks(ditte.get("/sync/reviews").text)

    assert "Målet er afsluttet." in page
    assert "En registrering på et tegn" in page
    assert "Anna" in page
    assert "Køkkenet" in page
    assert "Det er gemt." in page
    assert ditte.post(f"/sync/reviews/{id}/reading").status_code == 303
    assert ledger.last.events == 1
    assert "Set af Ditte" in without_marks(ditte.get("/sync/reviews").text)
    assert "kom senere fra en tablet" not in ditte.get("/").text
    ditte.post(f"/sync/reviews/{id}/reading")
    assert actions(session).count("sync_receipt.mark_seen") == 1
    assert session.scalars(select(SyncReceipt.seen_by_id)).one() == world.ditte.id


def test_what_could_not_be_stored_and_a_conflict_are_there_in_words(
    client: FlaskClient,
    ditte: FlaskClient,
    annas: Pen,
    world: World,
    set_clock: Callable[[datetime], None],
) -> None:
    id = uuid4()
    entries = [
        annas.tap(world.takes_brush.id, id=id),
        annas.tap(world.takes_brush.id, id=id, note="Noget andet"),
        annas.tap(world.takes_brush.id, id=uuid4(), value="99"),
        annas.entry("x", uuid4(), sealed="uåbnelig"),
        annas.entry("observation.withdraw", uuid4()),
    ]
    deliver(client, *entries, pens=[annas])
    page = ditte.get("/sync/reviews").text

    assert "Der er gemt noget andet med samme nummer." in page
    assert "Det passede ikke til målet eller tegnet" in page
    assert "Det kunne ikke åbnes." in page
    assert page.count("bevaret her") == 3
    assert "som ikke er kommet endnu" not in page


def test_what_is_held_for_long_is_looked_at_too(
    client: FlaskClient, ditte: FlaskClient, annas: Pen, session: Session
) -> None:
    deliver(client, annas.entry("observation.withdraw", uuid4()), pens=[annas])
    assert "Her er intet at se på" in ditte.get("/sync/reviews").text
    receipt = session.scalars(select(SyncReceipt)).one()
    receipt.received_at = NOW - timedelta(days=2)
    session.commit()

    assert "som ikke er kommet endnu" in ditte.get("/sync/reviews").text


def test_only_what_is_of_ones_own_departments_is_there(
    client: FlaskClient,
    anna: FlaskClient,
    ditte: FlaskClient,
    annas: Pen,
    session: Session,
    world: World,
) -> None:
    close_the_goal(session, world)
    id, lost = uuid4(), uuid4()
    deliver(
        client,
        annas.tap(world.takes_brush.id, id=id),
        annas.entry("x", uuid4(), id=lost, sealed="uåbnelig"),
        pens=[annas],
    )
    laerkereden = session.get_one(Department, world.laerkereden.id)
    session.get_one(Staff, world.ditte.id).departments = [laerkereden]
    session.commit()

    page = ditte.get("/sync/reviews").text

    assert "Her er intet at se på" in page
    for each in (id, lost, uuid4()):
        assert ditte.post(f"/sync/reviews/{each}/reading").status_code == 404
    assert anna.get("/sync/reviews").status_code == 403
    assert anna.post(f"/sync/reviews/{id}/reading").status_code == 404


# The tablets


def test_a8_f2_the_list_says_what_waits_and_what_is_missing(
    client: FlaskClient,
    ditte: FlaskClient,
    annas: Pen,
    bo: FlaskClient,
    tablet: tuple[Device, str],
    session: Session,
    world: World,
) -> None:
    bo.set_cookie(COOKIE, tablet[1])
    bos = ask_for_grant(bo)
    entries = [annas.tap(world.takes_brush.id, id=uuid4()) for _ in range(5)]
    bos.tap(world.takes_brush.id, id=uuid4())
    oldest = time_text(NOW - timedelta(minutes=25))
    deliver(client, entries[0], entries[4], pens=[annas, bos], depth=6, oldest=oldest)

    page = without_marks(ditte.get("/tablets").text)

    assert "4, den ældste fra 21. november 19.05" in page
    assert "mangler" not in page, "they may all be among those that wait"

    deliver(client, entries[1], pens=[annas, bos], depth=1, oldest=oldest)
    page = without_marks(ditte.get("/tablets").text)

    assert "mangler 2 fra Anna" in page
    assert "mangler 1 fra Bo" in page
    assert session.get_one(Device, tablet[0].id).waiting_since is None


def test_what_the_page_itself_was_answered_is_not_missing(
    client: FlaskClient, ditte: FlaskClient, annas: Pen, session: Session, world: World
) -> None:
    annas.next_seq = 9
    last = annas.tap(world.takes_brush.id, id=uuid4())
    told = annas.told | {"account": annas.account(settled=[[1, 5], [7, 8]])}

    deliver(client, last, pens=[], grants=[told], depth=0)

    assert "mangler 1 fra Anna" in without_marks(ditte.get("/tablets").text)
    told |= {"account": annas.account(settled=[[1, 8]])}
    deliver(client, pens=[], grants=[told])
    assert "mangler" not in without_marks(ditte.get("/tablets").text)


def test_nobody_but_the_author_can_hide_what_is_missing_or_say_that_something_is(
    client: FlaskClient,
    ditte: FlaskClient,
    annas: Pen,
    bo: FlaskClient,
    tablet: tuple[Device, str],
    world: World,
) -> None:
    bo.set_cookie(COOKIE, tablet[1])
    bos = ask_for_grant(bo)
    annas.next_seq = 3
    earlier = annas.account()
    last = annas.tap(world.takes_brush.id, id=uuid4())
    deliver(client, last, pens=[annas])
    forged = Pen(bos.key, annas.grant, annas.seal_to, next_seq=900)
    header, payload, _ = forged.account(settled=[[1, 899]]).split(".")
    signature = annas.account().rpartition(".")[2]

    for grant in (
        {"next_seq": 900, "settled": [[1, 899]]},
        {"account": forged.account(settled=[[1, 899]])},
        {"account": f"{header}.{payload}.{signature}"},
        {"account": earlier},
        {"account": last},
        {"account": bos.account(grant=annas.claims["jti"], settled=[[1, 3]])},
        {"account": "noget"},
    ):
        deliver(client, pens=[], grants=[{"grant": annas.grant} | grant])
        assert "mangler 2 fra Anna" in without_marks(ditte.get("/tablets").text), grant
        assert "fra Bo" not in without_marks(ditte.get("/tablets").text)
    swapped = bos.account(next_seq=9)
    deliver(client, pens=[], grants=[{"grant": annas.grant, "account": swapped}])
    deliver(client, pens=[], grants=[{"grant": bos.grant, "account": annas.account()}])
    assert "mangler 2 fra Anna" in without_marks(ditte.get("/tablets").text)


@pytest.mark.parametrize(("runs", "absent"), [(1000, 1000), (1001, 0)])
def test_an_account_may_have_a_thousand_runs_and_a_longer_one_harms_no_entry(
    client: FlaskClient, ditte: FlaskClient, annas: Pen, world: World, runs: int, absent: int
) -> None:
    id, settled = uuid4(), [[each, each] for each in range(1, 2 * runs, 2)]
    entry = annas.tap(world.takes_brush.id, id=id)
    annas.next_seq = 2 * runs + 1
    told = annas.told | {"account": annas.account(settled=settled)}

    assert statuses(deliver(client, entry, pens=[], grants=[told])) == ["stored"]

    page = without_marks(ditte.get("/tablets").text)
    assert (f"mangler {absent} fra Anna" in page) == bool(absent)


def test_an_account_that_is_sent_again_forgets_nothing(
    client: FlaskClient, ditte: FlaskClient, annas: Pen
) -> None:
    annas.next_seq = 5
    earlier = annas.account(settled=[[1, 2]])
    deliver(client, pens=[], grants=[{"grant": annas.grant, "account": earlier}])
    assert "mangler 2 fra Anna" in without_marks(ditte.get("/tablets").text)
    later = annas.account(settled=[[1, 4]])
    deliver(client, pens=[], grants=[{"grant": annas.grant, "account": later}])

    deliver(client, pens=[], grants=[{"grant": annas.grant, "account": earlier}])

    assert "mangler" not in without_marks(ditte.get("/tablets").text)


def test_e12_a_tablet_may_be_wiped_once_it_told_lately_that_nothing_waits(
    client: FlaskClient,
    ditte: FlaskClient,
    annas: Pen,
    stay_until: Callable[[datetime], None],
) -> None:
    def may_be_wiped() -> bool:
        page = without_marks(ditte.get("/tablets").text)
        assert ("Slet den ikke endnu" in page) != ("Den kan slettes og gives videre" in page)
        return "Den kan slettes og gives videre" in page

    deliver(client, pens=[annas], depth=3, oldest=time_text(NOW))
    assert not may_be_wiped()
    deliver(client, pens=[annas])
    assert may_be_wiped()
    annas.next_seq = 3
    deliver(client, pens=[annas])
    assert not may_be_wiped(), "two have numbers, and have not come"
    annas.next_seq = 1
    stay_until(NOW + timedelta(hours=5))
    assert not may_be_wiped()


def test_a8_a_tablet_whose_browser_may_delete_what_waits_is_told_of_until_it_may_not(
    client: FlaskClient, ditte: FlaskClient, annas: Pen
) -> None:
    def is_told() -> bool:
        # Udbakke has the same words, for the page's own tablet.
        return 'alert">Browseren må slette, hvad der venter.' in ditte.get("/tablets").text

    deliver(client, pens=[annas])
    assert not is_told(), "an older release says nothing of it"
    deliver(client, pens=[annas], persisted=False)
    assert is_told()
    deliver(client, pens=[annas])
    assert is_told(), "nothing new was said"
    deliver(client, pens=[annas], persisted=True)
    assert not is_told()


def test_a_tablet_that_says_nothing_for_long_is_silent(
    client: FlaskClient,
    ditte: FlaskClient,
    annas: Pen,
    stay_until: Callable[[datetime], None],
) -> None:
    deliver(client, pens=[annas], depth=3, oldest=time_text(NOW))
    assert "ikke meldt sig" not in ditte.get("/tablets").text

    stay_until(NOW + timedelta(hours=5))

    page = without_marks(ditte.get("/tablets").text)
    assert "ikke meldt sig siden 21. november 19.30, og noget venter på den" in page

    deliver(client, pens=[annas])
    assert "ikke meldt sig" not in ditte.get("/tablets").text


def test_a_batch_notes_the_tablet_of_its_newest_grant_and_none_that_was_let_go(
    client: FlaskClient, annas: Pen, tablet: tuple[Device, str], session: Session
) -> None:
    assert statuses(deliver(client, pens=[annas], depth=7, oldest=time_text(NOW))) == []
    device = session.get_one(Device, tablet[0].id)
    assert (device.waiting, device.waiting_since, device.app_version) == (7, NOW, "0123456789ab")
    device.revoked_at = NOW
    session.commit()

    deliver(client, pens=[annas])

    session.expire_all()
    assert session.get_one(Device, tablet[0].id).waiting == 7


def test_the_settings_lead_there(ditte: FlaskClient) -> None:
    assert 'href="/sync/reviews"' in ditte.get("/settings").text

"""Papers beside an order: taken for what they are, handed out as files and as nothing else."""

from collections.abc import Callable
from threading import BoundedSemaphore
from urllib.parse import unquote
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.blueprints.answers import token
from tests.blueprints.conftest import Ledger
from tests.blueprints.tapping import actions, count, words
from tests.factories import NOW, World, add_order
from tests.papers import a_docx, a_pdf, a_picture
from webapp.adapters import papers
from webapp.adapters.media_store import get_media
from webapp.db import db
from webapp.models import AuditEvent, Order, OrderFile, Staff
from webapp.services import order_files
from webapp.services.order_files import LARGEST_FILE

HTML = b"<!doctype html><script>alert(document.cookie)</script>"


@pytest.fixture
def order(session: Session, world: World) -> Order:
    made = add_order(session, world.sofie, "Tandbørstning")
    session.commit()
    return made


def lay(
    client: FlaskClient, order: Order, data: bytes, name: str = "Handleplan.pdf", **more: str
) -> TestResponse:
    """Send a file, as the form does."""
    return send(client, f"/orders/{order.id}/files", data, name, **more)


def send(
    client: FlaskClient, url: str, data: bytes, name: str, kind: str = "", **more: str
) -> TestResponse:
    """Send a form with a file in it, written as browsers write it."""
    fields = {"new_id": str(uuid4())} | more
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    quoted = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    head = f'--x\r\nContent-Disposition: form-data; name="paper"; filename="{quoted}"\r\n'
    head += f"Content-Type: {kind or 'application/octet-stream'}\r\n\r\n"
    body = b"".join([*parts, head.encode(), data, b"\r\n--x--\r\n"])
    return client.post(url, data=body, content_type="multipart/form-data; boundary=x")


def only(session: Session) -> OrderFile:
    return session.scalars(select(OrderFile)).one()


def stored_bytes(app: Flask, file: OrderFile) -> bytes:
    store = app.extensions["media_store"]
    return b"".join(get_media(store, file.sha256, size=file.size))


# Taking it


def test_a_paper_is_laid_beside_the_order_with_who_and_when(
    anna: FlaskClient, app: Flask, world: World, session: Session, order: Order
) -> None:
    response = lay(anna, order, a_pdf(), "Handleplan Sofie – 2026.pdf")

    file = only(session)
    assert response.status_code == 303
    assert response.location == f"/citizens/{world.sofie.id}/orders#order-{order.id}"
    assert (file.order_id, file.added_by_id, file.added_at) == (order.id, world.anna.id, NOW)
    assert (file.name, file.media_type) == ("Handleplan Sofie – 2026.pdf", "application/pdf")
    assert stored_bytes(app, file) == a_pdf()
    assert actions(session) == ["order_file.create"]
    page = words(anna.get(f"/citizens/{world.sofie.id}/orders"))
    assert "Handleplan Sofie – 2026.pdf" in page
    assert "1 KB · lagt ved 21. november" in page


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (a_docx(), "Handleplan.docx", papers.MEDIA_TYPES[papers.PaperKind.DOCX]),
        (a_picture(), "Side 1.jpg", "image/jpeg"),
        (a_picture(), "Side 1.JPEG", "image/jpeg"),
        (a_picture("PNG"), "Side 1.png", "image/png"),
        (a_picture("WEBP"), "Side 1.webp", "image/webp"),
        (a_pdf(), "Handleplan", "application/pdf"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_kind_of_paper_is_taken_for_what_it_is(
    anna: FlaskClient, session: Session, order: Order, data: bytes, name: str, media_type: str
) -> None:
    assert lay(anna, order, data, name).status_code == 303

    assert only(session).media_type == media_type
    assert only(session).name.startswith(name)


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "Handleplan.pdf", "Filen er tom"),
        (HTML, "Handleplan.pdf", "noget andet, end dens navn siger"),
        (HTML, "Handleplan.docx", "noget andet, end dens navn siger"),
        (a_pdf(), "Side 1.jpg", "noget andet, end dens navn siger"),
        (a_pdf(), "Handleplan.html", "noget andet, end dens navn siger"),
        (a_picture(), "Handleplan.pdf", "noget andet, end dens navn siger"),
        (a_docx(), "Handleplan.docm", "noget andet, end dens navn siger"),
        (HTML, "Handleplan.html", "Den slags fil kan vi ikke tage imod"),
        (b"MZ\x90", "Handleplan.pdf.exe", "Den slags fil kan vi ikke tage imod"),
        (a_pdf() + HTML, "Handleplan.pdf", "Filen kan ikke åbnes"),
        (a_pdf()[:300], "Handleplan.pdf", "Filen kan ikke åbnes"),
        (a_docx({"word/vbaProject.bin": b"Sub"}), "Handleplan.docx", "makroer"),
        (a_docx({"word/x": bytes(210 * 1024 * 1024)}), "Handleplan.docx", "Filen kan ikke åbnes"),
    ],
    # Bytes make no name that every process of a test run agrees on.
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_it_is_not_is_refused_with_words_and_nothing_is_kept(
    anna: FlaskClient, session: Session, order: Order, data: bytes, name: str, said: str
) -> None:
    response = lay(anna, order, data, name)

    assert response.status_code == 422
    assert said in words(response)
    assert "Intet er gemt" in words(response)
    assert count(session, OrderFile) == 0
    assert actions(session) == ["order.read"]


def test_what_the_sender_claims_of_its_kind_is_not_believed(
    anna: FlaskClient, session: Session, order: Order
) -> None:
    send(anna, f"/orders/{order.id}/files", a_pdf(), "plan.pdf", kind="text/html")

    assert only(session).media_type == "application/pdf"


def test_a_picture_is_kept_without_what_hangs_behind_it(
    anna: FlaskClient, app: Flask, session: Session, order: Order
) -> None:
    lay(anna, order, a_picture(comment=HTML) + HTML, "Side 1.jpg")

    file = only(session)
    assert b"script" not in stored_bytes(app, file)
    assert file.size == len(stored_bytes(app, file))


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../../etc/cron.d/plan.pdf", "plan.pdf"),
        ('Sofies "nye" plan.pdf', 'Sofies "nye" plan.pdf'),
        ("plan\r\nSet-Cookie: x.pdf", "plan%0D%0ASet-Cookie: x.pdf"),
        ("Sofies \u202enalp.pdf", "Sofies nalp.pdf"),
        ("Sofies 'nye' plan; filename=x.pdf", "Sofies 'nye' plan; filename=x.pdf"),
        ("<b hx-get=x>.pdf", "<b hx-get=x>.pdf"),
        ("æøå 漢字 🌻.pdf", "æøå 漢字 🌻.pdf"),
        ("x" * 400 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_name_is_a_name_and_never_a_path_or_a_trap(
    anna: FlaskClient, world: World, session: Session, order: Order, sent: str, kept: str
) -> None:
    lay(anna, order, a_pdf(), sent)

    assert only(session).name == kept
    assert "<b hx" not in anna.get(f"/citizens/{world.sofie.id}/orders").text
    header = anna.get(f"/order-files/{only(session).id}").headers["Content-Disposition"]
    assert header.isascii()
    assert '"' not in header
    assert unquote(header.removeprefix("attachment; filename*=UTF-8''")) == kept


@pytest.mark.parametrize("fields", [{}, {"paper": "Handleplan.pdf"}])
def test_a_form_without_a_file_asks_for_one(
    anna: FlaskClient, session: Session, order: Order, fields: dict[str, str]
) -> None:
    response = anna.post(f"/orders/{order.id}/files", data={"new_id": str(uuid4())} | fields)

    assert response.status_code == 422
    assert "Vælg den fil, du vil lægge ved" in response.text
    assert count(session, OrderFile) == 0


def test_a_form_sent_twice_lays_one_paper(
    anna: FlaskClient, session: Session, order: Order
) -> None:
    id = str(uuid4())

    answers = [lay(anna, order, a_pdf(), new_id=id) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert count(session, OrderFile) == 1
    assert actions(session) == ["order_file.create", "order.read"]


def test_the_same_id_with_another_paper_is_refused(
    anna: FlaskClient, session: Session, order: Order
) -> None:
    id = str(uuid4())
    lay(anna, order, a_pdf(), new_id=id)

    response = lay(anna, order, a_docx(), "Handleplan.docx", new_id=id)

    assert response.status_code == 409
    assert "Det første er bevaret" in response.text
    assert only(session).media_type == "application/pdf"


def test_the_same_paper_twice_is_two_rows_and_lies_in_the_store_once(
    anna: FlaskClient, session: Session, order: Order
) -> None:
    for _ in range(2):
        lay(anna, order, a_pdf())

    files = session.scalars(select(OrderFile)).all()
    assert len(files) == 2
    assert len({file.sha256 for file in files}) == 1


def test_nothing_is_laid_beside_an_order_that_is_put_away(
    anna: FlaskClient, session: Session, order: Order
) -> None:
    order.archived_at = NOW
    session.commit()

    response = lay(anna, order, a_pdf())

    assert response.status_code == 409
    assert "Bestillingen er lagt væk" in response.text
    assert count(session, OrderFile) == 0


def test_when_too_many_are_looked_into_one_is_asked_to_wait(
    anna: FlaskClient, session: Session, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = BoundedSemaphore(1)
    busy.acquire()
    monkeypatch.setattr(papers, "_turns", busy)
    monkeypatch.setattr(papers, "PATIENCE", 0.01)

    response = lay(anna, order, a_pdf())

    assert response.status_code == 503
    assert "Der er travlt lige nu" in response.text
    assert count(session, OrderFile) == 0


def test_no_transaction_is_open_while_a_file_is_looked_into(
    anna: FlaskClient, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_then: list[bool] = []

    def look(data: bytes) -> papers.Paper:
        open_then.append(db.session().in_transaction())
        return papers.Paper(papers.PaperKind.PDF, data)

    monkeypatch.setattr(order_files, "look_into", look)

    assert lay(anna, order, a_pdf()).status_code == 303
    assert open_then == [False]


# How much


def test_a_file_of_twenty_megabytes_is_taken_and_one_byte_more_is_not(
    anna: FlaskClient, session: Session, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        order_files, "look_into", lambda data: papers.Paper(papers.PaperKind.PDF, data)
    )

    assert lay(anna, order, bytes(LARGEST_FILE)).status_code == 303
    refused = lay(anna, order, bytes(LARGEST_FILE + 1))

    assert refused.status_code == 413
    assert "Filen fylder mere end 20 MB" in refused.text
    assert count(session, OrderFile) == 1


def test_twenty_one_megabytes_are_refused_in_words(
    anna: FlaskClient, session: Session, order: Order, ledger: Ledger
) -> None:
    response = lay(anna, order, bytes(21 * 1024 * 1024))

    assert response.status_code == 413
    assert "vælg en mindre fil" in words(response)
    assert count(session, OrderFile) == 0
    assert ledger.last.commits == 0


def test_every_other_route_still_takes_four_megabytes_at_most(
    anna: FlaskClient, world: World, order: Order
) -> None:
    for url in (
        f"/orders/{order.id}",
        f"/citizens/{world.sofie.id}/orders",
        f"/citizens/{world.sofie.id}/profile",
        f"/signs/{world.takes_brush.id}/observations",
    ):
        assert send(anna, url, bytes(5_000_000), "stor.pdf").status_code == 413, url


def test_a_large_file_is_taken_with_the_token_in_its_form_and_not_without(
    app: Flask, anna: FlaskClient, session: Session, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    monkeypatch.setattr(
        order_files, "look_into", lambda data: papers.Paper(papers.PaperKind.PDF, data)
    )
    large = bytes(10 * 1024 * 1024)

    assert lay(anna, order, large).status_code == 400
    assert count(session, OrderFile) == 0
    carried = token(anna, f"/orders/{order.id}/files/new")
    assert lay(anna, order, large, csrf_token=carried).status_code == 303


# Handing it out


def test_a_paper_is_handed_out_as_a_file_and_as_nothing_else(
    anna: FlaskClient, session: Session, order: Order
) -> None:
    lay(anna, order, a_pdf(), "Handleplan Ærø.pdf")

    response = anna.get(f"/order-files/{only(session).id}")

    assert (response.status_code, response.data) == (200, a_pdf())
    headers = response.headers
    assert headers["Content-Disposition"] == (
        "attachment; filename*=UTF-8''Handleplan%20%C3%86r%C3%B8.pdf"
    )
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Length"] == str(len(a_pdf()))
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["Cache-Control"] == "no-store"
    head = anna.head(f"/order-files/{only(session).id}")
    assert (head.data, head.headers["Content-Length"]) == (b"", str(len(a_pdf())))


def test_the_look_is_logged_before_the_first_byte(
    anna: FlaskClient,
    session: Session,
    world: World,
    order: Order,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lay(anna, order, a_pdf())
    file = only(session)
    session.commit()
    logged: list[int] = []

    def watched(*_args: object, **_more: object) -> list[bytes]:
        logged.append(ledgered())
        return [b"..."]

    def ledgered() -> int:
        with db.engine.connect() as another:
            return len(another.execute(select(AuditEvent.id)).all())

    before = ledgered()
    monkeypatch.setattr("webapp.blueprints.orders.files.get_media", watched)

    anna.get(f"/order-files/{file.id}")

    assert logged == [before + 1]
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "order_file.read")).one()
    assert (event.actor_id, event.citizen_id, event.object_id) == (
        world.anna.id,
        world.sofie.id,
        file.id,
    )


def test_everyone_who_works_with_the_citizen_reads_it_and_nobody_else(
    anna: FlaskClient,
    bo: FlaskClient,
    as_staff: Callable[[Staff], FlaskClient],
    world: World,
    session: Session,
    order: Order,
) -> None:
    lay(anna, order, a_pdf())
    url = f"/order-files/{only(session).id}"

    assert bo.get(url).status_code == 200
    for stranger in (world.carl, world.frida):
        assert as_staff(stranger).get(url).status_code == 404
        assert lay(as_staff(stranger), order, a_pdf()).status_code == 404


@pytest.mark.parametrize("is_short", [True, False])
def test_a_paper_that_is_not_in_the_store_is_told_in_words(
    anna: FlaskClient, app: Flask, session: Session, order: Order, is_short: bool
) -> None:
    lay(anna, order, a_pdf())
    file = only(session)
    if is_short:
        file.size += 1
    else:
        file.sha256 = "0" * 64
    session.commit()

    response = anna.get(f"/order-files/{file.id}")

    assert response.status_code == 404
    assert "Filen ligger ikke, hvor den skal" in words(response)

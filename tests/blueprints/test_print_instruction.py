"""An instruction on paper: who prints it, what stands on it, and that it names nobody."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.blueprints.tapping import actions, words
from tests.factories import (
    NOW,
    World,
    add_consent,
    add_step_clip,
    add_step_picture,
)
from webapp.current import settings_of
from webapp.models import Consent, Intervention
from webapp.qr import qr_svg


@pytest.fixture
def teeth(session: Session, world: World) -> Intervention:
    """How Sofie brushes her teeth: a picture of hands, one of her, a clip, and words alone."""
    intervention = session.scalars(select(Intervention)).one()
    add_consent(session, world.sofie, world.anna)
    add_step_picture(session, intervention, world.anna)
    add_step_picture(session, intervention, world.anna, shows_citizen=True)
    add_step_clip(session, intervention, world.anna)
    session.commit()
    session.expire_all()
    return intervention


@pytest.mark.parametrize("form", ["cards", "strip", "else"])
def test_each_step_stands_on_the_paper_with_its_picture_and_the_code_leads_to_the_tablet(
    bo: FlaskClient, app: Flask, session: Session, teeth: Intervention, form: str
) -> None:
    page = bo.get(f"/interventions/{teeth.id}/instruction/print?form={form}")

    assert page.status_code == 200
    assert all(step.text in words(page) for step in teeth.steps)
    assert page.text.count('class="printed-number"') == len(teeth.steps)
    assert page.text.count("/step-pictures/") == 2
    assert page.text.count("/poster") == 1
    assert f"instruction-sheet as-{'strip' if form == 'strip' else 'cards'}" in page.text
    assert qr_svg(f"{settings_of(app).address}/interventions/{teeth.id}/show") in page.text
    assert actions(session) == ["instruction.print"]


def test_paper_that_hangs_on_a_wall_names_nobody(
    bo: FlaskClient, world: World, teeth: Intervention
) -> None:
    page = words(bo.get(f"/interventions/{teeth.id}/instruction/print"))

    for name in ("Sofie", world.sofie.last_name, "Bo Christensen"):
        assert name not in page.replace(teeth.title, "")


def test_what_the_file_is_called_is_the_name_of_the_instruction(
    bo: FlaskClient, teeth: Intervention
) -> None:
    page = bo.get(f"/interventions/{teeth.id}/instruction/print")

    assert f"<title>{teeth.title} · Småtegn</title>" in page.text


def test_a_picture_that_nobody_says_yes_to_any_more_is_not_printed(
    bo: FlaskClient, session: Session, world: World, teeth: Intervention
) -> None:
    said = session.scalars(select(Consent)).one()
    said.withdrawn_at = NOW - timedelta(hours=1)
    session.commit()

    page = bo.get(f"/interventions/{teeth.id}/instruction/print")

    assert page.text.count("/step-pictures/") == 1

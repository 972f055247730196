"""A plan is written from the municipality's order to the first tap, on the tablet."""

from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests.browser.conftest import SignedIn
from tests.browser.home import Home
from tests.browser.watch import Watch
from tests.personas import BO, DITTE
from webapp.models import Citizen, Goal, Measure, Plan, Sign

GOAL = "Nora dækker selv bord med fire tallerkener tre aftener om ugen"


def citizen_id(home: Home, first_name: str) -> str:
    """Return the id of a citizen."""
    with home.read() as session:
        return str(
            session.scalars(select(Citizen.id).where(Citizen.first_name == first_name)).one()
        )


def save(page: Page) -> None:
    page.locator(".plan-form").get_by_role("button", name="Gem", exact=True).click()
    expect(page.locator(".pentagon")).to_be_visible()


def test_a_plan_is_written_from_order_to_first_tap(signed_in: SignedIn, home: Home) -> None:
    home.let_move_in()
    nora = citizen_id(home, "Nora")
    page = signed_in(DITTE)

    # The municipality's order.
    page.goto(f"/citizens/{nora}/orders/new")
    page.get_by_text("Handleplan").first.click()
    page.locator("[name=purpose]").fill("Nora skal kunne mere selv i sin egen hverdag")
    page.locator("textarea[name=goal]").first.fill("Praktiske opgaver i hjemmet")
    page.locator("[name=starts_on]").fill("2026-11-01")
    page.get_by_role("button", name="Gem", exact=True).last.click()
    expect(page.get_by_text("Praktiske opgaver i hjemmet").first).to_be_visible()

    # Sammenhæng, beginning with what she can.
    page.goto(f"/citizens/{nora}/plan")
    expect(page.get_by_text("uden et mål her endnu")).to_be_visible()
    page.locator("#sammenhaeng").get_by_role("link", name="Ret").click()
    page.get_by_label("Ressourcer", exact=True).fill("Nora kan lide at hjælpe til i køkkenet")
    save(page)
    expect(page.locator("#sammenhaeng")).to_contain_text("hjælpe til i køkkenet")

    # A goal from the order; the coach reads along.
    page.get_by_role("link", name="Skriv målet").click()
    expect(page.locator("#order_goal_id option:checked")).to_have_text(
        "Praktiske opgaver i hjemmet"
    )
    page.locator("[name=text]").fill("Nora skal blive gladere")
    expect(page.locator("#smorte")).to_contain_text("gladere")
    page.locator("[name=text]").fill(GOAL)
    expect(page.locator("#smorte .smorte-light").first).to_contain_text("På plads")
    save(page)
    goal = page.locator(".plan-goal").filter(has_text=GOAL)
    expect(goal.get_by_text("Kladde")).to_be_visible()

    # A sign, and what we do.
    goal.get_by_role("link", name="Nyt tegn").click()
    page.locator("[name=text]").fill("Nora henter tallerknerne")
    save(page)
    goal.get_by_role("link", name="Nyt tiltag").click()
    page.locator("[name=title]").fill("Læg kortet med tallerkenen frem")
    page.locator("[name=steps]").fill("Læg kortet på bordet\nVent ti sekunder")
    save(page)
    expect(goal.locator("ol.steps li")).to_have_count(2)

    # Started: the floor logs on it the same minute.
    goal.get_by_role("button", name="Sæt målet i gang").click()
    expect(goal.get_by_text("Kladde")).to_have_count(0)
    bo = signed_in(BO)
    bo.goto(f"/citizens/{nora}")
    bo.get_by_role("button", name="Jeg har set det").click()
    bo.get_by_role("button", name="Nora henter tallerknerne").click()
    expect(bo.locator(".when")).to_contain_text("Bo")
    [stored] = home.added()
    assert stored.author.first_name == "Bo"
    assert stored.sign
    assert stored.sign.text == "Nora henter tallerknerne"


def test_words_being_written_survive_a_reload_and_are_gone_when_thrown_away(
    anna: Page, home: Home
) -> None:
    anna.goto(f"/citizens/{citizen_id(home, 'Sofie')}/plan/context/edit")
    field = anna.get_by_label("Ressourcer", exact=True)
    before = field.input_value()

    field.fill("Sofie kan lide vand og musik")
    expect(anna.locator("[data-autosave-status]")).to_have_text("Kladden er gemt")
    anna.reload()

    expect(field).to_have_value("Sofie kan lide vand og musik")
    anna.get_by_role("button", name="Kassér kladden").click()
    expect(anna.get_by_role("button", name="Kassér kladden")).to_have_count(0)
    expect(field).to_have_value(before)


def test_words_written_before_the_page_was_ready_are_kept_too(anna: Page, home: Home) -> None:
    # A quick hand on a slow tablet: the field is there before the script that listens to it.
    anna.add_init_script(
        """new MutationObserver((_, observer) => {
          const field = document.querySelector("[name=resources]");
          if (!field) return;
          observer.disconnect();
          field.value = "Sofie kan lide vand og musik";
        }).observe(document, { childList: true, subtree: true });"""
    )
    anna.goto(f"/citizens/{citizen_id(home, 'Sofie')}/plan/context/edit")

    expect(anna.locator("[name=resources]")).to_have_value("Sofie kan lide vand og musik")
    expect(anna.locator("[data-autosave-status]")).to_have_text("Kladden er gemt")


def test_two_who_write_the_same_card_see_both_texts(
    anna: Page, signed_in: SignedIn, home: Home, watch: Watch
) -> None:
    watch.expect("status of 409")
    with home.read() as session:
        goal = session.scalars(
            select(Goal)
            .join(Goal.plan)
            .join(Plan.citizen)
            .where(Citizen.first_name == "Sofie", Goal.closed_at.is_(None))
        ).first()
        assert goal
        sign = session.scalars(
            select(Sign).where(Sign.goal_id == goal.id, Sign.measure == Measure.SEEN)
        ).first()
        assert sign
    with home.changed(Sign, sign.id, text=sign.text):
        ditte = signed_in(DITTE)
        for page in (anna, ditte):
            page.goto(f"/signs/{sign.id}/edit")
        anna.locator("[name=text]").fill("Sofie går selv med ud")
        ditte.locator("[name=text]").fill("Sofie går med, når hun ser billedet")
        save(anna)

        ditte.locator(".plan-form").get_by_role("button", name="Gem", exact=True).click()

        expect(ditte.get_by_text("En kollega har gemt i mellemtiden")).to_be_visible()
        expect(ditte.locator(".theirs")).to_contain_text("Sofie går selv med ud")
        expect(ditte.locator("[name=text]")).to_have_value("Sofie går med, når hun ser billedet")
        save(ditte)

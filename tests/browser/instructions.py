"""An instruction in hand: its steps get pictures, and the citizen follows them."""

from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser.home import Home
from tests.browser.photos import photo, picture
from tests.factories import add_sign
from webapp.models import Citizen, Goal, Intervention, Measure, Plan, Sign, Step, StepPicture


def of_sofie(home: Home) -> Intervention:
    """Return the first intervention of Sofie's that has steps, its steps loaded."""
    with home.read() as session:
        found = (
            session.query(Intervention)
            .join(Intervention.goal)
            .join(Goal.plan)
            .join(Plan.citizen)
            .filter(Citizen.first_name == "Sofie", Intervention.steps.any())
            .order_by(Intervention.rank)
            .first()
        )
        assert found is not None
        assert len(found.steps) > 1
        return found


def added_for(home: Home, first_name: str, *sentences: str) -> Intervention:
    """Add an instruction to a citizen's first goal, and return it, its steps loaded."""
    with home.change() as session:
        goal = (
            session.query(Goal)
            .join(Goal.plan)
            .join(Plan.citizen)
            .filter(Citizen.first_name == first_name)
            .order_by(Goal.rank)
            .first()
        )
        assert goal is not None
        texts = sentences or ("Tag kluden", "Tør")
        steps = [Step(text=text, rank=rank) for rank, text in enumerate(texts, 1)]
        added = Intervention(goal_id=goal.id, title="Tørre bord af", rank=9, steps=steps)
        session.add(added)
        session.flush()
        id = added.id
    with home.read() as session:
        found = session.get_one(Intervention, id)
        assert found.steps
        return found


def measured_for(home: Home, first_name: str, *sentences: str) -> tuple[Intervention, Sign]:
    """Add an instruction whose steps measure a sign; return both."""
    intervention = added_for(home, first_name, *sentences)
    with home.change() as session:
        goal = session.get_one(Goal, intervention.goal_id)
        text = f"{first_name} tørrer selv bordet af"
        sign = add_sign(session, goal, text, rank=20, measure=Measure.STEPS)
        sign.steps = [step.text for step in intervention.steps]
        session.get_one(Intervention, intervention.id).sign_id = sign.id
        id = sign.id
    with home.read() as session:
        return intervention, session.get_one(Sign, id)


def row(page: Page, step: Step) -> Locator:
    """Return a step where the instruction is made."""
    return page.locator(f"#step-{step.id}")


def stored_picture(page: Page, step: Step) -> Locator:
    """Return the picture a step has, and not the one that is only chosen."""
    return row(page, step).locator(":scope > img")


def give(
    page: Page,
    step: Step,
    *,
    answer: str = "Nej, kun hænder og ting",
    size: tuple[int, int] = (800, 600),
) -> None:
    """Give a step a photograph, taken upright."""
    place = row(page, step)
    place.get_by_text("billede til trin").click()
    form = place.locator("form[data-picture-form]")
    form.locator("input[type=file]").set_input_files(picture("trin.jpg", photo(*size)))
    form.get_by_label(answer, exact=True).check()
    form.get_by_role("button", name="Gem billedet").click()


def make(page: Page, instruction: Intervention, *, pictures: int) -> None:
    """Give the first steps of an instruction a photograph each."""
    page.goto(f"/interventions/{instruction.id}/instruction")
    for step in instruction.steps[:pictures]:
        give(page, step)
        expect(stored_picture(page, step)).to_be_visible()


def shown(page: Page) -> Locator:
    """Return what the citizen is told now."""
    return page.locator(".citizen-step.now [data-say]")


def done(page: Page) -> Locator:
    """Return the large button."""
    return page.locator("[data-done]")


def hold_way_out(page: Page) -> None:
    """Hold the lock in the corner until it lets one out."""
    page.locator("[data-hold]").hover()
    page.mouse.down()


def hold_rail(page: Page) -> None:
    """Hold the pen in the corner until the rail is there."""
    page.locator("[data-open-rail]").hover()
    page.mouse.down()
    expect(page.locator("#rail")).to_be_visible()
    page.mouse.up()


def mark(page: Page, how: str, level: str = "") -> None:
    """Say how the step went that the citizen is at."""
    now = page.locator(".mark.now")
    now.get_by_text(how, exact=True).click()
    if level:
        now.get_by_text(level, exact=True).click()


def choose_several(page: Page, files: list[FilePayload]) -> None:
    """Choose pictures for all steps that have none."""
    form = page.locator("form[data-burst]")
    form.get_by_label("Nej, kun hænder og ting", exact=True).check()
    form.locator("input[type=file]").set_input_files(files)
    form.get_by_role("button", name="Sæt dem på trinene").click()


def pictures_of(home: Home, instruction: Intervention) -> list[StepPicture]:
    """Return the pictures of an instruction, in the order of its steps."""
    with home.read() as session:
        return (
            session.query(StepPicture)
            .join(StepPicture.step)
            .filter(Step.intervention_id == instruction.id)
            .order_by(Step.rank)
            .all()
        )


def give_clip(page: Page, step: Step, clip: bytes, *, sound: str = "Nej, uden lyd") -> None:
    """Give a step a clip on which only hands are seen."""
    place = row(page, step)
    place.get_by_text("Klip til trin").click()
    form = place.locator("form").filter(has=page.get_by_role("button", name="Gem klippet"))
    form.locator("input[type=file]").set_input_files(
        {"name": "trin.mp4", "mimeType": "video/mp4", "buffer": clip}
    )
    form.get_by_label("Nej, kun hænder og ting", exact=True).check()
    form.get_by_label(sound, exact=True).check()
    form.get_by_role("button", name="Gem klippet").click()


def say(page: Page, step: Step) -> None:
    """Record the sentence of a step with the tablet's microphone."""
    place = row(page, step)
    place.get_by_text("Lyd til trin").click()
    place.get_by_role("button", name="Optag", exact=True).click()
    stop = place.locator("[data-end]")
    expect(stop).to_contain_text("1")
    stop.click()
    expect(row(page, step).locator("audio")).to_be_visible()

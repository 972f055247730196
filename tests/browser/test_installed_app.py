"""On the home screen of the tablet: installable, and nothing about anyone to be read there."""

import json

from playwright.sync_api import Page, expect

from tests.browser.hands import open_day, sign_in, tap, write_note
from tests.browser.home import Home
from tests.browser.installed import bytes_on, databases, kept_texts, wait_for_worker
from tests.personas import ANNA
from webapp.models import Citizen, Sign


def test_the_app_can_be_installed_and_its_manifest_has_no_faults(page: Page) -> None:
    page.goto("/login")
    wait_for_worker(page)
    devtools = page.context.new_cdp_session(page)

    manifest = devtools.send("Page.getAppManifest")

    assert manifest["errors"] == []
    reasons = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    devtools.detach()
    # Every context of a test is a private window, from which nothing is ever installed.
    assert [reason["errorId"] for reason in reasons] == ["in-incognito"]
    told = json.loads(manifest["data"])
    assert (told["name"], told["short_name"]) == ("Småtegn", "Småtegn")
    assert (told["display"], told["start_url"], told["scope"]) == ("standalone", "/", "/")
    assert told["theme_color"]
    assert told["background_color"]


def test_every_icon_of_the_manifest_loads_in_the_size_it_claims(page: Page) -> None:
    page.goto("/login")

    icons = page.evaluate(
        """async () => {
          const manifest = document.querySelector("link[rel=manifest]").href;
          const { icons } = await (await fetch(manifest)).json();
          return Promise.all(icons.map(async ({ src, sizes, purpose }) => {
            const image = new Image();
            image.src = src;
            await image.decode();
            return [sizes, `${image.naturalWidth}x${image.naturalHeight}`, purpose ?? "any"];
          }));
        }"""
    )

    assert all(claimed == real for claimed, real, _ in icons)
    assert {(real, purpose) for _, real, purpose in icons} == {
        (size, purpose) for size in ("192x192", "512x512") for purpose in ("any", "maskable")
    }


def test_the_frame_of_the_app_has_the_colour_of_the_page_by_day_and_by_night(page: Page) -> None:
    page.goto("/login")

    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        told = page.evaluate(
            """() => [...document.querySelectorAll("meta[name=theme-color]")]
              .find((meta) => matchMedia(meta.media).matches).content"""
        )
        header = page.locator("header").evaluate(
            "header => getComputedStyle(header).backgroundColor"
        )
        rgb = tuple(int(told[i : i + 2], 16) for i in (1, 3, 5))
        assert header == f"rgb({rgb[0]}, {rgb[1]}, {rgb[2]})"


def test_after_a_full_tour_nothing_about_anyone_can_be_read_where_it_is_kept(
    page: Page, sign: Sign, home: Home
) -> None:
    note = "Sofie græd, da regnen kom."
    page.goto("/login")
    wait_for_worker(page)
    sign_in(page, ANNA)
    expect(page.locator(".who")).to_be_visible()
    open_day(page, sign)
    tap(page, sign)
    write_note(page, sign, note)
    expect(page.locator(".note", has_text=note)).to_have_count(1)
    page.goto(f"/observations/{home.added()[-1].id}")
    page.goto(f"/goals/{sign.goal_id}/observations/new")

    kept = kept_texts(page)

    sealed = ("/citizens/", "/interventions/")
    pages = {path for path in kept if not path.startswith(("/static/", *sealed))}
    assert pages == {"/offline", "/lock/offline", "/"}
    assert f"/citizens/{sign.goal.plan.citizen_id}" in kept
    assert any(path.endswith("/app.css") for path in kept)
    with home.read() as session:
        names = [citizen.first_name for citizen in session.query(Citizen)]
    for path, text in kept.items():
        assert note not in text, path
        if not path.endswith((".woff2", ".png")):
            assert [name for name in names if f">{name}<" in text] == [], path
    assert [name for name in names if name in bytes_on(page)] == []
    assert "Sofie" not in kept["/offline"]
    assert databases(page) == ["cache", "outbox"]

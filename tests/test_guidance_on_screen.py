"""Help in place on a page: folded, three parts told apart in words, and inert."""

import pytest
from flask import Flask, render_template_string

from tests.databases import settings_for
from webapp import create_app
from webapp.adapters.guidance import Guidance, load_guidance

PAGE = '{% from "components/guidance.html" import guidance %}{{ guidance(help, about) }}'


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The app without a database: nothing here asks one."""
    folder = tmp_path_factory.mktemp("instance")
    return create_app(settings_for(f"sqlite:///{folder}/none.sqlite3", folder))


def drawn(app: Flask, help: Guidance, about: str = "") -> str:
    with app.test_request_context():
        return render_template_string(PAGE, help=help, about=about)


def test_help_is_folded_and_says_which_example_to_follow(app: Flask) -> None:
    help = load_guidance()["tegn"]["text"]

    page = drawn(app, help)

    assert '<details class="guidance">' in page
    assert "<span>Hjælp</span></summary>" in page
    order = [page.index(words) for words in (help.guidance, "Sådan:", help.good)]
    order += [page.index(words) for words in ("Ikke sådan:", help.poor)]
    assert order == sorted(order)


def test_those_who_listen_hear_which_field_it_helps_with(app: Flask) -> None:
    page = drawn(app, load_guidance()["maal"]["ends_on"], "Slutdato")

    assert 'Hjælp<span class="unseen">: Slutdato</span>' in page


def test_on_an_english_page_a_voice_is_told_that_help_is_danish(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.presentation.language", lambda: "en")

    page = drawn(app, load_guidance()["tegn"]["text"])

    assert page.count('lang="da"') == 3


def test_help_is_shown_as_text_and_nothing_else(app: Flask) -> None:
    page = drawn(app, Guidance("<b>Skriv</b>", "Sofie & Anna", "1 < 2"), "<i>Mål</i>")

    assert "&lt;b&gt;Skriv" in page
    assert "Sofie &amp; Anna" in page
    assert "<i>" not in page

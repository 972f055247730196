"""The coach on screen: six lights with words, safe whatever was typed."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask, render_template, session

from tests.databases import settings_for
from webapp import create_app
from webapp.domain.smorte import Assessment, Finding, GoalDraft, Letter, assess
from webapp.smorte_words import init_app, said, smorte_lights

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Give a request on an app without database, in which partials can be drawn."""
    folder: Path = tmp_path_factory.mktemp("instance")
    app = create_app(settings_for(f"sqlite:///{folder}/smorte.sqlite3", folder))
    init_app(app)
    with app.test_request_context():
        yield app


def six(text: str) -> list[Assessment]:
    day = date(2027, 1, 31)
    return assess(GoalDraft(text, "develop", TODAY, day, True, "", 3, day, day, TODAY))


def drawn(text: str, name_of_e: str = "") -> str:
    return render_template("goals/_smorte.html", assessments=six(text), name_of_e=name_of_e)


def test_each_letter_is_drawn_with_its_word_question_and_examples(page: Flask) -> None:
    html = drawn("Karen skal trives.")

    assert html.count("<li") == html.count("<details") == 6
    assert html.count(" id=") == 1
    for words in ("Specifikt", "Mangler", "På plads", "Hvilken dag slutter målet?", "“"):
        assert words in html


def test_no_light_speaks_by_colour_alone(page: Flask) -> None:
    shown = smorte_lights(six("Karen skal trives og være tryg."), "")

    assert len({one.light for one in shown}) > 1
    assert len({(one.light, one.icon, one.light_words) for one in shown}) == len(
        {one.light for one in shown}
    )


def test_what_was_found_is_shown_as_text_and_nothing_else(page: Flask) -> None:
    said_of = said(Finding("vague_verb", ("<b>trives</b>", "50 % føler")))

    assert "&lt;b&gt;trives&lt;/b&gt;" in said_of
    assert "50 % føler" in said_of
    assert said_of.count("<bdi") == 2


def test_a_sentence_without_words_needs_none(page: Flask) -> None:
    assert said(Finding("no_end_date")) == "Vælg den dag, målet slutter."


@pytest.mark.parametrize(
    ("name_of_e", "shown"),
    [("", "Evaluerbart"), ("  ", "Evaluerbart"), ("Ejerskab <3", "Ejerskab &lt;3")],
)
def test_the_e_is_called_what_the_home_calls_it(page: Flask, name_of_e: str, shown: str) -> None:
    assert shown in drawn("Karen smører sin frokost.", name_of_e)
    assert smorte_lights(six(""), name_of_e)[-1].letter is Letter.EVALUABLE


def test_found_words_are_told_to_be_danish_on_an_english_page(page: Flask) -> None:
    session["language"] = "en"
    try:
        assert 'lang="da">trives' in said(Finding("only_vague_words", ("trives",)))
    finally:
        session.clear()

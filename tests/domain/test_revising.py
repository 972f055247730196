"""What changed in a plan: every word accounted for, and news only to whom it is news."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.revising import NEWS_FOR, Change, Piece, changed_fields, differences, is_news

NOW = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
ANNA, BO = uuid4(), uuid4()


def test_only_the_words_that_changed_are_marked() -> None:
    pieces = differences(
        "Sofie børster selv sine tænder om aftenen",
        "Sofie børster selv sine tænder fem aftener om ugen",
    )

    assert pieces == [
        Piece(Change.SAME, "Sofie børster selv sine tænder "),
        Piece(Change.ADDED, "fem aftener "),
        Piece(Change.SAME, "om "),
        Piece(Change.REMOVED, "aftenen"),
        Piece(Change.ADDED, "ugen"),
    ]


@given(st.text(max_size=200), st.text(max_size=200))
def test_the_differences_give_both_texts_back(before: str, after: str) -> None:
    pieces = differences(before, after)

    assert "".join(p.text for p in pieces if p.change is not Change.ADDED) == before
    assert "".join(p.text for p in pieces if p.change is not Change.REMOVED) == after


@given(st.text(max_size=200))
def test_the_same_text_has_no_differences(text: str) -> None:
    assert all(piece.change is Change.SAME for piece in differences(text, text))


def test_fields_that_differ_are_named_in_order_and_empty_is_like_missing() -> None:
    before = {"text": "Sofie går med", "rank": 1, "note": None, "gone": "x"}
    after = {"text": "Sofie går selv med", "rank": 1, "note": "", "new": "y"}

    assert changed_fields(before, after) == ["text", "new", "gone"]
    assert changed_fields({}, {}) == []


@pytest.mark.parametrize(
    ("why", "changed", "author", "seen", "news"),
    [
        ("never seen", timedelta(days=1), BO, None, True),
        ("seen before it changed", timedelta(days=1), BO, timedelta(days=2), True),
        ("seen since", timedelta(days=1), BO, timedelta(hours=1), False),
        ("my own", timedelta(days=1), ANNA, None, False),
        ("the first version", timedelta(days=1), None, None, False),
        ("long ago", NEWS_FOR + timedelta(seconds=1), BO, None, False),
    ],
)
def test_a_change_is_news_until_it_is_seen(
    why: str, changed: timedelta, author: object, seen: timedelta | None, news: bool
) -> None:
    told = is_news(
        NOW - changed,
        author_id=author,  # type: ignore[arg-type]
        reader_id=ANNA,
        seen_at=NOW - seen if seen else None,
        now=NOW,
    )

    assert told is news, why


def test_texts_that_repeat_one_word_are_compared_at_once() -> None:
    before, after = "nej " * 1250, "nej ja " * 700

    pieces = differences(before, after)

    assert "".join(p.text for p in pieces if p.change is not Change.ADDED) == before
    assert "".join(p.text for p in pieces if p.change is not Change.REMOVED) == after


def test_nothing_and_none_are_not_the_same_as_zero_and_no() -> None:
    before = {"baseline": None, "partner_involved": None}

    assert changed_fields(before, {"baseline": 0, "partner_involved": False}) == [*before]

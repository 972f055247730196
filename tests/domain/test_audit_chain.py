"""The chain finds whatever was done to it, and nothing where nothing was done."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.audit_chain import (
    START,
    Break,
    BreakKind,
    Link,
    Value,
    as_sealed,
    digest_after,
    find_breaks,
)

Said = tuple[Value, ...]

saids = st.lists(
    st.tuples(st.uuids().map(lambda id: id.hex), *[st.none() | st.text(max_size=8)] * 3),
    min_size=1,
    max_size=12,
    unique_by=lambda said: said[0],
)


def chain_of(said: list[Said]) -> list[Link]:
    """Seal these events in this order."""
    links: list[Link] = []
    digest = START
    for number, event in enumerate(said, start=1):
        digest = digest_after(digest, event)
        links.append((number, digest, str(event[0]), event))
    return links


def kinds(links: list[Link], anchors: dict[int, str] | None = None) -> set[BreakKind]:
    return {found.kind for found in find_breaks(links, anchors or {})}


@given(saids)
def test_an_untouched_chain_has_no_breaks_and_fits_its_own_anchors(said: list[Said]) -> None:
    links = chain_of(said)

    assert not kinds(links, {number: digest for number, digest, *_ in links})


@given(saids, st.data())
def test_a_changed_value_is_found_at_its_link_and_nowhere_else(
    said: list[Said], data: st.DataObject
) -> None:
    links = chain_of(said)
    place = data.draw(st.integers(0, len(links) - 1))
    column = data.draw(st.integers(1, 3))
    number, digest, id, event = links[place]
    other = data.draw(
        (st.none() | st.text(max_size=8)).filter(lambda value: value != event[column])
    )
    links[place] = (number, digest, id, (*event[:column], other, *event[column + 1 :]))

    assert list(find_breaks(links, {})) == [Break(BreakKind.EVENT_CHANGED, number, id)]


@given(saids, st.data())
def test_two_swapped_events_are_found(said: list[Said], data: st.DataObject) -> None:
    links = chain_of(said)
    first = data.draw(st.integers(0, len(links) - 1))
    second = data.draw(st.integers(0, len(links) - 1))
    one, other = links[first], links[second]
    links[first] = (*one[:2], *other[2:])
    links[second] = (*other[:2], *one[2:])

    assert kinds(links) == (set() if first == second else {BreakKind.EVENT_CHANGED})


@given(saids, st.data())
def test_a_removed_event_and_a_removed_link_are_found(
    said: list[Said], data: st.DataObject
) -> None:
    links = chain_of(said)
    place = data.draw(st.integers(0, len(links) - 1))
    gone = [*links]
    gone[place] = (*links[place][:3], (None,) * 4)
    cut = [*links[:place], *links[place + 1 :]]

    assert list(find_breaks(gone, {})) == [Break(BreakKind.EVENT_GONE, place + 1, links[place][2])]
    if place < len(links) - 1:
        assert Break(BreakKind.LINK_GONE, place + 1) in list(find_breaks(cut, {}))
    else:
        assert kinds(cut, {len(links): links[-1][1]}) == {BreakKind.END_GONE}


@given(saids, st.data())
def test_a_chain_that_was_rebuilt_whole_is_found_against_an_anchor(
    said: list[Said], data: st.DataObject
) -> None:
    links = chain_of(said)
    anchored = data.draw(st.integers(0, len(links) - 1))
    first = said[0]
    rebuilt = chain_of([(*first[:1], f"{first[1]}!", *first[2:]), *said[1:]])

    assert not kinds(rebuilt)
    number, digest, *_ = links[anchored]
    assert kinds(rebuilt, {number: digest}) == {BreakKind.NOT_AS_ANCHORED}


@given(st.text(max_size=5), st.text(max_size=5), st.text(max_size=5))
def test_text_cannot_move_from_one_column_to_the_next(a: str, b: str, c: str) -> None:
    if (a + b, c) != (a, b + c):
        assert digest_after(START, (a + b, c)) != digest_after(START, (a, b + c))
    assert digest_after(START, (None, a)) != digest_after(START, ("", a))


def test_a_time_is_sealed_as_utc_and_an_id_as_hex() -> None:
    summer = timezone(timedelta(hours=2))

    assert as_sealed(datetime(2026, 7, 1, 14, 5, tzinfo=summer)) == "2026-07-01 12:05:00.000000"
    assert as_sealed(datetime(2026, 7, 1, 12, 5, 0, 7, tzinfo=UTC)) == "2026-07-01 12:05:00.000007"
    assert as_sealed(UUID(int=10)) == "0000000000000000000000000000000a"
    assert as_sealed(None) is None

"""Values drawn from the protocol's JSON Schema, with all that JSON can say and nobody would.

Our schema uses a dozen words of JSON Schema, so a few lines read it and no package is needed.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

import webapp.sync

SCHEMA: Final = json.loads(
    (Path(webapp.sync.__file__).parent / "schema-1.json").read_text("utf-8")
)["$defs"]

TEXTS: Final = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            *("", "\0", "a\0b", "\ud800", "\udfff!", "\ufeff", "\u202e", "e\u0301", "🧑‍🍼", "\r\n"),
            *("None", "null", "-1", "1e999", "<script>alert(1)</script>", "' OR 1=1 --", "{id}"),
            *("x" * 5000, "../../etc/passwd", "%00", "٣", "2026-11-21T18:30", "9" * 400),
        ]
    ),
)
"""Words, and what has broken programs elsewhere."""

NUMBERS: Final = st.one_of(
    st.integers(-(2**70), 2**70),
    st.sampled_from([0, -1, 2**31 - 1, 2**31, 2**53, 2**63, 10**400, 1.5, 1e308]),
)

JSON: Final = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)
"""Anything at all."""

TIMES: Final = st.builds(
    "{}-{}T{}.{}Z".format,
    st.sampled_from(["0000", "0001", "1970", "2026", "2999", "9999", "2026", "٢٠٢٦"]),
    st.sampled_from(["01-01", "02-29", "02-30", "11-21", "12-31", "13-01"]),
    st.sampled_from(["00:00:00", "18:29:58", "23:59:59", "23:59:60", "24:00:00"]),
    st.sampled_from(["000", "999", "9999"]),
)
"""When clocks say it is, and when there is no such time."""


def shape(name: str) -> SearchStrategy[Any]:
    """Return what one of the schema's definitions allows."""
    return _of(SCHEMA[name])


def _of(node: Mapping[str, Any]) -> SearchStrategy[Any]:
    if "$ref" in node:
        return shape(node["$ref"].rpartition("/")[2])
    if "anyOf" in node:
        return st.one_of([_of(each) for each in node["anyOf"]])
    if "const" in node or "enum" in node:
        return st.sampled_from(node.get("enum") or [node["const"]])
    return _BY_TYPE[node["type"]](node)


def _object(node: Mapping[str, Any]) -> SearchStrategy[Any]:
    fields = {name: _of(each) for name, each in node["properties"].items()}
    needed = {name: fields.pop(name) for name in node.get("required", [])}
    known = st.fixed_dictionaries(needed, optional=fields)
    # Fields that nobody knows are passed over.
    return st.builds(
        lambda more, said: more | said, st.dictionaries(TEXTS, JSON, max_size=2), known
    )


def _array(node: Mapping[str, Any]) -> SearchStrategy[Any]:
    if "prefixItems" in node:
        return st.tuples(*map(_of, node["prefixItems"])).map(list)
    return st.lists(_of(node["items"]), max_size=min(node.get("maxItems", 4), 4))


def _string(node: Mapping[str, Any]) -> SearchStrategy[Any]:
    if "pattern" in node:
        return st.from_regex(node["pattern"], fullmatch=True)
    most = node.get("maxLength", 10_000)
    return TEXTS.filter(lambda text: len(text) <= most)


def _integer(node: Mapping[str, Any]) -> SearchStrategy[Any]:
    return st.integers(node.get("minimum", -(2**70)), node.get("maximum", 2**70))


def _null(_: Mapping[str, Any]) -> SearchStrategy[Any]:
    return st.none()


_BY_TYPE: Final[dict[str, Callable[[Mapping[str, Any]], SearchStrategy[Any]]]] = {
    "object": _object,
    "array": _array,
    "string": _string,
    "boolean": lambda _: st.booleans(),
    "integer": _integer,
    "null": _null,
}

"""Sealed files open with their key and in their order, or not at all."""

import pytest

from tests.sync.tablet import seal_file
from webapp.adapters.sealed_files import PART, TAG, SealedFileUnfit, open_file

pytestmark = pytest.mark.one_database

KEY = bytes(range(32))
WHOLE = bytes(range(256)) * (PART // 256) * 2 + b"resten"


@pytest.mark.parametrize(
    "whole", [b"x", WHOLE[:PART], WHOLE[: PART + 1], WHOLE], ids=lambda whole: str(len(whole))
)
def test_what_a_tablet_seals_is_opened(whole: bytes) -> None:
    assert open_file(seal_file(whole, KEY).data, KEY) == whole


def test_what_another_implementation_sealed_is_opened() -> None:
    """By another implementation, the Web Crypto API of Node."""
    sealed = bytes.fromhex("7aded8dc6d37f98db3f9882e5712865669a226")

    assert open_file(sealed, KEY) == b"tbm"


@pytest.mark.parametrize(
    "changed",
    [
        seal_file(WHOLE, bytes(32)).data,
        seal_file(WHOLE, KEY).data[:-1],
        seal_file(WHOLE, KEY).data[PART + TAG :],
        seal_file(WHOLE, KEY).data[: PART + TAG + 5],
        b"x" * 20,
        b"x",
    ],
    ids=["other key", "too short", "first part gone", "cut in a part", "noise", "less than a tag"],
)
def test_what_was_changed_does_not_open(changed: bytes) -> None:
    with pytest.raises(SealedFileUnfit):
        open_file(changed, KEY)

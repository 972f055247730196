"""Passwords: argon2id, the same work for everyone, renewed when the cost rises."""

from typing import Literal

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.low_level import Type
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.adapters import passwords

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(scope="module")
def kept() -> str:
    return passwords.hash_password("rød grød med fløde")


def test_the_hash_is_argon2id_at_no_less_than_the_recommended_cost(kept: str) -> None:
    cost = extract_parameters(kept)

    assert cost.type is Type.ID
    assert (cost.memory_cost, cost.time_cost) >= (64 * 1024, 3)


def test_the_same_password_never_gives_the_same_hash(kept: str) -> None:
    assert passwords.hash_password("rød grød med fløde") != kept


def test_only_the_password_itself_fits(kept: str) -> None:
    assert passwords.verify_password(kept, "rød grød med fløde")
    assert not passwords.verify_password(kept, "Rød grød med fløde")


@settings(max_examples=25)
@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_is_a_password_and_fits_only_itself(password: str, other: str) -> None:
    cheap = CHEAP.hash(password)

    assert passwords.verify_password(cheap, other) == (password == other)


@pytest.mark.parametrize("broken", ["", "ikke en hash", "$argon2id$v=19$m=65536,t=3,p=4$"])
def test_a_broken_hash_fits_nothing(broken: str) -> None:
    assert not passwords.verify_password(broken, "rød grød med fløde")


@pytest.mark.parametrize("missing", [None, ""])
def test_without_a_hash_the_same_work_is_done_and_nothing_fits(
    missing: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []

    class FitsAlways(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
            compared.append(str(hash))
            return True

    monkeypatch.setattr(passwords, "_hasher", FitsAlways())
    passwords._dummy_hash.cache_clear()

    assert not passwords.verify_password(missing, "rød grød med fløde")
    today = extract_parameters(PasswordHasher().hash("x"))
    assert [extract_parameters(one) for one in compared] == [today]


def test_a_hash_of_an_older_cost_is_to_be_made_again(kept: str) -> None:
    assert passwords.needs_rehash(CHEAP.hash("rød grød med fløde"))
    assert not passwords.needs_rehash(kept)

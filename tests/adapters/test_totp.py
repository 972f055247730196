"""The six digits are those of RFC 6238, and the address is the one that apps read."""

import pytest

from webapp.adapters import totp

# RFC 6238, appendix B: the ASCII secret "12345678901234567890"; the last six of its eight digits.
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
PUBLISHED = {59: "287082", 1111111109: "081804", 1234567890: "005924", 20000000000: "353130"}


@pytest.mark.parametrize(("seconds", "code"), PUBLISHED.items())
def test_the_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    assert totp.code_at(SECRET, seconds // 30) == code
    assert totp.fitting_step(SECRET, code, [seconds // 30]) == seconds // 30


def test_a_code_of_no_step_fits_none() -> None:
    assert totp.fitting_step(SECRET, "000000", [1, 2, 3]) is None
    assert totp.fitting_step(SECRET, "", [1]) is None


def test_a_new_secret_is_long_and_never_the_same() -> None:
    drawn = {totp.new_secret() for _ in range(20)}

    assert len(drawn) == 20
    assert {len(secret) for secret in drawn} == {32}


def test_the_address_names_us_and_the_account() -> None:
    assert totp.set_up_address(SECRET, "ditte@solsikken.example") == (
        f"otpauth://totp/Sm%C3%A5tegn:ditte%40solsikken.example?secret={SECRET}&issuer=Sm%C3%A5tegn"
    )


@pytest.mark.parametrize(
    ("typed", "is_code"),
    [("287082", True), ("28708", False), ("2870822", False), ("٢٨٧٠٨٢", False), ("abcdef", False)],
)
def test_six_digits_are_a_code_and_all_else_is_none(typed: str, is_code: bool) -> None:
    assert totp.looks_like_code(typed) is is_code

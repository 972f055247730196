"""What is sealed opens here, for the same purpose, while its secret counts; and nowhere else."""

from datetime import timedelta

import pytest

from webapp.adapters.sealing import SealBroken, Sealer

OLD, NEW = "gammel hemmelighed " * 2, "ny hemmelighed " * 3


@pytest.mark.parametrize("text", ["JBSWY3DPEHPK3PXP", "", "æøå", "x" * 10_000])
def test_what_is_sealed_is_unreadable_and_opens_to_the_same(text: str) -> None:
    sealed = Sealer([NEW], "totp").seal(text)

    assert not text or text not in sealed
    assert Sealer([NEW], "totp").open(sealed) == text


def test_the_same_text_is_sealed_differently_each_time() -> None:
    sealer = Sealer([NEW], "totp")

    assert sealer.seal("JBSWY3DP") != sealer.seal("JBSWY3DP")


def test_what_is_sealed_for_one_purpose_opens_for_no_other() -> None:
    with pytest.raises(SealBroken):
        Sealer([NEW], "invitation").open(Sealer([NEW], "totp").seal("JBSWY3DP"))


def test_an_older_secret_opens_and_only_the_newest_seals() -> None:
    sealed = Sealer([OLD], "totp").seal("JBSWY3DP")

    both = Sealer([NEW, OLD], "totp")

    assert both.open(sealed) == "JBSWY3DP"
    assert Sealer([NEW], "totp").open(both.seal("JBSWY3DP")) == "JBSWY3DP"


def test_what_was_renewed_opens_when_the_older_secret_is_gone() -> None:
    renewed = Sealer([NEW, OLD], "totp").renew(Sealer([OLD], "totp").seal("JBSWY3DP"))

    assert Sealer([NEW], "totp").open(renewed) == "JBSWY3DP"


@pytest.mark.parametrize(
    "forged", ["", "x", "æøå", "gAAAA", "Ee0UMkbEaWi7jTJtVjg5E2SbsGjfcerOn8622Pl5Woc="]
)
def test_what_was_not_sealed_here_is_refused(forged: str) -> None:
    sealer = Sealer([NEW], "totp")

    with pytest.raises(SealBroken):
        sealer.open(forged)
    with pytest.raises(SealBroken):
        sealer.renew(forged)


def test_one_changed_letter_breaks_the_seal() -> None:
    sealer = Sealer([NEW], "totp")
    sealed = sealer.seal("JBSWY3DP")
    changed = sealed[:20] + ("A" if sealed[20] != "A" else "B") + sealed[21:]

    with pytest.raises(SealBroken):
        sealer.open(changed)


def test_what_is_too_old_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    sealer = Sealer([NEW], "totp")
    monkeypatch.setattr("time.time", lambda: 1_000_000.0)
    sealed = sealer.seal("JBSWY3DP")

    monkeypatch.setattr("time.time", lambda: 1_000_000.0 + 3601)

    assert sealer.open(sealed) == "JBSWY3DP"
    with pytest.raises(SealBroken):
        sealer.open(sealed, no_older_than=timedelta(hours=1))

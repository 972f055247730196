"""What tablets deliver later: the server's keys, grants to make entries, receipts of them.

Source: docs/sync-protocol.md
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import Base, text_enum
from webapp.models.citizen import Citizen
from webapp.models.device import Device
from webapp.models.home import Staff


class SyncKeyUse(StrEnum):
    """What a key of the server is for: signing grants, or having bodies sealed to it."""

    SIGN = "sign"
    SEAL = "seal"


class SyncKey(Base):
    """A key of the server. `kid` is its RFC 7638 thumbprint, `sealed_pem` the private half, sealed.

    The newest of each use is used. Older ones are kept for good: entries never run out.
    """

    __tablename__ = "sync_keys"

    kid: Mapped[str] = mapped_column(primary_key=True)
    use: Mapped[SyncKeyUse] = mapped_column(text_enum(SyncKeyUse))
    sealed_pem: Mapped[str]
    made_at: Mapped[datetime]


class SyncEpoch(Base):
    """One life of the database. A new one begins when it was restored from a backup."""

    __tablename__ = "sync_epochs"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    begun_at: Mapped[datetime]


class SyncGrant(Base):
    """A key on a tablet with which one person makes entries. What it says stands in its JWT.

    `thumbprint` is the key's (RFC 7638). As its author last signed: `next_seq` is the number that
    the next entry would get, `settled` the numbers that need not come, because the page itself was
    answered, as runs: from, to, from, to. A number below `next_seq` that is neither settled nor has
    a receipt is missing.
    """

    __tablename__ = "sync_grants"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"), index=True)
    device_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("devices.id", ondelete="SET NULL"), index=True
    )
    thumbprint: Mapped[str]
    made_at: Mapped[datetime]
    next_seq: Mapped[int] = mapped_column(default=1)
    settled: Mapped[list[int]] = mapped_column(default=list)

    staff: Mapped[Staff] = relationship()


class StandbyKey(Base):
    """How one person opens one tablet without network: the public halves of two keys, as JWKs.

    The private halves lie on the tablet, under the person's PIN. Entries are signed with the one,
    `open_key` opens what is sealed for the person beforehand. `pin` is the SHA-256 (hex) of the
    stored hash of the PIN they lie under; with another PIN they count no more.
    """

    __tablename__ = "standby_keys"

    device_id: Mapped[UUID] = mapped_column(
        ForeignKey("devices.id", ondelete="CASCADE"), primary_key=True
    )
    staff_id: Mapped[UUID] = mapped_column(
        ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    sign_key: Mapped[dict[str, str]]
    open_key: Mapped[dict[str, str]]
    pin: Mapped[str]
    made_at: Mapped[datetime]

    staff: Mapped[Staff] = relationship()


class ReceiptStatus(StrEnum):
    """What became of an entry."""

    STORED = "stored"
    HELD = "held"
    REVIEW = "review"
    CONFLICT = "conflict"
    REJECTED = "rejected"


class SyncReceipt(Base):
    """What became of one entry whose signature was good. Stored with the row that it made.

    `id` is the entry's and `sha256` (hex) that of its signed text: the same id with another text is
    a row of its own, a conflict. `happened_at` is when it was tapped, by the corrected clock of the
    tablet. `doubts` are why a manager looks at it, `reason` why it was not stored; both are codes.
    `envelope` is the entry itself, kept while it is not, or not wholly, done; `waits_for` is what a
    held one builds on. A citizen who is erased takes them along.
    """

    __tablename__ = "sync_receipts"
    # What a tablet has not delivered is asked for by its grants' numbers.
    __table_args__ = (Index(None, "grant_id", "seq"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(primary_key=True)
    grant_id: Mapped[UUID] = mapped_column(ForeignKey("sync_grants.id"))
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"), index=True)
    device_id: Mapped[UUID | None] = mapped_column(ForeignKey("devices.id", ondelete="SET NULL"))
    seq: Mapped[int]
    kind: Mapped[str] = mapped_column(default="")
    captured_at: Mapped[datetime]
    happened_at: Mapped[datetime]
    received_at: Mapped[datetime]
    status: Mapped[ReceiptStatus] = mapped_column(text_enum(ReceiptStatus), index=True)
    doubts: Mapped[list[str]] = mapped_column(default=list)
    reason: Mapped[str] = mapped_column(default="")
    citizen_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("citizens.id", ondelete="CASCADE"), index=True
    )
    object_id: Mapped[UUID | None]
    waits_for: Mapped[UUID | None] = mapped_column(index=True)
    envelope: Mapped[str | None]
    seen_at: Mapped[datetime | None]
    seen_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))

    staff: Mapped[Staff] = relationship(foreign_keys=staff_id)
    device: Mapped[Device | None] = relationship()
    citizen: Mapped[Citizen | None] = relationship()
    seen_by: Mapped[Staff | None] = relationship(foreign_keys=seen_by_id)

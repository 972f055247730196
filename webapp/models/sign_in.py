"""Who is signed in, and who tried in vain. Both live in the database: they survive a restart."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import Base, text_enum
from webapp.models.device import Device
from webapp.models.home import Staff


class SignInMethod(StrEnum):
    """How somebody proved who they are."""

    PASSWORD = "password"  # noqa: S105
    SECOND_FACTOR = "second_factor"
    PIN = "pin"
    IDENTITY_PROVIDER = "identity_provider"


class StaffSession(Base):
    """One sign-in. The cookie holds a secret; only its SHA-256 (hex) is stored here.

    Checked at every request, because a copied cookie must die at log-out. `id` names it where its
    owner sees it; `locked_at` is set when the tablet was put down, until the PIN is typed.
    """

    __tablename__ = "staff_sessions"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True, default=uuid4)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    started_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    method: Mapped[SignInMethod] = mapped_column(
        text_enum(SignInMethod), default=SignInMethod.PASSWORD
    )
    device_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("devices.id", ondelete="CASCADE"), index=True
    )
    seen_at: Mapped[datetime]
    locked_at: Mapped[datetime | None]

    staff: Mapped[Staff] = relationship()
    device: Mapped[Device | None] = relationship()


class Invitation(Base):
    """A link that lets somebody choose a password; only the SHA-256 (hex) of its secret is kept."""

    __tablename__ = "invitations"

    secret_hash: Mapped[str] = mapped_column(primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    made_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    staff: Mapped[Staff] = relationship(foreign_keys=staff_id)


class RecoveryCode(Base):
    """A code on paper that stands in for the second factor, once. Only its hash is stored."""

    __tablename__ = "recovery_codes"

    staff_id: Mapped[UUID] = mapped_column(
        ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True
    )
    code_hash: Mapped[str] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class ProviderAccount(Base):
    """The account at the municipality's identity provider that is somebody here."""

    __tablename__ = "provider_accounts"

    issuer: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    linked_at: Mapped[datetime]

    staff: Mapped[Staff] = relationship()


class SignInThrottle(Base):
    """Wrong tries at one door. The key is a keyed hash of an e-mail address, a network or both."""

    __tablename__ = "sign_in_throttles"

    key: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    last_failed_at: Mapped[datetime]
    locked_until: Mapped[datetime | None]

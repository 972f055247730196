"""Who is signed in, and who tried in vain. Both live in the database: they survive a restart."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.models.base import Base
from webapp.models.home import Staff


class StaffSession(Base):
    """One sign-in. The cookie holds a secret; only its SHA-256 (hex) is stored here.

    Checked at every request, because a copied cookie must die at log-out.
    """

    __tablename__ = "staff_sessions"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    started_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    staff: Mapped[Staff] = relationship()


class SignInThrottle(Base):
    """Wrong tries at one door. The key is a keyed hash of an e-mail address, a network or both."""

    __tablename__ = "sign_in_throttles"

    key: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    last_failed_at: Mapped[datetime]
    locked_until: Mapped[datetime | None]

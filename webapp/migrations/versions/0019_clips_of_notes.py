"""Clips of notes.

Only a new table: rows that are there stay as they are, and the previous release can read and write
on while this runs. It shows a clip as a picture: its poster.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "picture_clips",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", _one_of("clip_state", "waiting making ready refused"), nullable=False),
        sa.Column(
            "refusal", _one_of("clip_refusal", "unknown broken still long large"), nullable=True
        ),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("taken_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("original", sa.Text(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("milliseconds", sa.Integer(), nullable=True),
        sa.Column("has_sound", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["id"],
            ["pictures.id"],
            name=op.f("fk_picture_clips_id_pictures"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picture_clips")),
    )
    op.create_index(op.f("ix_picture_clips_state"), "picture_clips", ["state"])


def downgrade() -> None:
    op.drop_table("picture_clips")


def _one_of(name: str, words: str) -> sa.Enum:
    return sa.Enum(*words.split(), name=name, native_enum=False, create_constraint=True, length=40)

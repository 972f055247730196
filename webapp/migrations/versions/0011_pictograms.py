"""A pictogram for a step, in the place of a picture, and the pictograms of a home itself.

Only new tables: rows that are there stay as they are, and the previous release can read and write
on while this runs.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "home_pictograms",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("home_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("synonyms", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("thumbnail_sha256", sa.Text(), nullable=False),
        sa.Column("thumbnail_size", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["staff.id"], name=op.f("fk_home_pictograms_added_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["home_id"],
            ["homes.id"],
            name=op.f("fk_home_pictograms_home_id_homes"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_home_pictograms")),
    )
    op.create_index(op.f("ix_home_pictograms_home_id"), "home_pictograms", ["home_id"])
    op.create_table(
        "step_pictograms",
        sa.Column("step_id", sa.Uuid(), nullable=False),
        sa.Column("hexcode", sa.Text(), nullable=True),
        sa.Column("home_pictogram_id", sa.Uuid(), nullable=True),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chosen_by_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(hexcode IS NULL) <> (home_pictogram_id IS NULL)",
            name=op.f("ck_step_pictograms_one_of_two"),
        ),
        sa.ForeignKeyConstraint(
            ["chosen_by_id"], ["staff.id"], name=op.f("fk_step_pictograms_chosen_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["home_pictogram_id"],
            ["home_pictograms.id"],
            name=op.f("fk_step_pictograms_home_pictogram_id_home_pictograms"),
        ),
        sa.ForeignKeyConstraint(
            ["step_id"],
            ["steps.id"],
            name=op.f("fk_step_pictograms_step_id_steps"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("step_id", name=op.f("pk_step_pictograms")),
    )
    op.create_index(
        op.f("ix_step_pictograms_home_pictogram_id"), "step_pictograms", ["home_pictogram_id"]
    )


def downgrade() -> None:
    op.drop_table("step_pictograms")
    op.drop_table("home_pictograms")

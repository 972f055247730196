"""Each time a citizen was shown an instruction.

Only a new table: rows that are there stay as they are, and the previous release can read and write
on while this runs.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "instruction_showings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("intervention_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tapped_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["staff.id"], name=op.f("fk_instruction_showings_author_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["intervention_id"],
            ["interventions.id"],
            name=op.f("fk_instruction_showings_intervention_id_interventions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instruction_showings")),
    )
    with op.batch_alter_table("instruction_showings") as table:
        table.create_index(
            table.f("ix_instruction_showings_intervention_id_happened_at"),
            ["intervention_id", "happened_at"],
            unique=False,
        )


def downgrade() -> None:
    op.drop_table("instruction_showings")

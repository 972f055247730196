"""Which sign the citizen is asked about when an instruction is over; none until somebody says so.

The previous release can read and write on while this runs.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("interventions") as table:
        table.add_column(sa.Column("asked_sign_id", sa.Uuid(), nullable=True))
        table.create_foreign_key(
            table.f("fk_interventions_asked_sign_id_signs"),
            "signs",
            ["asked_sign_id"],
            ["id"],
            ondelete="SET NULL",
        )


def downgrade() -> None:
    with op.batch_alter_table("interventions") as table:
        table.drop_constraint(table.f("fk_interventions_asked_sign_id_signs"), type_="foreignkey")
        table.drop_column("asked_sign_id")

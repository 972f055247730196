"""How an instruction is shown, and which steps its sign measures; what is there goes on as it did.

The previous release can read and write on while this runs.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_FORM = sa.Enum(
    "first_then",
    "checklist",
    name="instruction_form",
    native_enum=False,
    create_constraint=True,
    length=40,
)


def upgrade() -> None:
    with op.batch_alter_table("interventions") as table:
        table.add_column(sa.Column("measured_steps", sa.JSON(none_as_null=True), nullable=True))
        table.add_column(sa.Column("form", _FORM, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("interventions") as table:
        table.drop_constraint(table.f("ck_interventions_instruction_form"), type_="check")
        table.drop_column("form")
        table.drop_column("measured_steps")

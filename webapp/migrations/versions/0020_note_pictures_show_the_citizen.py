"""Whether the citizen can be recognised on a note's picture.

Nullable: the previous release writes on while this runs, and of what is there nobody was asked.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("pictures") as table:
        table.add_column(sa.Column("shows_citizen", sa.Boolean(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("pictures") as table:
        table.drop_column("shows_citizen")

"""The picture of a step in the size of a screen.

Two columns that may be empty: pictures that are there have none and are shown large, and the
previous release can read and write on while this runs.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("step_pictures") as batch:
        batch.add_column(sa.Column("medium_sha256", sa.Text(), nullable=True))
        batch.add_column(sa.Column("medium_size", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("step_pictures") as batch:
        batch.drop_column("medium_size")
        batch.drop_column("medium_sha256")

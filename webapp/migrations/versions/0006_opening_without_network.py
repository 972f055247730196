"""Opening a tablet without network: keys under people's PINs, and the home's word on it.

The previous release can read and write on while this runs; only a new home has to wait.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "standby_keys",
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("sign_key", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("open_key", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("pin", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["device_id"],
            ["devices.id"],
            name=op.f("fk_standby_keys_device_id_devices"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
            name=op.f("fk_standby_keys_staff_id_staff"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("device_id", "staff_id", name=op.f("pk_standby_keys")),
    )
    with op.batch_alter_table("standby_keys") as table:
        table.create_index(table.f("ix_standby_keys_staff_id"), ["staff_id"], unique=False)
    with op.batch_alter_table("homes") as table:
        table.add_column(
            sa.Column("unlocks_offline", sa.Boolean(), nullable=False, server_default=sa.true())
        )
    with op.batch_alter_table("homes") as table:
        table.alter_column("unlocks_offline", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("homes") as table:
        table.drop_column("unlocks_offline")
    with op.batch_alter_table("standby_keys") as table:
        table.drop_index(table.f("ix_standby_keys_staff_id"))
    op.drop_table("standby_keys")

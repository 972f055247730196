"""What tablets deliver later: the server's keys, grants, receipts, and when something was tapped.

Rows that are there stay as they are: without `tapped_at` they were sent at once. The previous
release can read and write on while this runs, because every new column may be empty.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sync_epochs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sync_epochs")),
    )
    op.create_table(
        "sync_keys",
        sa.Column("kid", sa.Text(), nullable=False),
        sa.Column(
            "use",
            sa.Enum(
                "sign",
                "seal",
                name="sync_key_use",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sealed_pem", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kid", name=op.f("pk_sync_keys")),
    )
    op.create_table(
        "sync_grants",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=True),
        sa.Column("thumbprint", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_seq", sa.Integer(), nullable=False),
        sa.Column("settled", sa.JSON(none_as_null=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["device_id"],
            ["devices.id"],
            name=op.f("fk_sync_grants_device_id_devices"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_sync_grants_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sync_grants")),
    )
    with op.batch_alter_table("sync_grants") as table:
        table.create_index(table.f("ix_sync_grants_device_id"), ["device_id"], unique=False)
        table.create_index(table.f("ix_sync_grants_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "sync_receipts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("grant_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "stored",
                "held",
                "review",
                "conflict",
                "rejected",
                name="receipt_status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("doubts", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=True),
        sa.Column("object_id", sa.Uuid(), nullable=True),
        sa.Column("waits_for", sa.Uuid(), nullable=True),
        sa.Column("envelope", sa.Text(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["citizen_id"],
            ["citizens.id"],
            name=op.f("fk_sync_receipts_citizen_id_citizens"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["device_id"],
            ["devices.id"],
            name=op.f("fk_sync_receipts_device_id_devices"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["grant_id"], ["sync_grants.id"], name=op.f("fk_sync_receipts_grant_id_sync_grants")
        ),
        sa.ForeignKeyConstraint(
            ["seen_by_id"], ["staff.id"], name=op.f("fk_sync_receipts_seen_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_sync_receipts_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", "sha256", name=op.f("pk_sync_receipts")),
    )
    with op.batch_alter_table("sync_receipts") as table:
        table.create_index(table.f("ix_sync_receipts_citizen_id"), ["citizen_id"], unique=False)
        table.create_index(
            table.f("ix_sync_receipts_grant_id_seq"), ["grant_id", "seq"], unique=False
        )
        table.create_index(table.f("ix_sync_receipts_staff_id"), ["staff_id"], unique=False)
        table.create_index(table.f("ix_sync_receipts_status"), ["status"], unique=False)
        table.create_index(table.f("ix_sync_receipts_waits_for"), ["waits_for"], unique=False)

    with op.batch_alter_table("devices") as table:
        table.add_column(sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("interventions_done") as table:
        table.add_column(sa.Column("tapped_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("observations") as table:
        table.add_column(sa.Column("tapped_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("observations") as table:
        table.drop_column("tapped_at")

    with op.batch_alter_table("interventions_done") as table:
        table.drop_column("tapped_at")

    with op.batch_alter_table("devices") as table:
        table.drop_column("waiting_since")

    with op.batch_alter_table("sync_receipts") as table:
        table.drop_index(table.f("ix_sync_receipts_waits_for"))
        table.drop_index(table.f("ix_sync_receipts_status"))
        table.drop_index(table.f("ix_sync_receipts_staff_id"))
        table.drop_index(table.f("ix_sync_receipts_grant_id_seq"))
        table.drop_index(table.f("ix_sync_receipts_citizen_id"))

    op.drop_table("sync_receipts")
    with op.batch_alter_table("sync_grants") as table:
        table.drop_index(table.f("ix_sync_grants_staff_id"))
        table.drop_index(table.f("ix_sync_grants_device_id"))

    op.drop_table("sync_grants")
    op.drop_table("sync_keys")
    op.drop_table("sync_epochs")

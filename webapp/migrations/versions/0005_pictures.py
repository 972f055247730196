"""Pictures that follow their entries: what is on its way, its parts, and what is kept.

Only new tables: rows that are there stay as they are, and the previous release can go on while this
runs; it passes over the pictures that entries name.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "media_uploads",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("offset", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_media_uploads")),
    )
    with op.batch_alter_table("media_uploads") as table:
        table.create_index(table.f("ix_media_uploads_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "media_parts",
        sa.Column("upload_sha256", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["upload_sha256"],
            ["media_uploads.sha256"],
            name=op.f("fk_media_parts_upload_sha256_media_uploads"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("upload_sha256", "start", name=op.f("pk_media_parts")),
    )
    op.create_table(
        "pictures",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=True),
        sa.Column("sealed_sha256", sa.Text(), nullable=False),
        sa.Column("sealed_size", sa.BigInteger(), nullable=False),
        sa.Column("sealed_key", sa.Text(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "expected",
                "ready",
                "refused",
                name="picture_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("thumbnail_sha256", sa.Text(), nullable=True),
        sa.Column("thumbnail_size", sa.Integer(), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["staff.id"], name=op.f("fk_pictures_author_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["citizen_id"],
            ["citizens.id"],
            name=op.f("fk_pictures_citizen_id_citizens"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["sealed_sha256"],
            ["media_uploads.sha256"],
            name=op.f("fk_pictures_sealed_sha256_media_uploads"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pictures")),
        sa.UniqueConstraint(
            "entry_id", "sealed_sha256", name=op.f("uq_pictures_entry_id_sealed_sha256")
        ),
    )
    with op.batch_alter_table("pictures") as table:
        table.create_index(table.f("ix_pictures_citizen_id"), ["citizen_id"], unique=False)
        table.create_index(table.f("ix_pictures_sealed_sha256"), ["sealed_sha256"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("pictures") as table:
        table.drop_index(table.f("ix_pictures_sealed_sha256"))
        table.drop_index(table.f("ix_pictures_citizen_id"))

    op.drop_table("pictures")
    op.drop_table("media_parts")
    with op.batch_alter_table("media_uploads") as table:
        table.drop_index(table.f("ix_media_uploads_expires_at"))

    op.drop_table("media_uploads")

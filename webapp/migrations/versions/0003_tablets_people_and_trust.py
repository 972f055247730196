"""Tablets, people and trust: enrolled tablets, PIN, second factor, consent, a chained audit log.

Rows that are there keep what they say, but everyone signs in again: a session now tells on which
tablet it was opened and when it was last used. Events logged before are the beginning of the chain.
From here on the database itself refuses to change or remove what is logged.
The previous release can read on but not write while this runs.
"""

import hashlib
from datetime import UTC, datetime
from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


_APPEND_ONLY = {"audit_events": ("id",), "audit_links": ("number", "event_id")}
"""Tables that are only added to, with what names a row of them."""

_AT_ONCE = 5_000
"""Rows that are held in memory."""

_NO_LONGER_BY_DEFAULT = {
    "homes": ("idle_lock_minutes", "second_factor_for_all", "log_check_months"),
    "staff": ("totp_last_step",),
}


def upgrade() -> None:
    op.create_table(
        "audit_links",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_links")),
        sa.UniqueConstraint("event_id", name=op.f("uq_audit_links_event_id")),
    )
    op.create_table(
        "device_enrolments",
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["department_id"],
            ["departments.id"],
            name=op.f("fk_device_enrolments_department_id_departments"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["staff.id"], name=op.f("fk_device_enrolments_made_by_id_staff")
        ),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_device_enrolments")),
    )
    op.create_table(
        "devices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("token_hash_before", sa.Text(), nullable=True),
        sa.Column("token_made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("enrolled_by_id", sa.Uuid(), nullable=False),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("app_version", sa.Text(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("wrong_pins", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["department_id"],
            ["departments.id"],
            name=op.f("fk_devices_department_id_departments"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["enrolled_by_id"], ["staff.id"], name=op.f("fk_devices_enrolled_by_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_devices")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_devices_token_hash")),
    )
    with op.batch_alter_table("devices") as table:
        table.create_index(table.f("ix_devices_department_id"), ["department_id"], unique=False)
        table.create_index(
            table.f("ix_devices_token_hash_before"), ["token_hash_before"], unique=False
        )

    op.create_table(
        "invitations",
        sa.Column("secret_hash", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["staff.id"], name=op.f("fk_invitations_made_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
            name=op.f("fk_invitations_staff_id_staff"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("secret_hash", name=op.f("pk_invitations")),
    )
    with op.batch_alter_table("invitations") as table:
        table.create_index(table.f("ix_invitations_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "log_checks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("home_id", sa.Uuid(), nullable=False),
        sa.Column("drawn_by_id", sa.Uuid(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["drawn_by_id"], ["staff.id"], name=op.f("fk_log_checks_drawn_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["home_id"], ["homes.id"], name=op.f("fk_log_checks_home_id_homes"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_checks")),
    )
    with op.batch_alter_table("log_checks") as table:
        table.create_index(table.f("ix_log_checks_home_id"), ["home_id"], unique=False)

    op.create_table(
        "provider_accounts",
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
            name=op.f("fk_provider_accounts_staff_id_staff"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("issuer", "subject", name=op.f("pk_provider_accounts")),
    )
    with op.batch_alter_table("provider_accounts") as table:
        table.create_index(table.f("ix_provider_accounts_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "recovery_codes",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
            name=op.f("fk_recovery_codes_staff_id_staff"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("staff_id", "code_hash", name=op.f("pk_recovery_codes")),
    )
    op.create_table(
        "consents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "instruction",
                "documentation",
                "report",
                "relatives",
                name="consent_purpose",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "given_by",
            sa.Enum(
                "citizen",
                "custody_holder",
                "guardian",
                name="consent_giver",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("giver_name", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawer_name", sa.Text(), nullable=False),
        sa.Column("withdrawal_words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["citizen_id"],
            ["citizens.id"],
            name=op.f("fk_consents_citizen_id_citizens"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["staff.id"], name=op.f("fk_consents_recorded_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["staff.id"], name=op.f("fk_consents_withdrawn_by_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    with op.batch_alter_table("consents") as table:
        table.create_index(table.f("ix_consents_citizen_id"), ["citizen_id"], unique=False)

    op.create_table(
        "emergency_accesses",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["citizen_id"],
            ["citizens.id"],
            name=op.f("fk_emergency_accesses_citizen_id_citizens"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["seen_by_id"], ["staff.id"], name=op.f("fk_emergency_accesses_seen_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_emergency_accesses_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_accesses")),
    )
    with op.batch_alter_table("emergency_accesses") as table:
        table.create_index(
            table.f("ix_emergency_accesses_citizen_id"), ["citizen_id"], unique=False
        )
        table.create_index(table.f("ix_emergency_accesses_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "log_check_items",
        sa.Column("check_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "fine",
                "asked",
                "wrong",
                name="log_check_outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["check_id"],
            ["log_checks.id"],
            name=op.f("fk_log_check_items_check_id_log_checks"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["audit_events.id"], name=op.f("fk_log_check_items_event_id_audit_events")
        ),
        sa.PrimaryKeyConstraint("check_id", "event_id", name=op.f("pk_log_check_items")),
    )
    op.create_table(
        "pin_locks",
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["device_id"],
            ["devices.id"],
            name=op.f("fk_pin_locks_device_id_devices"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_pin_locks_staff_id_staff"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("device_id", "staff_id", name=op.f("pk_pin_locks")),
    )
    with op.batch_alter_table("pin_locks") as table:
        table.create_index(table.f("ix_pin_locks_staff_id"), ["staff_id"], unique=False)

    with op.batch_alter_table("audit_events") as table:
        table.add_column(sa.Column("device_id", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("reason", sa.Text(), nullable=True))
        table.create_index(table.f("ix_audit_events_home_id_at"), ["home_id", "at"], unique=False)

    with op.batch_alter_table("homes") as table:
        table.add_column(
            sa.Column("idle_lock_minutes", sa.Integer(), nullable=False, server_default="3")
        )
        table.add_column(
            sa.Column(
                "second_factor_for_all", sa.Boolean(), nullable=False, server_default=sa.false()
            )
        )
        table.add_column(
            sa.Column("log_check_months", sa.Integer(), nullable=False, server_default="6")
        )

    with op.batch_alter_table("staff") as table:
        table.add_column(sa.Column("pin_hash", sa.Text(), nullable=True))
        table.add_column(sa.Column("totp_secret", sa.Text(), nullable=True))
        table.add_column(sa.Column("totp_confirmed_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(
            sa.Column("totp_last_step", sa.Integer(), nullable=False, server_default="0")
        )

    op.execute("DELETE FROM staff_sessions")
    with op.batch_alter_table("staff_sessions") as table:
        table.add_column(sa.Column("id", sa.Uuid(), nullable=False))
        table.add_column(
            sa.Column(
                "method",
                sa.Enum(
                    "password",
                    "second_factor",
                    "pin",
                    "identity_provider",
                    name="sign_in_method",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=False,
            )
        )
        table.add_column(sa.Column("device_id", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False))
        table.add_column(sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True))
        table.create_index(table.f("ix_staff_sessions_device_id"), ["device_id"], unique=False)
        table.create_unique_constraint(table.f("uq_staff_sessions_id"), ["id"])
        table.create_foreign_key(
            table.f("fk_staff_sessions_device_id_devices"),
            "devices",
            ["device_id"],
            ["id"],
            ondelete="CASCADE",
        )

    for name, columns in _NO_LONGER_BY_DEFAULT.items():
        with op.batch_alter_table(name) as table:
            for column in columns:
                table.alter_column(column, server_default=None)
    _seal_what_was_logged()
    _refuse_changes()


def _seal_what_was_logged() -> None:
    """Begin the chain with what was logged before there was one."""
    events = sa.table(
        "audit_events",
        sa.column("id", sa.Uuid()),
        sa.column("at", sa.DateTime(timezone=True)),
        sa.column("home_id", sa.Uuid()),
        sa.column("actor_id", sa.Uuid()),
        sa.column("action", sa.Text()),
        sa.column("citizen_id", sa.Uuid()),
        sa.column("object_id", sa.Uuid()),
        sa.column("device_id", sa.Uuid()),
        sa.column("reason", sa.Text()),
    )
    links = sa.table(
        "audit_links",
        sa.column("number", sa.Integer()),
        sa.column("event_id", sa.Uuid()),
        sa.column("digest", sa.Text()),
    )
    in_order = sa.select(events).order_by(events.c.at, events.c.id)
    number, digest = 0, ""
    found = op.get_bind().execute(in_order, execution_options={"yield_per": _AT_ONCE})
    for some in found.partitions():
        sealed = []
        for row in some:
            said = f"{digest};{''.join(map(_said, row))}"
            number, digest = number + 1, hashlib.sha256(said.encode()).hexdigest()
            sealed.append({"number": number, "event_id": row.id, "digest": digest})
        op.bulk_insert(links, sealed)


def _said(value: UUID | datetime | str | None) -> str:
    """Return a value as it is sealed: after its length, ids as hex, times as UTC."""
    if value is None:
        return "-"
    if isinstance(value, UUID):
        value = value.hex
    elif isinstance(value, datetime):
        # SQLite keeps UTC without saying so.
        utc = value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
        value = utc.isoformat(" ", "microseconds")
    return f"{len(value)}:{value}"


def _refuse_changes() -> None:
    """Let the database itself refuse to change or remove what was logged."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    if not is_sqlite:
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the audit log is only added to'; END $$"
        )
    for name, keys in _APPEND_ONLY.items():
        for act in ("UPDATE", "DELETE"):
            trigger = f"CREATE TRIGGER {name}_no_{act.lower()} BEFORE {act} ON {name}"
            op.execute(
                f"{trigger} BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END"
                if is_sqlite
                else f"{trigger} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )
        if is_sqlite:
            # INSERT OR REPLACE removes a row without asking the trigger that refuses that.
            taken = " OR ".join(f"{key} = NEW.{key}" for key in keys)
            is_taken = f"EXISTS (SELECT 1 FROM {name} WHERE {taken})"  # noqa: S608 - names of ours
            op.execute(
                f"CREATE TRIGGER {name}_no_replace BEFORE INSERT ON {name} WHEN {is_taken} "
                "BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END"
            )
        else:
            op.execute(
                f"CREATE TRIGGER {name}_no_truncate BEFORE TRUNCATE ON {name} "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for name in _APPEND_ONLY:
        for act in ("update", "delete", "replace" if is_sqlite else "truncate"):
            op.execute(f"DROP TRIGGER {name}_no_{act}" + ("" if is_sqlite else f" ON {name}"))
    if not is_sqlite:
        op.execute("DROP FUNCTION refuse_change()")
    with op.batch_alter_table("staff_sessions") as table:
        table.drop_constraint(table.f("fk_staff_sessions_device_id_devices"), type_="foreignkey")
        table.drop_constraint(table.f("uq_staff_sessions_id"), type_="unique")
        table.drop_index(table.f("ix_staff_sessions_device_id"))
        table.drop_column("locked_at")
        table.drop_column("seen_at")
        table.drop_column("device_id")
        table.drop_constraint(table.f("ck_staff_sessions_sign_in_method"), type_="check")
        table.drop_column("method")
        table.drop_column("id")

    with op.batch_alter_table("staff") as table:
        table.drop_column("totp_last_step")
        table.drop_column("totp_confirmed_at")
        table.drop_column("totp_secret")
        table.drop_column("pin_hash")

    with op.batch_alter_table("homes") as table:
        table.drop_column("log_check_months")
        table.drop_column("second_factor_for_all")
        table.drop_column("idle_lock_minutes")

    with op.batch_alter_table("audit_events") as table:
        table.drop_index(table.f("ix_audit_events_home_id_at"))
        table.drop_column("reason")
        table.drop_column("device_id")

    with op.batch_alter_table("pin_locks") as table:
        table.drop_index(table.f("ix_pin_locks_staff_id"))

    op.drop_table("pin_locks")
    op.drop_table("log_check_items")
    with op.batch_alter_table("emergency_accesses") as table:
        table.drop_index(table.f("ix_emergency_accesses_staff_id"))
        table.drop_index(table.f("ix_emergency_accesses_citizen_id"))

    op.drop_table("emergency_accesses")
    with op.batch_alter_table("consents") as table:
        table.drop_index(table.f("ix_consents_citizen_id"))

    op.drop_table("consents")
    op.drop_table("recovery_codes")
    with op.batch_alter_table("provider_accounts") as table:
        table.drop_index(table.f("ix_provider_accounts_staff_id"))

    op.drop_table("provider_accounts")
    with op.batch_alter_table("log_checks") as table:
        table.drop_index(table.f("ix_log_checks_home_id"))

    op.drop_table("log_checks")
    with op.batch_alter_table("invitations") as table:
        table.drop_index(table.f("ix_invitations_staff_id"))

    op.drop_table("invitations")
    with op.batch_alter_table("devices") as table:
        table.drop_index(table.f("ix_devices_token_hash_before"))
        table.drop_index(table.f("ix_devices_department_id"))

    op.drop_table("devices")
    op.drop_table("device_enrolments")
    op.drop_table("audit_links")

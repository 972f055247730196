"""Make the first tables: home, staff, citizens, plans, observations, audit.

The database is empty before; there is no previous release.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_events",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("home_id", sa.Uuid(), nullable=True),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=True),
        sa.Column("object_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_events")),
    )
    with op.batch_alter_table("audit_events") as table:
        table.create_index(table.f("ix_audit_events_actor_id_at"), ["actor_id", "at"], unique=False)
        table.create_index(
            table.f("ix_audit_events_citizen_id_at"), ["citizen_id", "at"], unique=False
        )

    op.create_table(
        "homes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_homes")),
    )
    op.create_table(
        "sign_in_throttles",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_in_throttles")),
    )
    op.create_table(
        "departments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("home_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["home_id"], ["homes.id"], name=op.f("fk_departments_home_id_homes"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_departments")),
        sa.UniqueConstraint("home_id", "name", name=op.f("uq_departments_home_id_name")),
    )
    op.create_table(
        "shifts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("home_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.Time(), nullable=False),
        sa.Column("ends_at", sa.Time(), nullable=False),
        sa.ForeignKeyConstraint(
            ["home_id"], ["homes.id"], name=op.f("fk_shifts_home_id_homes"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shifts")),
        sa.UniqueConstraint("home_id", "starts_at", name=op.f("uq_shifts_home_id_starts_at")),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("home_id", sa.Uuid(), nullable=False),
        sa.Column("first_name", sa.Text(), nullable=False),
        sa.Column("last_name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "staff",
                "facilitator",
                "manager",
                "admin",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("deactivated_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["home_id"], ["homes.id"], name=op.f("fk_staff_home_id_homes"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("email", name=op.f("uq_staff_email")),
    )
    with op.batch_alter_table("staff") as table:
        table.create_index(table.f("ix_staff_home_id"), ["home_id"], unique=False)

    op.create_table(
        "citizens",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "adult",
                "child",
                name="citizen_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("first_name", sa.Text(), nullable=False),
        sa.Column("last_name", sa.Text(), nullable=False),
        sa.Column("what_helps", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["department_id"],
            ["departments.id"],
            name=op.f("fk_citizens_department_id_departments"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citizens")),
    )
    with op.batch_alter_table("citizens") as table:
        table.create_index(table.f("ix_citizens_department_id"), ["department_id"], unique=False)

    op.create_table(
        "department_staff",
        sa.Column("department_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["department_id"],
            ["departments.id"],
            name=op.f("fk_department_staff_department_id_departments"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
            name=op.f("fk_department_staff_staff_id_staff"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("department_id", "staff_id", name=op.f("pk_department_staff")),
    )
    with op.batch_alter_table("department_staff") as table:
        table.create_index(table.f("ix_department_staff_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "staff_sessions",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
            name=op.f("fk_staff_sessions_staff_id_staff"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_staff_sessions")),
    )
    with op.batch_alter_table("staff_sessions") as table:
        table.create_index(table.f("ix_staff_sessions_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "contact_teams",
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["citizen_id"],
            ["citizens.id"],
            name=op.f("fk_contact_teams_citizen_id_citizens"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
            name=op.f("fk_contact_teams_staff_id_staff"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("citizen_id", "staff_id", name=op.f("pk_contact_teams")),
    )
    with op.batch_alter_table("contact_teams") as table:
        table.create_index(table.f("ix_contact_teams_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "plans",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column("context", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["citizen_id"],
            ["citizens.id"],
            name=op.f("fk_plans_citizen_id_citizens"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plans")),
        sa.UniqueConstraint("citizen_id", name=op.f("uq_plans_citizen_id")),
    )
    op.create_table(
        "goals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("short_text", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["goals.id"], name=op.f("fk_goals_parent_id_goals"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["plans.id"], name=op.f("fk_goals_plan_id_plans"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goals")),
    )
    with op.batch_alter_table("goals") as table:
        table.create_index(table.f("ix_goals_parent_id"), ["parent_id"], unique=False)
        table.create_index(table.f("ix_goals_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "interventions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("approach", sa.Text(), nullable=False),
        sa.Column("when_and_where", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["goal_id"],
            ["goals.id"],
            name=op.f("fk_interventions_goal_id_goals"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interventions")),
    )
    with op.batch_alter_table("interventions") as table:
        table.create_index(table.f("ix_interventions_goal_id"), ["goal_id"], unique=False)

    op.create_table(
        "signs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column(
            "sense",
            sa.Enum(
                "see",
                "hear",
                "feel",
                name="sense",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["goal_id"], ["goals.id"], name=op.f("fk_signs_goal_id_goals"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signs")),
        sa.UniqueConstraint("id", "goal_id", name=op.f("uq_signs_id_goal_id")),
    )
    with op.batch_alter_table("signs") as table:
        table.create_index(table.f("ix_signs_goal_id"), ["goal_id"], unique=False)

    op.create_table(
        "withdrawals",
        sa.Column("observation_id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["staff.id"], name=op.f("fk_withdrawals_author_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["goal_id"], ["goals.id"], name=op.f("fk_withdrawals_goal_id_goals")
        ),
        sa.PrimaryKeyConstraint("observation_id", name=op.f("pk_withdrawals")),
    )
    op.create_table(
        "observations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("sign_id", sa.Uuid(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "seen",
                "partly",
                "not_seen",
                "no_opportunity",
                "retracted",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "support_level",
            sa.Enum(
                "independent",
                "indirect",
                "verbal",
                "gesture",
                "modelling",
                "physical",
                name="support_level",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("supersedes_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "sign_id IS NOT NULL OR outcome NOT IN ('seen', 'partly')",
            name=op.f("ck_observations_seen_needs_sign"),
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["staff.id"], name=op.f("fk_observations_author_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["goal_id"], ["goals.id"], name=op.f("fk_observations_goal_id_goals")
        ),
        sa.ForeignKeyConstraint(
            ["sign_id", "goal_id"],
            ["signs.id", "signs.goal_id"],
            name=op.f("fk_observations_sign_id_goal_id_signs"),
        ),
        sa.ForeignKeyConstraint(
            ["supersedes_id"],
            ["observations.id"],
            name=op.f("fk_observations_supersedes_id_observations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observations")),
        sa.UniqueConstraint("supersedes_id", name=op.f("uq_observations_supersedes_id")),
    )
    with op.batch_alter_table("observations") as table:
        table.create_index(
            table.f("ix_observations_goal_id_happened_at"), ["goal_id", "happened_at"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("observations") as table:
        table.drop_index(table.f("ix_observations_goal_id_happened_at"))

    op.drop_table("observations")
    op.drop_table("withdrawals")
    with op.batch_alter_table("signs") as table:
        table.drop_index(table.f("ix_signs_goal_id"))

    op.drop_table("signs")
    with op.batch_alter_table("interventions") as table:
        table.drop_index(table.f("ix_interventions_goal_id"))

    op.drop_table("interventions")
    with op.batch_alter_table("goals") as table:
        table.drop_index(table.f("ix_goals_plan_id"))
        table.drop_index(table.f("ix_goals_parent_id"))

    op.drop_table("goals")
    op.drop_table("plans")
    with op.batch_alter_table("contact_teams") as table:
        table.drop_index(table.f("ix_contact_teams_staff_id"))

    op.drop_table("contact_teams")
    with op.batch_alter_table("staff_sessions") as table:
        table.drop_index(table.f("ix_staff_sessions_staff_id"))

    op.drop_table("staff_sessions")
    with op.batch_alter_table("department_staff") as table:
        table.drop_index(table.f("ix_department_staff_staff_id"))

    op.drop_table("department_staff")
    with op.batch_alter_table("citizens") as table:
        table.drop_index(table.f("ix_citizens_department_id"))

    op.drop_table("citizens")
    with op.batch_alter_table("staff") as table:
        table.drop_index(table.f("ix_staff_home_id"))

    op.drop_table("staff")
    op.drop_table("shifts")
    op.drop_table("departments")
    op.drop_table("sign_in_throttles")
    op.drop_table("homes")
    with op.batch_alter_table("audit_events") as table:
        table.drop_index(table.f("ix_audit_events_citizen_id_at"))
        table.drop_index(table.f("ix_audit_events_actor_id_at"))

    op.drop_table("audit_events")

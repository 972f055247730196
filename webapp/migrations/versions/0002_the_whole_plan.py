"""The whole plan: order, master data, contacts, measures, steps, revisions, closures, sparring.

Rows that are there keep what they say; new columns begin empty, or with what was meant before: a
sign was seen or not, an intervention was running, and a goal had been activated the day it began.
The previous release can read on but not write while this runs.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


_NO_LONGER_BY_DEFAULT = {
    "citizens": (
        "what_to_avoid",
        "legal_ground",
        "municipality",
        "languages",
        "taxonomy",
    ),
    "goals": (
        "type",
        "theme",
        "participation_words",
        "others_took_part",
        "partner_words",
        "no_order_goal_reason",
        "second_goal_reason",
        "smorte_reasons",
    ),
    "interventions": (
        "practice",
        "who",
        "materials",
        "status",
    ),
    "plans": (
        "resources",
        "challenge",
        "needs",
        "frame",
        "earlier_experience",
        "theme",
        "evaluation_months",
    ),
    "signs": (
        "measure",
        "direction",
        "gas_levels",
        "steps",
    ),
}


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("fields", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_drafts_staff_id_staff"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("staff_id", "form", name=op.f("pk_drafts")),
    )
    op.create_table(
        "goal_templates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("home_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["staff.id"], name=op.f("fk_goal_templates_author_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["home_id"],
            ["homes.id"],
            name=op.f("fk_goal_templates_home_id_homes"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_templates")),
    )
    with op.batch_alter_table("goal_templates") as table:
        table.create_index(table.f("ix_goal_templates_home_id"), ["home_id"], unique=False)

    op.create_table(
        "contacts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "relative",
                "custody_holder",
                "guardian",
                "caseworker",
                "day_centre",
                "school",
                "doctor",
                "other",
                name="contact_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("how_reached", sa.Text(), nullable=False),
        sa.Column("may_share", sa.Text(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["citizen_id"],
            ["citizens.id"],
            name=op.f("fk_contacts_citizen_id_citizens"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
    )
    with op.batch_alter_table("contacts") as table:
        table.create_index(table.f("ix_contacts_citizen_id"), ["citizen_id"], unique=False)

    op.create_table(
        "orders",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("citizen_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "action_plan",
                "childs_plan",
                "youth_plan",
                "commission",
                name="order_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("caseworker", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["citizen_id"],
            ["citizens.id"],
            name=op.f("fk_orders_citizen_id_citizens"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders")),
    )
    with op.batch_alter_table("orders") as table:
        table.create_index(table.f("ix_orders_citizen_id"), ["citizen_id"], unique=False)

    op.create_table(
        "order_files",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["staff.id"], name=op.f("fk_order_files_added_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["orders.id"],
            name=op.f("fk_order_files_order_id_orders"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_files")),
    )
    with op.batch_alter_table("order_files") as table:
        table.create_index(table.f("ix_order_files_order_id"), ["order_id"], unique=False)

    op.create_table(
        "order_goals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["orders.id"],
            name=op.f("fk_order_goals_order_id_orders"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_goals")),
    )
    with op.batch_alter_table("order_goals") as table:
        table.create_index(table.f("ix_order_goals_order_id"), ["order_id"], unique=False)

    op.create_table(
        "goal_acknowledgements",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["goal_id"],
            ["goals.id"],
            name=op.f("fk_goal_acknowledgements_goal_id_goals"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_goal_acknowledgements_staff_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_acknowledgements")),
    )
    with op.batch_alter_table("goal_acknowledgements") as table:
        table.create_index(
            table.f("ix_goal_acknowledgements_staff_id_goal_id"),
            ["staff_id", "goal_id"],
            unique=False,
        )

    op.create_table(
        "goal_closures",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "reached",
                "partly_reached",
                "ended",
                name="closure_verdict",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by_id", sa.Uuid(), nullable=False),
        sa.Column("reopened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reopened_by_id", sa.Uuid(), nullable=True),
        sa.Column("reopened_why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["staff.id"], name=op.f("fk_goal_closures_closed_by_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["goal_id"],
            ["goals.id"],
            name=op.f("fk_goal_closures_goal_id_goals"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["reopened_by_id"], ["staff.id"], name=op.f("fk_goal_closures_reopened_by_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_closures")),
    )
    with op.batch_alter_table("goal_closures") as table:
        table.create_index(table.f("ix_goal_closures_goal_id"), ["goal_id"], unique=False)

    op.create_table(
        "plan_revisions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=True),
        sa.Column(
            "part",
            sa.Enum(
                "context",
                "goal",
                "sign",
                "intervention",
                "evaluation",
                name="plan_part",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["staff.id"], name=op.f("fk_plan_revisions_author_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["goal_id"],
            ["goals.id"],
            name=op.f("fk_plan_revisions_goal_id_goals"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"],
            ["plans.id"],
            name=op.f("fk_plan_revisions_plan_id_plans"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_revisions")),
        sa.UniqueConstraint(
            "object_id", "part", "number", name=op.f("uq_plan_revisions_object_id_part_number")
        ),
    )
    with op.batch_alter_table("plan_revisions") as table:
        table.create_index(
            table.f("ix_plan_revisions_goal_id_changed_at"), ["goal_id", "changed_at"], unique=False
        )
        table.create_index(
            table.f("ix_plan_revisions_plan_id_changed_at"), ["plan_id", "changed_at"], unique=False
        )

    op.create_table(
        "sparrings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["goal_id"], ["goals.id"], name=op.f("fk_sparrings_goal_id_goals"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["staff.id"], name=op.f("fk_sparrings_settled_by_id_staff")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sparrings")),
    )
    with op.batch_alter_table("sparrings") as table:
        table.create_index(table.f("ix_sparrings_goal_id"), ["goal_id"], unique=False)

    op.create_table(
        "interventions_done",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("intervention_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["staff.id"], name=op.f("fk_interventions_done_author_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["intervention_id"],
            ["interventions.id"],
            name=op.f("fk_interventions_done_intervention_id_interventions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interventions_done")),
    )
    with op.batch_alter_table("interventions_done") as table:
        table.create_index(
            table.f("ix_interventions_done_intervention_id"), ["intervention_id"], unique=False
        )

    op.create_table(
        "sparring_comments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sparring_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["staff.id"], name=op.f("fk_sparring_comments_author_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["sparring_id"],
            ["sparrings.id"],
            name=op.f("fk_sparring_comments_sparring_id_sparrings"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sparring_comments")),
    )
    with op.batch_alter_table("sparring_comments") as table:
        table.create_index(
            table.f("ix_sparring_comments_sparring_id"), ["sparring_id"], unique=False
        )

    op.create_table(
        "steps",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("intervention_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["intervention_id"],
            ["interventions.id"],
            name=op.f("fk_steps_intervention_id_interventions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_steps")),
    )
    with op.batch_alter_table("steps") as table:
        table.create_index(table.f("ix_steps_intervention_id"), ["intervention_id"], unique=False)

    with op.batch_alter_table("citizens") as table:
        table.add_column(sa.Column("what_to_avoid", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("born_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("moved_in_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("legal_ground", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("municipality", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("languages", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("taxonomy", sa.Text(), nullable=False, server_default=""))

    with op.batch_alter_table("goals") as table:
        table.add_column(
            sa.Column(
                "type",
                sa.Enum(
                    "develop",
                    "keep",
                    "limit_loss",
                    name="goal_type",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=False,
                server_default="develop",
            )
        )
        table.add_column(sa.Column("theme", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("revise_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("responsible_id", sa.Uuid(), nullable=True))
        table.add_column(
            sa.Column(
                "participation",
                sa.Enum(
                    "wrote",
                    "chose",
                    "heard",
                    "showed",
                    "guardians",
                    name="participation",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=True,
            )
        )
        table.add_column(
            sa.Column("participation_words", sa.Text(), nullable=False, server_default="")
        )
        table.add_column(
            sa.Column("others_took_part", sa.Text(), nullable=False, server_default="")
        )
        table.add_column(sa.Column("partner_involved", sa.Boolean(), nullable=True))
        table.add_column(sa.Column("partner_words", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("order_goal_id", sa.Uuid(), nullable=True))
        table.add_column(
            sa.Column("no_order_goal_reason", sa.Text(), nullable=False, server_default="")
        )
        table.add_column(
            sa.Column("second_goal_reason", sa.Text(), nullable=False, server_default="")
        )
        table.add_column(
            sa.Column(
                "smorte_reasons", sa.JSON(none_as_null=True), nullable=False, server_default="{}"
            )
        )
        table.add_column(sa.Column("activated_at", sa.DateTime(timezone=True), nullable=True))
        table.create_index(table.f("ix_goals_order_goal_id"), ["order_goal_id"], unique=False)
        table.create_foreign_key(
            table.f("fk_goals_responsible_id_staff"), "staff", ["responsible_id"], ["id"]
        )
        table.create_foreign_key(
            table.f("fk_goals_order_goal_id_order_goals"), "order_goals", ["order_goal_id"], ["id"]
        )

    with op.batch_alter_table("interventions") as table:
        table.add_column(sa.Column("practice", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("who", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("materials", sa.Text(), nullable=False, server_default=""))
        table.add_column(
            sa.Column(
                "status",
                sa.Enum(
                    "planned",
                    "running",
                    "paused",
                    "ended",
                    name="intervention_status",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=False,
                server_default="running",
            )
        )

    with op.batch_alter_table("observations") as table:
        table.add_column(sa.Column("value", sa.Integer(), nullable=True))
        table.add_column(sa.Column("steps_alone", sa.JSON(none_as_null=True), nullable=True))

    with op.batch_alter_table("plans") as table:
        table.add_column(sa.Column("resources", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("challenge", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("needs", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("frame", sa.Text(), nullable=False, server_default=""))
        table.add_column(
            sa.Column("earlier_experience", sa.Text(), nullable=False, server_default="")
        )
        table.add_column(sa.Column("theme", sa.Text(), nullable=False, server_default=""))
        table.add_column(
            sa.Column("evaluation_months", sa.Integer(), nullable=False, server_default="6")
        )
        table.add_column(sa.Column("next_evaluation_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("evaluator_id", sa.Uuid(), nullable=True))
        table.create_foreign_key(
            table.f("fk_plans_evaluator_id_staff"), "staff", ["evaluator_id"], ["id"]
        )

    with op.batch_alter_table("signs") as table:
        table.add_column(
            sa.Column(
                "measure",
                sa.Enum(
                    "seen",
                    "support",
                    "count",
                    "duration",
                    "scale",
                    "smiley",
                    "steps",
                    "gas",
                    name="measure",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=False,
                server_default="seen",
            )
        )
        table.add_column(
            sa.Column(
                "direction",
                sa.Enum(
                    "more",
                    "less",
                    name="direction",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=False,
                server_default="more",
            )
        )
        table.add_column(sa.Column("baseline", sa.Integer(), nullable=True))
        table.add_column(sa.Column("target", sa.Integer(), nullable=True))
        table.add_column(
            sa.Column("gas_levels", sa.JSON(none_as_null=True), nullable=False, server_default="[]")
        )
        table.add_column(
            sa.Column("steps", sa.JSON(none_as_null=True), nullable=False, server_default="[]")
        )

    with op.batch_alter_table("citizens") as table:
        table.drop_constraint(table.f("ck_citizens_citizen_kind"), type_="check")
        table.create_check_constraint(
            table.f("ck_citizens_citizen_kind"), "kind IN ('adult', 'child', 'young')"
        )
    midnight = (
        "starts_on || ' 00:00:00.000000'" if op.get_bind().dialect.name == "sqlite" else "starts_on"
    )
    op.execute(f"UPDATE goals SET activated_at = {midnight}")  # noqa: S608
    # What was there has got its value; from now on the program says what is new.
    for name, columns in _NO_LONGER_BY_DEFAULT.items():
        with op.batch_alter_table(name) as table:
            for column in columns:
                table.alter_column(column, server_default=None)


def downgrade() -> None:
    op.execute("UPDATE citizens SET kind = 'child' WHERE kind = 'young'")
    with op.batch_alter_table("citizens") as table:
        table.drop_constraint(table.f("ck_citizens_citizen_kind"), type_="check")
        table.create_check_constraint(
            table.f("ck_citizens_citizen_kind"), "kind IN ('adult', 'child')"
        )
    with op.batch_alter_table("signs") as table:
        table.drop_constraint(table.f("ck_signs_measure"), type_="check")
        table.drop_constraint(table.f("ck_signs_direction"), type_="check")
        table.drop_column("steps")
        table.drop_column("gas_levels")
        table.drop_column("target")
        table.drop_column("baseline")
        table.drop_column("direction")
        table.drop_column("measure")

    with op.batch_alter_table("plans") as table:
        table.drop_constraint(table.f("fk_plans_evaluator_id_staff"), type_="foreignkey")
        table.drop_column("evaluator_id")
        table.drop_column("next_evaluation_on")
        table.drop_column("evaluation_months")
        table.drop_column("theme")
        table.drop_column("earlier_experience")
        table.drop_column("frame")
        table.drop_column("needs")
        table.drop_column("challenge")
        table.drop_column("resources")

    with op.batch_alter_table("observations") as table:
        table.drop_column("steps_alone")
        table.drop_column("value")

    with op.batch_alter_table("interventions") as table:
        table.drop_constraint(table.f("ck_interventions_intervention_status"), type_="check")
        table.drop_column("status")
        table.drop_column("materials")
        table.drop_column("who")
        table.drop_column("practice")

    with op.batch_alter_table("goals") as table:
        table.drop_constraint(table.f("ck_goals_goal_type"), type_="check")
        table.drop_constraint(table.f("ck_goals_participation"), type_="check")
        table.drop_constraint(table.f("fk_goals_order_goal_id_order_goals"), type_="foreignkey")
        table.drop_constraint(table.f("fk_goals_responsible_id_staff"), type_="foreignkey")
        table.drop_index(table.f("ix_goals_order_goal_id"))
        table.drop_column("activated_at")
        table.drop_column("smorte_reasons")
        table.drop_column("second_goal_reason")
        table.drop_column("no_order_goal_reason")
        table.drop_column("order_goal_id")
        table.drop_column("partner_words")
        table.drop_column("partner_involved")
        table.drop_column("others_took_part")
        table.drop_column("participation_words")
        table.drop_column("participation")
        table.drop_column("responsible_id")
        table.drop_column("revise_on")
        table.drop_column("theme")
        table.drop_column("type")

    with op.batch_alter_table("citizens") as table:
        table.drop_column("taxonomy")
        table.drop_column("languages")
        table.drop_column("municipality")
        table.drop_column("legal_ground")
        table.drop_column("moved_in_on")
        table.drop_column("born_on")
        table.drop_column("what_to_avoid")

    with op.batch_alter_table("steps") as table:
        table.drop_index(table.f("ix_steps_intervention_id"))

    op.drop_table("steps")
    with op.batch_alter_table("sparring_comments") as table:
        table.drop_index(table.f("ix_sparring_comments_sparring_id"))

    op.drop_table("sparring_comments")
    with op.batch_alter_table("interventions_done") as table:
        table.drop_index(table.f("ix_interventions_done_intervention_id"))

    op.drop_table("interventions_done")
    with op.batch_alter_table("sparrings") as table:
        table.drop_index(table.f("ix_sparrings_goal_id"))

    op.drop_table("sparrings")
    with op.batch_alter_table("plan_revisions") as table:
        table.drop_index(table.f("ix_plan_revisions_plan_id_changed_at"))
        table.drop_index(table.f("ix_plan_revisions_goal_id_changed_at"))

    op.drop_table("plan_revisions")
    with op.batch_alter_table("goal_closures") as table:
        table.drop_index(table.f("ix_goal_closures_goal_id"))

    op.drop_table("goal_closures")
    with op.batch_alter_table("goal_acknowledgements") as table:
        table.drop_index(table.f("ix_goal_acknowledgements_staff_id_goal_id"))

    op.drop_table("goal_acknowledgements")
    with op.batch_alter_table("order_goals") as table:
        table.drop_index(table.f("ix_order_goals_order_id"))

    op.drop_table("order_goals")
    with op.batch_alter_table("order_files") as table:
        table.drop_index(table.f("ix_order_files_order_id"))

    op.drop_table("order_files")
    with op.batch_alter_table("orders") as table:
        table.drop_index(table.f("ix_orders_citizen_id"))

    op.drop_table("orders")
    with op.batch_alter_table("contacts") as table:
        table.drop_index(table.f("ix_contacts_citizen_id"))

    op.drop_table("contacts")
    with op.batch_alter_table("goal_templates") as table:
        table.drop_index(table.f("ix_goal_templates_home_id"))

    op.drop_table("goal_templates")
    op.drop_table("drafts")

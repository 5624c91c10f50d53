"""Team inspections and countersignatures."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables of team inspections."""
    op.create_table(
        "countersignature",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("inspection", NUMBER, nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=True),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("inspection"),
    )
    op.create_table(
        "team",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("rulebook", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("point", sa.String(), nullable=True),
        sa.Column("leader", sa.String(), nullable=True),
        sa.Column("device", sa.String(), nullable=True),
        sa.Column("opened_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("team_of_station", "team", ["station", "number"])
    op.create_table(
        "team_step",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("device", sa.String(), nullable=True),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("team_step_of_team", "team_step", ["team", "number"])

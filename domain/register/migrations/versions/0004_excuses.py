"""Excuses of duties, and an index by which inspections speak for duties."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table of excuses; find inspections by their list and day."""
    op.create_table(
        "excuse",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("duty", sa.String(), nullable=False),
        sa.Column("due", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=True),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index(op.f("ix_excuse_duty"), "excuse", ["duty"], unique=False)
    op.create_index(op.f("ix_excuse_due"), "excuse", ["due"], unique=False)
    op.create_index(
        "inspection_of_rulebook",
        "inspection",
        ["rulebook", "submitted_at", "person", "station"],
    )

"""What people found who looked at submissions that were worth a look."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table of looks."""
    op.create_table(
        "look",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("inspection", NUMBER, nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("device", sa.String(), nullable=True),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index(op.f("ix_look_inspection"), "look", ["inspection"], unique=False)

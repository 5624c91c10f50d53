"""Marks of pictures, by which the same shot is found again."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables of marks, their hashes, and what is one shot."""
    op.create_table(
        "picture_mark",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("marks", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("sha256"),
    )
    op.create_table(
        "picture_key",
        sa.Column("key", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("picture", NUMBER, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("key", "picture"),
    )
    op.create_table(
        "picture_alike",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("other", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "other"),
    )
    op.create_index(op.f("ix_picture_alike_other"), "picture_alike", ["other"], unique=False)

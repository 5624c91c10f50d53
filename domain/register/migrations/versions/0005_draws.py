"""Draws of stations: announced, frozen, revealed, replaced."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _number() -> sa.Column[int]:
    return sa.Column("number", NUMBER, autoincrement=False, nullable=False)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def upgrade() -> None:
    """Make the tables of draws."""
    op.create_table(
        "draw",
        _number(),
        *_texts("id", "duty", "place", "path", "period", "commitment", "rule", "public_source"),
        sa.Column("public_on", sa.String(), nullable=True),
        *_texts("announced_at"),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id"),
    )
    op.create_table(
        "draw_list",
        _number(),
        *_texts("draw", "frozen", "frozen_at"),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("draw"),
    )
    op.create_table(
        "draw_result",
        _number(),
        *_texts("draw", "seed", "public_value", "drawn", "revealed_at"),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("draw"),
    )
    op.create_table(
        "draw_replacement",
        _number(),
        *_texts("draw", "station", "by_station", "reason", "replaced_at"),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_draw_replacement_draw", "draw_replacement", ["draw"])

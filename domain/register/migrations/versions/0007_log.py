"""The electronic log: notes of the shift, hand-overs, and taking over."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _number() -> sa.Column[int]:
    return sa.Column("number", NUMBER, autoincrement=False, nullable=False)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _perhaps(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=True) for name in names]


def upgrade() -> None:
    """Make the tables of notes and of shifts that were taken over."""
    op.create_table(
        "shift_note",
        _number(),
        *_texts("id", "sha256", "station", "kind"),
        *_perhaps("person", "device"),
        *_texts("at", "written_at", "received_at", "text"),
        *_perhaps("to_person", "to_post"),
        *_texts("matters", "readings"),
        *_perhaps("about"),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id"),
    )
    op.create_index(op.f("ix_shift_note_at"), "shift_note", ["at"], unique=False)
    op.create_table(
        "shift_acceptance",
        _number(),
        *_texts("id", "sha256", "handover", "person"),
        *_perhaps("device"),
        *_texts("at", "written_at", "received_at", "remark"),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id"),
        sa.UniqueConstraint("handover"),
    )

"""Inspections by kind, and all but the scans of patrols, are found without reading the others."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
BUT_PATROL = sa.text("kind != 'patrol'")


def upgrade() -> None:
    """Make the two indexes."""
    op.create_index("inspection_of_kind", "inspection", ["kind", "number"])
    op.create_index(
        "inspection_but_patrol",
        "inspection",
        ["number"],
        sqlite_where=BUT_PATROL,
        postgresql_where=BUT_PATROL,
    )

"""Inspections but for the scans of patrols are found without reading those."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
BUT_PATROL = sa.text("kind != 'patrol'")


def upgrade() -> None:
    """Make the index."""
    op.create_index(
        "inspection_but_patrol",
        "inspection",
        ["number"],
        sqlite_where=BUT_PATROL,
        postgresql_where=BUT_PATROL,
    )

"""Alembic's way in: it runs its steps on the connection that holds the write lock."""

from alembic import context
from sqlmodel import SQLModel

import domain.register.draw_tables
import domain.register.log_tables
import domain.register.look_tables
import domain.register.picture_tables
import domain.register.tables  # noqa: F401  registers the tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    transactional_ddl=False,
)
context.run_migrations()

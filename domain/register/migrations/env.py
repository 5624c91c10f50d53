"""Alembic's way in: it runs its steps on the connection that holds the write lock."""

from alembic import context

from domain.register.tables import SQLModel

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    transactional_ddl=False,
)
context.run_migrations()

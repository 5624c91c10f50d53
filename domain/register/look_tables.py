"""The table of looks: what people said of visits that were worth one."""

from sqlmodel import Field, SQLModel

from domain.register.tables import BY_HAND, Number


class LookRow(SQLModel, table=True):
    """Somebody looked at a submission that was worth it; several may have, the newest holds.

    `number` is the journal's number x 1000 + its place among what was looked at together.
    """

    __tablename__ = "look"

    number: int = Field(primary_key=True, sa_type=Number, sa_column_kwargs=BY_HAND)
    inspection: int = Field(index=True, sa_type=Number)
    person: str
    device: str | None = None
    at: str
    verdict: str
    note: str

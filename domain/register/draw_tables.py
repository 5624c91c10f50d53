"""The tables of draws: rows are only ever inserted; `number` is the entry that wrote them."""

from sqlmodel import Field, SQLModel

from domain.register.tables import BY_HAND, Number


class DrawRow(SQLModel, table=True):
    """A draw as it was announced; rule as JSON, commitment in place of the seed."""

    __tablename__ = "draw"

    number: int = Field(primary_key=True, sa_type=Number, sa_column_kwargs=BY_HAND)
    id: str = Field(unique=True)
    duty: str
    place: str
    path: str
    period: str
    commitment: str
    rule: str
    public_source: str
    public_on: str | None = None
    announced_at: str


class DrawListRow(SQLModel, table=True):
    """What a draw is made from, as JSON."""

    __tablename__ = "draw_list"

    number: int = Field(primary_key=True, sa_type=Number, sa_column_kwargs=BY_HAND)
    draw: str = Field(unique=True)
    frozen: str
    frozen_at: str


class DrawResultRow(SQLModel, table=True):
    """The revealed seed and the drawn order that follows, as JSON."""

    __tablename__ = "draw_result"

    number: int = Field(primary_key=True, sa_type=Number, sa_column_kwargs=BY_HAND)
    draw: str = Field(unique=True)
    seed: str
    public_value: str
    drawn: str
    revealed_at: str


class DrawReplacementRow(SQLModel, table=True):
    """A drawn station that cannot be inspected, why, and the next in the drawn order."""

    __tablename__ = "draw_replacement"

    number: int = Field(primary_key=True, sa_type=Number, sa_column_kwargs=BY_HAND)
    draw: str = Field(index=True)
    station: str
    by_station: str
    reason: str
    replaced_at: str

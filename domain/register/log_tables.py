"""The tables of the electronic log: rows are only ever inserted; `number` is their entry's."""

from sqlmodel import Field, SQLModel

from domain.register.tables import BY_HAND, Number


class ShiftNoteRow(SQLModel, table=True):
    """A note or a hand-over. `at` is when it counts: as written, but never later than it came.

    `matters` and `readings` are JSON lists of lines; `about` is the note that it corrects.
    """

    __tablename__ = "shift_note"

    number: int = Field(primary_key=True, sa_type=Number, sa_column_kwargs=BY_HAND)
    id: str = Field(unique=True)
    sha256: str
    station: str
    kind: str
    person: str | None = None
    device: str | None = None
    at: str = Field(index=True)
    written_at: str
    received_at: str
    text: str
    to_person: str | None = None
    to_post: str | None = None
    matters: str
    readings: str
    about: str | None = None


class ShiftAcceptanceRow(SQLModel, table=True):
    """The successor has taken a shift over; a hand-over is taken over once."""

    __tablename__ = "shift_acceptance"

    number: int = Field(primary_key=True, sa_type=Number, sa_column_kwargs=BY_HAND)
    id: str = Field(unique=True)
    sha256: str
    handover: str = Field(unique=True)
    person: str
    device: str | None = None
    at: str
    written_at: str
    received_at: str
    remark: str

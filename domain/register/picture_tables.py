"""The tables of marks of pictures: derived from the files, rows are only ever inserted."""

from sqlmodel import Field, SQLModel

from domain.register.tables import BY_HAND, Number


class PictureMarkRow(SQLModel, table=True):
    """The marks of a picture that arrived; none where it could not be read.

    `number` is the journal's number x 1000 + its place in the entry.
    """

    __tablename__ = "picture_mark"

    number: int = Field(primary_key=True, sa_type=Number, sa_column_kwargs=BY_HAND)
    sha256: str = Field(unique=True)
    marks: str


class PictureKeyRow(SQLModel, table=True):
    """A hash of a picture, to find candidates by."""

    __tablename__ = "picture_key"

    key: int = Field(primary_key=True, sa_column_kwargs=BY_HAND)
    picture: int = Field(primary_key=True, sa_type=Number, sa_column_kwargs=BY_HAND)


class PictureAlikeRow(SQLModel, table=True):
    """Two pictures that are one shot, in the order in which they were marked."""

    __tablename__ = "picture_alike"

    sha256: str = Field(primary_key=True)
    other: str = Field(primary_key=True, index=True)

"""The data folder that a command works on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.commands.refusals import NoData, NotAFolder

if TYPE_CHECKING:
    import argparse

    from domain.register.register import Register

DATABASE = "forecourt.sqlite3"


def data_folder(args: argparse.Namespace) -> Path:
    """The folder that the line or the environment names, else the one of this user.

    Raises:
        NotAFolder: A file is named.
    """
    named: Path | None = args.data
    if named is not None:
        folder = named.expanduser().absolute()
        if folder.exists() and not folder.is_dir():
            raise NotAFolder(folder)
        return folder
    from platformdirs import user_data_path

    return user_data_path("forecourt", appauthor=False)


def existing_folder(args: argparse.Namespace) -> Path:
    """The data folder, or `NoData`: a question must not make a new folder."""
    folder = data_folder(args)
    if args.database is None and not (folder / DATABASE).is_file():
        raise NoData(folder)
    return folder


def open_register(args: argparse.Namespace) -> Register:
    """The records that are there already, or `NoData`."""
    folder = existing_folder(args)
    from domain.register.register import Register

    return Register.open(folder, args.database)

"""Single files that somebody names: an edition that is on no shelf yet, a mapping file."""

from pathlib import Path

from domain.checking import check_shelf
from domain.loading import LARGEST_FILE, Problem, read_document
from domain.refusals import Refusal
from domain.rulebook import Edition
from domain.rulebook_map import NOTHING_WRITTEN, RulebookMap, read_map
from domain.text import Text


class BrokenFile(Refusal):
    """The file is there and something in it is not right."""

    code = "broken-file"
    status = 422

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        first, more = problems[0], len(problems) - 1
        super().__init__(
            Text(
                zh=f"{first.file}:{first.line}: {first.reason.zh}",
                en=f"{first.file}:{first.line}: {first.reason.en}",
            ),
            remedy=Text(
                zh=first.remedy.zh + (f"（另有 {more} 处）" if more else ""),
                en=first.remedy.en + (f" ({more} more)" if more else ""),
            ),
        )


class NoSuchFile(Refusal):
    """The file cannot be opened."""

    code = "no-such-file"
    status = 404

    def __init__(self, file: Path) -> None:
        super().__init__(
            Text(zh=f"无法打开 {file}。", en=f"{file} cannot be opened."),
            remedy=Text(zh="请核对文件名和权限。", en="Check the name and the permissions."),
        )


def read_edition(file: Path) -> Edition:
    """The edition in a file; its worked cases are not run.

    Raises:
        NoSuchFile: It cannot be opened.
        BrokenFile: It holds no edition, or one that contradicts itself.
    """
    shelf = check_shelf({str(file): _content(file)})
    if shelf.problems:
        raise BrokenFile(shelf.problems)
    if not shelf.editions:
        raise NoSuchFile(file)
    return shelf.editions[0]


def read_map_file(file: Path | None, old: Edition, new: Edition) -> RulebookMap:
    """The mapping in a file, or one that says nothing where no file is named.

    Raises:
        NoSuchFile: It cannot be opened.
        BrokenFile: It does not fit the two editions.
    """
    if file is None:
        return NOTHING_WRITTEN
    document = read_document(str(file), _content(file))
    written = read_map(document, old, new)
    if written is None:
        raise BrokenFile(sorted(document.problems, key=lambda one: one.line))
    return written


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(LARGEST_FILE + 1)
    except (OSError, ValueError):
        raise NoSuchFile(file) from None

"""Names that people give: what is on labels, in lists and on buttons."""

from domain.procedures.refusals import Unfit
from domain.storable import is_one_line
from domain.text import Text


def tidy(name: str, field: str = "$.name") -> str:
    """A name without blanks around it.

    Raises:
        Unfit: It is empty, or holds line breaks or characters that nobody can see.
    """
    name = name.strip()
    if not name or not is_one_line(name):
        raise Unfit(
            Text(
                zh="名称为空，或含有换行等看不见的字符。",
                en="The name is empty, or holds characters that cannot be seen.",
            ),
            remedy=Text(zh="请重新输入名称。", en="Type the name again."),
            field=field,
        )
    return name


def tidy_text(name: Text) -> Text:
    """A name in both languages without blanks around it; raises `Unfit` as `tidy` does."""
    return Text(zh=tidy(name.zh), en=tidy(name.en))

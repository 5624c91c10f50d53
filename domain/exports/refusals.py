"""What is refused about workbooks that come in."""

from __future__ import annotations

from domain.refusals import Refusal
from domain.text import Text


class UnusableWorkbook(Refusal):
    """A file cannot be read as a check list; nothing was written."""

    code = "unusable-workbook"
    status = 422


class NotAWorkbook(UnusableWorkbook):
    """The file is no .xlsx workbook, or a damaged one."""

    code = "not-a-workbook"

    def __init__(self, name: str) -> None:
        super().__init__(
            Text(
                zh=f"{name} 不是 .xlsx 工作簿，或已损坏。",
                en=f"{name} is no .xlsx workbook, or is damaged.",
            ),
            remedy=Text(
                zh="请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”后再导入。",
                en="Open it in Excel or WPS and save it as an Excel workbook (.xlsx).",
            ),
        )


class OldWorkbook(UnusableWorkbook):
    """The file is of the older Office (.xls, .et)."""

    code = "old-workbook"

    def __init__(self, name: str) -> None:
        super().__init__(
            Text(
                zh=f"{name} 是旧版格式（.xls 或 .et）。",
                en=f"{name} is in the older format (.xls or .et).",
            ),
            remedy=Text(
                zh="请另存为“Excel 工作簿（.xlsx）”后再导入。",
                en="Save it as an Excel workbook (.xlsx) and import that.",
            ),
        )


class WorkbookLocked(UnusableWorkbook):
    """The file needs a password."""

    code = "workbook-locked"

    def __init__(self, name: str) -> None:
        super().__init__(
            Text(zh=f"{name} 设有打开密码。", en=f"{name} is locked with a password."),
            remedy=Text(
                zh="请在 Excel 中取消密码（文件 - 信息 - 保护工作簿），另存后再导入。",
                en="Remove the password in Excel (File, Info, Protect Workbook) and save it.",
            ),
        )


class TooLargeAWorkbook(UnusableWorkbook):
    """The file is larger than any check list."""

    code = "workbook-too-large"
    status = 413

    def __init__(self, name: str) -> None:
        super().__init__(
            Text(
                zh=f"{name} 太大：检查表最多 10 MB、5000 行、100 列。",
                en=f"{name} is too large: a check list has 10 MB, 5000 rows, 100 columns at most.",
            ),
            remedy=Text(
                zh="请把检查表复制到新的工作簿，不带图片和表外的格式，再导入。",
                en="Copy the list to a new workbook, without pictures and formats beyond it.",
            ),
        )


class NothingInIt(UnusableWorkbook):
    """The workbook holds nothing that can be seen."""

    code = "workbook-empty"

    def __init__(self, name: str) -> None:
        super().__init__(
            Text(zh=f"{name} 里没有内容。", en=f"There is nothing in {name}."),
            remedy=Text(
                zh="请核对文件；检查表所在的工作表不能隐藏。",
                en="Check the file; the sheet with the list must not be hidden.",
            ),
        )


class NoHeader(UnusableWorkbook):
    """No row of the sheet is the header of a check list."""

    code = "no-header"

    def __init__(self, name: str) -> None:
        super().__init__(
            Text(
                zh=f"{name} 的前 40 行里没有检查表的表头。",
                en=f"None of the first 40 rows of {name} is the header of a check list.",
            ),
            remedy=Text(
                zh="表头至少要有“检查标准”（或“扣分办法”）一列和“标准分”（或“序号”）一列，用中文写。",
                en="It needs a column 检查标准 (or 扣分办法) and one 标准分 (or 序号), in Chinese.",
            ),
        )


class NoSuchSheet(UnusableWorkbook):
    """The workbook has no visible sheet of this name."""

    code = "no-such-sheet"
    status = 404

    def __init__(self, named: str, known: list[str]) -> None:
        names = "、".join(known)
        super().__init__(
            Text(zh=f"没有工作表“{named}”。", en=f'There is no sheet "{named}".'),
            remedy=Text(zh=f"可选：{names}。", en=f"These are there: {', '.join(known)}."),
        )


class NoCriteria(UnusableWorkbook):
    """There is a header and nothing below it."""

    code = "no-criteria"

    def __init__(self, name: str) -> None:
        super().__init__(
            Text(zh=f"{name} 的表头下面没有检查标准。", en=f"No standards below {name}'s header."),
            remedy=Text(
                zh="请核对“检查标准”一列有没有内容，是否放在别的工作表。",
                en="See whether the column 检查标准 is filled in, or on another sheet.",
            ),
        )


class FormulasWithoutValues(UnusableWorkbook):
    """A cell holds a formula whose value was never computed."""

    code = "formulas-without-values"

    def __init__(self, name: str, cell: str) -> None:
        super().__init__(
            Text(
                zh=f"{name} 的 {cell} 是没有算出结果的公式。",
                en=f"{cell} of {name} is a formula without a computed value.",
            ),
            remedy=Text(
                zh="请用 Excel 打开并保存一次，或把公式粘贴为数值。",
                en="Open and save it in Excel once, or paste the formulas as values.",
            ),
        )


class HiddenContent(UnusableWorkbook):
    """A hidden row or column holds something."""

    code = "hidden-content"

    def __init__(self, name: str, cell: str) -> None:
        super().__init__(
            Text(
                zh=f"{name} 的 {cell} 在隐藏的行或列里。",
                en=f"{cell} of {name} is in a hidden row or column.",
            ),
            remedy=Text(
                zh="不清楚它算不算数：请取消隐藏和筛选，或删去这些行列，再导入。",
                en="Whether it counts is not known: show it, clear filters, or delete it.",
            ),
        )

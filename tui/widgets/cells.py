"""Text in cells: safe to show, and exactly as wide as its column, Chinese included."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

_HARMLESS = {number: chr(0x2400 + number) for number in range(0x20)}
_TURNING = (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)
_UNSEEN = (*range(0x80, 0xA0), 0x200B, 0x2028, 0x2029, 0x2060, 0xFEFF, *_TURNING)
SHOWN_AS = {
    **_HARMLESS,
    0x7F: "␡",
    **dict.fromkeys(_UNSEEN, "\ufffd"),
    ord("\t"): " ",
    ord("\n"): "⏎",
    ord("\r"): None,
}
"""What stands for characters that would move the cursor, turn the line or hide."""


def safe(text: str) -> str:
    """The text on one line, with every character that could disturb a terminal made visible."""
    return text.translate(SHOWN_AS)


def safe_lines(text: str) -> str:
    """`safe`, but a line break stays one: for text that may take several lines."""
    return "\n".join(safe(line) for line in text.splitlines())


def fit(text: str, width: int, *, right: bool = False) -> str:
    """The text in exactly `width` cells: cut with an ellipsis, or padded on one side."""
    shown = safe(text)
    over = cell_len(shown) - width
    if over > 0:
        return set_cell_size(shown, width - 1) + "…" if width > 1 else "…"[:width]
    return " " * -over + shown if right else shown + " " * -over


def matches(needle: str, *texts: str) -> bool:
    """Whether every word typed occurs in one of the texts, capitals or not."""
    hay = "\n".join(texts).casefold()
    return all(word in hay for word in needle.casefold().split())

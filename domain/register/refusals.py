"""What the register itself refuses: no room, no lock, already closed."""

from domain.refusals import Refusal
from domain.text import Text


class DiskFull(Refusal):
    """The disk has no room; nothing of the call was stored."""

    code = "disk-full"
    status = 507

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="服务器磁盘已满，本次内容没有保存。",
                en="The server's disk is full; this was not stored.",
            ),
            remedy=Text(
                zh="请联系站经理清理磁盘；手机会保留内容并自动重发。",
                en="Ask the station manager to free disk space; the phone will send again.",
            ),
        )


class DatabaseBusy(Refusal):
    """Another process held the database for too long; nothing of the call was stored."""

    code = "database-busy"
    status = 503

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="数据库正被其他程序占用，本次内容没有保存。",
                en="Another program holds the database; this was not stored.",
            ),
            remedy=Text(zh="请稍后重试。", en="Try again in a moment."),
        )


class DatabaseAway(Refusal):
    """The database does not answer or cannot write; nothing of the call was stored."""

    code = "database-away"
    status = 503

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="数据库没有响应，这一步没有完成。",
                en="The database does not answer; this was not done.",
            ),
            remedy=Text(
                zh="请稍后重试；仍不行请站经理运行 forecourt doctor 查看原因。",
                en="Try again in a moment; if it stays, have the manager run forecourt doctor.",
            ),
        )


class DatabaseDamaged(Refusal):
    """The database file is none, or its pages contradict each other."""

    code = "database-damaged"
    status = 503

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="数据库文件已损坏，或不是 Forecourt 的数据库。",
                en="The database file is damaged, or it is none of Forecourt's.",
            ),
            remedy=Text(
                zh="请停止使用并保留整个数据文件夹，再用 forecourt restore 从最近的备份恢复。",
                en="Stop, keep the whole data folder as it is, and bring the newest backup back "
                "with forecourt restore.",
            ),
        )


class UnknownDatabase(Refusal):
    """The database named is none that Forecourt works on."""

    code = "unknown-database"
    status = 500

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="数据库地址不正确，或不是受支持的数据库。",
                en="The database's URL is wrong, or names a kind that is not supported.",
            ),
            remedy=Text(
                zh="不给出则用数据文件夹内的 SQLite；"
                "PostgreSQL 请写成 postgresql+psycopg://用户:密码@主机/库名。",
                en="Leave it out for SQLite in the data folder, or write "
                "postgresql+psycopg://user:password@host/database.",
            ),
        )


class RegisterClosed(Refusal):
    """The register is shutting down."""

    code = "closing"
    status = 503

    def __init__(self) -> None:
        super().__init__(
            Text(zh="服务正在关闭。", en="The server is shutting down."),
            remedy=Text(
                zh="重新启动后再试；手机会自动重发。",
                en="Try again after it has restarted; the phone sends by itself.",
            ),
        )


class NewerData(Refusal):
    """The data folder was written by a newer version."""

    code = "newer-data"
    status = 503

    def __init__(self, revision: str) -> None:
        super().__init__(
            Text(
                zh=f"数据文件由更新的版本写成（{revision}）。",
                en=f"The data were written by a newer version ({revision}).",
            ),
            remedy=Text(
                zh="请安装新版本的 Forecourt 后再打开。",
                en="Install the newer Forecourt, then open them again.",
            ),
        )

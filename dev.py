#!/usr/bin/env python3
"""Sets Forecourt up from a clean checkout and runs it; needs only Python itself.

python3 dev.py demo [ARGS]    the console on a demonstration chain (演示)
python3 dev.py run [ARGS]     the `forecourt` command with these arguments (运行)
python3 dev.py test [ARGS]    every check and every test; ARGS go to pytest (全部测试)
python3 dev.py check [ARGS]   the same without the slow tests: the daily loop (快速检查)
python3 dev.py setup          only brings .venv up to date for development (准备环境)

The first call makes `.venv` and installs the locked, hash-checked packages into it; later
calls see from a stamp that nothing changed and start at once. Talk goes to stderr. Run by
.venv's own Python it takes that environment as it is. Written so that an old Python can
read it too: it has to be able to say that it is too old.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "forecourt.stamp"
BOOTSTRAP = ROOT / "bootstrap.lock"
LOCKS = {"run": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}
SOURCES = ("domain", "server", "tui", "tests", "dev.py")
DEBIAN = ("chromium", "tmux", "fonts-noto-cjk", "poppler-utils", "libreoffice-calc-nogui")
FROM_PIP = {
    "UV_DEFAULT_INDEX": ("PIP_INDEX_URL", "global.index-url"),
    "SSL_CERT_FILE": ("PIP_CERT", "global.cert"),
}
"""uv does not read pip's settings: whoever told pip about a mirror has told us."""


def say(zh: str, en: str) -> None:
    """One line of talk in both languages."""
    print("dev.py: " + zh + " · " + en, file=sys.stderr, flush=True)


def stop(zh: str, en: str) -> NoReturn:
    """Give up with a reason and a remedy in both languages."""
    print("\ndev.py: " + zh + "\ndev.py: " + en, file=sys.stderr, flush=True)
    raise SystemExit(1)


def call(*command: object, env: "dict[str, str] | None" = None) -> bool:
    """Run a command in the checkout, its talk on stderr; True when it succeeded."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False
        )
    except FileNotFoundError:
        return False
    return done.returncode == 0


def answer(*command: object) -> str:
    """What a command prints, or nothing when it fails."""
    words = [str(word) for word in command]
    done = subprocess.run(
        words,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        universal_newlines=True,
        check=False,
    )
    return done.stdout.strip() if done.returncode == 0 else ""


def fitting_python() -> None:
    """Refuse a Python that is too old or that cannot make environments."""
    have = "{}.{}".format(*sys.version_info)
    if sys.version_info < (3, 11):  # noqa: UP036 - the very purpose: to say it is too old
        stop(
            "需要 Python 3.11 或更高版本，当前是 " + have + "。请安装新版本后用它运行，"
            "例如：python3.12 dev.py demo",
            "Python 3.11 or newer is needed, this is " + have + ". Install a newer one "
            "and run it by name: python3.12 dev.py demo",
        )
    try:
        import ensurepip
        import venv
    except ImportError:
        stop(
            "这个 Python 缺少 venv 模块。请以管理员身份执行 apt install python" + have + "-venv，"
            "其他系统请安装完整的 Python。",
            "This Python has no venv module. As root: apt install python" + have + "-venv; "
            "on other systems install a complete Python.",
        )
    del ensurepip, venv


def stamp(kind: str) -> str:
    """What an environment of this kind was made from: place, Python, locks, project file."""
    made_from = hashlib.sha256(repr((str(ROOT), sys.version)).encode())
    for file in (BOOTSTRAP, LOCKS[kind], ROOT / "pyproject.toml"):
        made_from.update(file.read_bytes())
    return kind + " " + made_from.hexdigest()


def set_up(kind: str) -> None:
    """Bring .venv up to date for `kind`, "run" or "dev"; one for development runs as well."""
    if Path(sys.prefix).resolve() == VENV.resolve():
        return
    found = STAMP.read_text() if STAMP.exists() else ""
    if found.startswith("dev"):
        kind = "dev"
    if found == stamp(kind):
        return
    make_environment()
    install(LOCKS[kind])
    STAMP.write_text(stamp(kind))


def make_environment() -> None:
    """An environment in .venv; one of another Python version is made anew."""
    version = "import sys; print(sys.version)"
    if PYTHON.exists() and answer(PYTHON, "-c", version) == sys.version.strip():
        return
    say("创建环境", "making .venv")
    if not call(sys.executable, "-m", "venv", "--clear", VENV):
        stop(
            "无法创建 .venv。请检查磁盘空间和写入权限。",
            "Could not make .venv. Look at disk space and at the right to write here.",
        )


def install(lock: Path) -> None:
    """Exactly the locked packages, then `forecourt` itself as a link to this checkout."""
    say("安装依赖", "installing packages from " + lock.name)
    pip = (PYTHON, "-m", "pip", "--no-input", "--disable-pip-version-check", "install", "-q")
    link = ("--no-deps", "--no-build-isolation", "-e", ROOT)
    if not (install_by_uv(pip, lock, link) or install_by_pip(pip, lock, link)):
        stop(
            "安装依赖失败，原因见上。请检查网络；如使用镜像，请设置 PIP_INDEX_URL 后重试。",
            "The packages could not be installed, see above. Check the network; "
            "to use a mirror set PIP_INDEX_URL.",
        )
    call(PYTHON, "-m", "compileall", "-q", "domain", "server", "tui")


def install_by_uv(pip: "tuple[object, ...]", lock: Path, link: "tuple[object, ...]") -> bool:
    """Install with uv, itself hash-checked: seconds, where pip takes half a minute."""
    if not call(*pip, "--require-hashes", "--only-binary", ":all:", "-r", BOOTSTRAP):
        return False
    uv = (BIN / "uv", "pip", "--no-config", "-q")
    env = dict(os.environ)
    for name, (variable, setting) in FROM_PIP.items():
        value = os.environ.get(variable) or answer(PYTHON, "-m", "pip", "config", "get", setting)
        if value:
            env.setdefault(name, value)
    sync = ("sync", "--require-hashes", "--compile-bytecode", "--python", PYTHON)
    return call(*uv, *sync, BOOTSTRAP, lock, env=env) and call(
        *uv, "install", "--offline", "--python", PYTHON, *link, env=env
    )


def install_by_pip(pip: "tuple[object, ...]", lock: Path, link: "tuple[object, ...]") -> bool:
    """Install with pip, for platforms that uv has no build for."""
    say("改用 pip 安装", "installing with pip instead")
    return call(*pip, "--require-hashes", "-r", lock) and call(*pip, *link)


def debian_packages() -> None:
    """Browser, terminal, fonts and converters for the tests, where we may install them."""
    root = getattr(os, "geteuid", lambda: 1)() == 0
    if not root or not shutil.which("apt-get") or not shutil.which("dpkg-query"):
        return
    status = ("dpkg-query", "-W", "-f", "${db:Status-Status}")
    missing = [name for name in DEBIAN if answer(*status, name) != "installed"]
    if not missing:
        return
    say("安装系统软件包", "installing Debian packages " + " ".join(missing))
    env = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    apt = ("apt-get", "-qq", "-o", "Dpkg::Use-Pty=0")
    fetched = call(*apt, "update", env=env) and call(
        *apt, "install", "-y", "--no-install-recommends", *missing, env=env
    )
    if not fetched:
        say("未能全部安装,相关测试将被跳过", "not all came: tests that need them will be skipped")


def check(*pytest_arguments: str) -> int:
    """Style, types, import contracts and the tests; stops at the first that fails."""
    for command in (
        (BIN / "ruff", "check", "-q"),
        (BIN / "ruff", "format", "-q", "--check"),
        (BIN / "lint-imports", "--no-logo"),
    ):
        tell(command)
        if not call(*command):
            return 1
    # One process after the other would leave half of the machine idle.
    types = start((BIN / "mypy", *SOURCES), sys.stderr)
    tests = start((PYTHON, "-m", "pytest", "-n", "4", *pytest_arguments), sys.stdout)
    try:
        while None in (types.poll(), tests.poll()) and not (types.returncode or tests.returncode):
            time.sleep(0.1)
        return types.returncode or tests.returncode or 0
    finally:
        for process in (types, tests):
            process.terminate()
            process.wait()


def start(command: "tuple[object, ...]", talk: IO[str]) -> "subprocess.Popen[bytes]":
    """Begin a command in the checkout beside others."""
    tell(command)
    # Without its own bytecode each worker of pytest would translate every file anew.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    words = [str(word) for word in command]
    return subprocess.Popen(words, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=talk)


def tell(command: "tuple[object, ...]") -> None:
    """Say which check begins."""
    say("检查", Path(str(command[0])).name + " " + " ".join(str(word) for word in command[1:]))


def become(program: Path, *arguments: str) -> int:
    """Hand the terminal over to a program; where the system can, in place of ourselves."""
    command = [str(program), *arguments]
    if os.name == "nt":
        return subprocess.run(command, check=False).returncode
    return os.execv(command[0], command)


def main(arguments: "list[str]") -> int:
    """Carry out one call; the exit status is the answer."""
    command, rest = (arguments or ["help"])[0], arguments[1:]
    if command not in ("demo", "run", "test", "check", "setup"):
        print(__doc__, file=sys.stderr)
        return 2
    fitting_python()
    if command == "test":
        debian_packages()
    set_up("run" if command in ("demo", "run") else "dev")
    if command == "demo":
        return become(BIN / "forecourt", "demo", *rest)
    if command == "run":
        return become(BIN / "forecourt", *rest)
    if command == "setup":
        return 0
    return check(*(["-m", "not slow"] if command == "check" else []), *rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""As whom PostgreSQL runs. It refuses to run as root, so root lends it an account of its own."""

import logging
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_log = logging.getLogger(__name__)
_NAME = "ventanilla-db"


class NoAccount(Exception):
    """Says what to do."""


@dataclass(frozen=True, slots=True)
class Account:
    """`uid` None: whoever runs the program."""

    uid: int | None = None
    gid: int | None = None

    def own(self, folder: Path) -> None:
        if self.uid is not None and self.gid is not None:
            os.chown(folder, self.uid, self.gid)

    def as_arguments(self) -> dict[str, Any]:
        """For subprocess."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def account_for(binaries: Path, folder: Path) -> Account:
    """Who can run `binaries` and reach `folder`. Raises NoAccount."""
    if os.geteuid() != 0:
        return Account()
    entry = _system_user()
    account = Account(entry.pw_uid, entry.pw_gid)
    for path in (folder, binaries):
        _let_through(path)
    _try(account, binaries)
    return account


def _system_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(_NAME)
    except KeyError:
        pass
    useradd = shutil.which("useradd") or shutil.which("useradd", path="/usr/sbin:/sbin")
    if useradd is None:
        raise NoAccount("PostgreSQL does not run as root, and there is no `useradd`. Run as another user.")
    options = ("--system", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin")
    # Of two starts at once the second finds the account made: what counts is that it exists.
    command = [useradd, *options, _NAME]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    try:
        return pwd.getpwnam(_NAME)
    except KeyError:
        raise NoAccount(
            f"PostgreSQL does not run as root, and the account {_NAME} could not be made "
            f"({done.stderr.strip()}). Run as another user."
        ) from None


def _let_through(path: Path) -> None:
    """Others may pass through the folders above (not list them); without it the account stands outside."""
    for folder in (path, *path.parents):
        mode = folder.stat().st_mode
        if mode & 0o001:
            continue
        try:
            folder.chmod(mode | 0o001)
        except OSError as fault:
            raise NoAccount(
                f"The account {_NAME} cannot enter {folder} ({fault.strerror}). Run as another user, or "
                "choose a folder that others may enter with VENTANILLA_DATA_DIR."
            ) from fault
        _log.warning("%s can now be passed through by others: PostgreSQL does not run as root", folder)


def _try(account: Account, binaries: Path) -> None:
    try:
        subprocess.run(  # noqa: S603
            [str(binaries / "postgres"), "--version"],
            capture_output=True,
            check=True,
            cwd="/",
            **account.as_arguments(),
        )
    except (OSError, subprocess.CalledProcessError) as fault:
        raise NoAccount(
            f"The account {_NAME} cannot run {binaries / 'postgres'}. Install the program where others may "
            "read it, or run as another user."
        ) from fault

"""What the one who started the page knows, and other users of the machine do not."""

from __future__ import annotations

from secrets import compare_digest, token_urlsafe
from threading import Lock

__all__ = ["Admission"]


class Admission:
    """A token that every path of the page begins with, and a path that leads there once.

    A cookie would be sent to every port of this machine, and so to a page that another of its users serves; a path is
    sent nowhere else. The browser that we open is given the path that works once: what a program is started with can be
    read by every user of the machine.

    Attributes
    ----------
    root : str
        Path of the first page: "/TOKEN/".
    once : str
        Path that leads there when it is first asked for, and never again: "/open/CODE".
    """

    def __init__(self) -> None:
        self._token = token_urlsafe(16)  # 128 random bits
        self._code = token_urlsafe(16)
        self._lock = Lock()
        self._spent = False
        self.root = f"/{self._token}/"
        self.once = f"/open/{self._code}"

    def allows(self, path: str) -> bool:
        """Whether the path begins with the token."""
        return _same(path.split("/")[1], self._token)

    def spend(self, code: str) -> bool:
        """Whether the code is the right one and comes for the first time."""
        with self._lock:
            if self._spent or not _same(code, self._code):
                return False
            self._spent = True
            return True


def _same(given: str, right: str) -> bool:
    return compare_digest(given.encode(errors="replace"), right.encode())

"""The page on this machine's own loopback address, until it is told to stop."""

from __future__ import annotations

import signal
import socket
import webbrowser
from collections.abc import Callable, Sequence
from threading import Timer
from typing import TYPE_CHECKING, Any, Final

from agf_theory.errors import InputError, MissingDependency
from agf_theory.explore.admission import Admission
from agf_theory.explore.form import SystemForm
from agf_theory.explore.worker import Compute, Worker

if TYPE_CHECKING:
    from agf_theory.explore.page import WrittenOut

__all__ = ["serve"]

_LOOPBACK: Final = "127.0.0.1"  # never another: whoever reaches the page can make this machine compute
_UNTIL_WE_LISTEN: Final = 0.3  # seconds


def serve(
    forms: Sequence[SystemForm],
    compute: Compute,
    written_out: WrittenOut,
    *,
    port: int,
    time_limit: float,
    browser: bool,
    say: Callable[[str], Any],
    libraries: Sequence[str] = (),
) -> None:
    """Serve the page until Ctrl-C, which ends it with `KeyboardInterrupt`; computations that still run are given up.

    Parameters
    ----------
    forms : sequence of SystemForm
    compute : function from Inquiry to parts
        See `Worker`.
    written_out : function of (system, problem of its zoo)
        See `page`.
    port : int
        0 for any that is free.
    time_limit : float
        Seconds for one computation.
    browser : bool
        Whether to open the page.
    say : function of a line
        Is told where the page is, and of defects.
    libraries : sequence of str
        Modules to have ready in the processes that compute.

    Raises
    ------
    MissingDependency
        If flask is not installed.
    InputError
        If the port is in use, or not ours to listen on.
    """
    try:
        from werkzeug.serving import WSGIRequestHandler, make_server

        from agf_theory.explore.page import page
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("flask", "werkzeug"):
            raise
        raise MissingDependency(
            "agf explore: flask is required and is not installed; pip install 'agf-theory[explore]'"
        ) from None

    class Quiet(WSGIRequestHandler):
        """Says nothing of requests, and not which server it is."""

        server_version = "agf"
        sys_version = ""

        def log(self, type: str, message: str, *args: Any) -> None:
            return

    with listening(port) as own:
        found = own.getsockname()[1]
        worker = Worker(compute, time_limit=time_limit, libraries=libraries)
        admission = Admission()
        application = page(forms, worker, written_out, admission, port=found, say=say)
        server = make_server(_LOOPBACK, found, application, threaded=True, request_handler=Quiet, fd=own.fileno())
        here = f"http://{_LOOPBACK}:{found}"
        say(f"agf explore: {here}{admission.root}  (Ctrl-C ends it)")
        opening = Timer(_UNTIL_WE_LISTEN, webbrowser.open, (f"{here}{admission.once}",))
        opening.daemon = True
        try:
            worker.warm_up()
            if browser:
                opening.start()
            _until_interrupted(server)
        finally:
            opening.cancel()
            worker.close()


def listening(port: int) -> socket.socket:
    """A socket that listens on the loopback address.

    Raises
    ------
    InputError
        If the port cannot be had.
    """
    own = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        own.bind((_LOOPBACK, port))
        own.listen()
    except OSError as error:
        own.close()
        raise InputError(
            f"--port {port}: a free port is required, but: {error.strerror}; leave --port out to have one chosen"
        ) from None
    return own


def _until_interrupted(server: Any) -> None:
    """The server ends by an interruption and swallows it; whoever runs us wants to know of it."""
    usual = signal.signal(signal.SIGTERM, signal.default_int_handler)  # a kill leaves nothing behind, either
    try:
        server.serve_forever()
    finally:
        signal.signal(signal.SIGTERM, usual)
    raise KeyboardInterrupt("the page is closed")

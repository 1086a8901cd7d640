"""`agf explore` as a process: where it listens, and how it ends."""

import http.client
import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest

from agf_theory.errors import InputError
from agf_theory.explore.server import listening

pytest.importorskip("flask")

# A process started in the background may have been told to ignore Ctrl-C. Nothing is computed here, so
# no library is loaded.
_START = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
_BARE = "from agf_theory.cli import exploration; exploration.LIBRARIES = (); "
_RUN = "import sys; from agf_theory.cli import main; sys.exit(main(['explore', '--no-browser', *sys.argv[1:]]))"


@contextmanager
def served(*arguments):
    process = subprocess.Popen(
        [sys.executable, "-c", _START + _BARE + _RUN, *arguments],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
    )
    try:
        line = process.stderr.readline()
        port, root = re.fullmatch(r"agf explore: http://127\.0\.0\.1:(\d+)(/[\w-]{22}/) .*\n", line).groups()
        yield process, int(port), root
    finally:
        process.kill()
        process.wait()
        process.stderr.close()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_the_page_is_served_until_ctrl_c(tmp_path):
    with served() as (process, port, root):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", f"{root}linear")
        answer = connection.getresponse()
        assert answer.status == 200
        assert b"two-layer linear network" in answer.read()
        assert "Werkzeug" not in answer.headers["Server"]
        connection.close()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 130
        assert process.stderr.read() == "agf: interrupted; the page is closed\n"


def test_a_port_in_use_is_refused_in_one_line():
    with listening(0) as own, pytest.raises(InputError, match=r"--port \d+: a free port is required, but: .*in use"):
        listening(own.getsockname()[1])


def test_only_this_machine_can_reach_it():
    with listening(0) as own:
        assert own.getsockname()[0] == "127.0.0.1"

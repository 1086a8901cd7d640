"""Every command on a report, run as it stands, and compared with what the page says of it.

    agf verify linear --report report
    python benchmarks/report_commands.py report --sample 15

Reads the page, not the data beside it: what is compared is what a reader sees. Commands that repeat a check have to
find the same result, and the same words; those of mutants have to be refuted, by a witness; a search has to find the
counterexample it is said to find; tables and figures have to be made. A sample is drawn evenly over systems and kinds.
Without a report one of two claims is made first. Exit status 1 if a command does something else.
"""

import argparse
import json
import random
import re
import shlex
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from html import unescape
from pathlib import Path

PAGE = "index.html"
_COMMAND = re.compile(r'<pre class="command"><code>(.*?)</code></pre>', re.DOTALL)
_LAST_BADGE = re.compile(r'<span class="badge ([a-z -]+)">')
_FOUND = re.compile(r"<dt>(?:found|without it|contradicted)</dt><dd>(.*?)</dd>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Printed:
    """A command on the page, with the result and the words that stand above it."""

    command: str
    badge: str
    words: str

    @property
    def kind(self) -> str:
        words = shlex.split(self.command)
        if words[1] != "verify":
            return words[1]
        for option in ("--report", "--mutants", "--mutant", "--check"):
            if option in words:
                return option.strip("-")
        return "verify"

    @property
    def system(self) -> str:
        return shlex.split(self.command)[2].split("-")[0]


def printed_commands(page: str) -> list[Printed]:
    """Each command once, in the order of the page; the words are those since the command before."""
    found: dict[str, Printed] = {}
    end = 0
    for match in _COMMAND.finditer(page):
        above, end = page[end : match.start()], match.end()
        badges, words = _LAST_BADGE.findall(above), _FOUND.findall(above)
        command = unescape(_TAG.sub("", match[1]))
        said = unescape(_TAG.sub("", words[-1])) if words else ""
        found.setdefault(command, Printed(command, badges[-1] if badges else "", said))
    return list(found.values())


def sample(commands: list[Printed], size: int, seed: int) -> list[Printed]:
    """Evenly over kinds and systems: the next one is of the pair that has had the fewest."""
    groups: dict[tuple[str, str], list[Printed]] = defaultdict(list)
    for one in commands:
        if one.kind != "report":  # the run itself
            groups[one.kind, one.system].append(one)
    draw = random.Random(seed)
    for group in groups.values():
        draw.shuffle(group)
    order = sorted(groups)
    draw.shuffle(order)
    chosen: list[Printed] = []
    kinds: dict[str, int] = defaultdict(int)
    systems: dict[str, int] = defaultdict(int)
    while len(chosen) < size and any(groups.values()):
        key = min((k for k in order if groups[k]), key=lambda k: (kinds[k[0]] + systems[k[1]], kinds[k[0]]))
        kinds[key[0]] += 1
        systems[key[1]] += 1
        chosen.append(groups[key].pop())
    return chosen


def complaint(one: Printed, folder: str) -> str:
    """What the command does otherwise than the page says; nothing if it does as said."""
    words = [sys.executable, "-m", "agf_theory", *shlex.split(one.command)[1:], "--quiet"]
    if one.kind in ("check", "mutant", "search", "verify", "mutants"):
        words += ["--format", "json"]
    ran = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    if one.kind in ("table", "plot"):
        return "" if ran.returncode == 0 and (ran.stdout or one.kind == "plot") else _last(ran)
    if ran.returncode not in (0, 1):
        return _last(ran)
    data = json.loads(ran.stdout)
    judge = _check if "evidence" in data else _JUDGES[one.kind]  # a mutant may be put before one check alone
    return judge(one, data, ran.returncode)


def _check(one: Printed, data: dict, status: int) -> str:
    evidence = data["evidence"]
    wanted = "refuted" if data["mutant"] else one.badge
    if wanted in ("fate-refuted", ""):
        wanted = evidence["result"]
    if evidence["result"] != wanted:
        return f"the page says {wanted}, found {evidence['result']}"
    if (
        one.words
        and not data["mutant"]
        and "stored" not in data["check"]
        and _bare(one.words) != _bare(evidence["detail"])
    ):
        return f"the page says {one.words!r}, found {evidence['detail']!r}"
    return "" if status == 0 else f"status {status}: {data['complaint']}"


def _bare(text: str) -> str:
    """Without the signs that the page sets as indices and exponents."""
    return re.sub(r"[\s_^{}()]", "", text)


def _mutant(_: Printed, data: dict, status: int) -> str:
    fates = [(m["name"], bool(m["refuted_by"]) or bool(m["equivalent"])) for m in data["mutants"]]
    return "" if status == 0 and fates and all(fate for _, fate in fates) else f"not refuted: {fates}"


def _search(one: Printed, data: dict, status: int) -> str:
    found = data["counterexample"]
    if status != 1 or found is None:
        return "no counterexample was found"
    return "" if found["found_by"] == one.command else f"found by {found['found_by']!r}"


def _verify(_: Printed, data: dict, status: int) -> str:
    return "" if status == 0 and data["claims"] and not data["differences"] else f"status {status}"


_JUDGES = {"check": _check, "mutant": _mutant, "mutants": _verify, "search": _search, "verify": _verify}


def _last(ran: subprocess.CompletedProcess) -> str:
    return f"status {ran.returncode}: {(ran.stderr.strip().splitlines() or ['nothing said'])[-1]}"


def _made(folder: Path) -> Path:
    command = [sys.executable, "-m", "agf_theory", "verify", "FRM-06", "DIAG-08", "--quiet", "--report", str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folder


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("report", type=Path, nargs="?", help="the folder of a report; by default one of two claims")
    parser.add_argument("--sample", type=int, default=0, help="how many commands; by default all")
    parser.add_argument("--seed", type=int, default=0, help="of the sample")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        page = (arguments.report or _made(Path(folder) / "report")) / PAGE
        commands = printed_commands(page.read_text(encoding="utf-8"))
        chosen = sample(commands, arguments.sample or len(commands), arguments.seed)
        print(f"{len(commands)} commands on the page, {len(chosen)} of them run")
        failed = 0
        for one in chosen:
            begun = time.monotonic()
            wrong = complaint(one, folder)
            failed += bool(wrong)
            print(f"{'FAILS' if wrong else 'ok':<6}{time.monotonic() - begun:6.1f} s  {one.command}", flush=True)
            if wrong:
                print(f"      {wrong}")
    print(f"{len(chosen) - failed} of {len(chosen)} reproduce what the page says")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Put the evidence of claims on file anew, and print what changed: a difference is to be read before it is committed.

    python tests/proofs_check/evidence/record.py [CLAIM ...]       all claims that are on file already, or these
    python tests/proofs_check/evidence/record.py --check [CLAIM ...]          compare only; exit status 1 if one differs

Takes minutes for all claims.
"""

from __future__ import annotations

import argparse
import sys

from evidence_snapshot import FOLDER, SECTIONS, differences, on_file, taken, written

from agf_theory.proofs_check import all_claims, selected


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("claims", nargs="*", metavar="CLAIM")
    parser.add_argument("--sections", nargs="*", choices=SECTIONS, default=SECTIONS, help="keep the others as they are")
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args()
    differ = False
    for claim in selected(options.claims) if options.claims else filter(lambda c: on_file(c.id), all_claims()):
        known = on_file(claim.id)
        found = taken(claim, known, sections=options.sections)
        changed = differences(known or {}, found)
        differ |= bool(changed)
        print(f"{claim.id}: {len(changed)} differences", *(f"  {line}" for line in changed), sep="\n", flush=True)
        if changed and not options.check:
            path = FOLDER / f"{claim.id}.json"
            temporary = path.with_suffix(".new")
            temporary.write_text(written(found), encoding="utf-8")
            temporary.replace(path)
    return int(differ and options.check)


if __name__ == "__main__":
    sys.exit(main())

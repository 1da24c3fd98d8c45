#!/usr/bin/env python3
"""Runs the service as real processes under load, injects faults, and checks responses and data. See README.md.

    bench/faults/run.py [--only NAME]… [--seconds N] [--replicas N] [--markdown FILE] [--logs FOLDER] [--list]

The exit code is 1 if any check fails.
"""

import argparse
import os
import shutil
import signal
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.dirname(HERE)]

from arena import Arena, FAULTS  # noqa: E402
# They register their faults.
import account_faults, client_faults, database_faults, erasure_faults, import_faults  # noqa: E402,E401,F401
import merge_faults, replica_faults, service_faults, token_faults, webhook_faults  # noqa: E402,E401,F401
from world import World  # noqa: E402

HEADER = ("fault", "requests", "acknowledged writes", "responses by status", "healthy after", "slowest response",
          "verdict")


def main():
    options = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if options.list:
        for name, (function, _, _) in FAULTS.items():
            print(f"{name:18} {function.__doc__}")
        return 0
    began, rows, details = time.monotonic(), [], []
    with World() as world:
        database = world.database()
        for name in options.only or FAULTS:
            row, detail = run(world, database, name, options)
            rows.append(row)
            details += detail
    text = "\n".join([table(rows), "", *details, f"{len(rows)} faults in {time.monotonic() - began:.0f} s"])
    print("\n" + text)
    if options.markdown:
        with open(options.markdown, "w") as file:
            file.write(text + "\n")
    return 0 if all(row[-1] == "passed" for row in rows) else 1


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", choices=FAULTS, help="this fault only; may be repeated")
    parser.add_argument("--seconds", type=float, default=8, help="duration of the load and the fault, where not fixed")
    parser.add_argument("--replicas", type=int, default=1, help="instances of the service that callers use")
    parser.add_argument("--markdown", metavar="FILE", help="writes the result to this file, too")
    parser.add_argument("--logs", metavar="FOLDER", help="copies the service's logs there")
    parser.add_argument("--list", action="store_true", help="lists the faults")
    return parser.parse_args()


def run(world, database, name, options):
    """Runs one fault; returns its row of the table and its notes and flaws as lines."""
    print(f"{name} …", end=" ", flush=True)
    began = time.monotonic()
    arena = Arena(world, database, name, options.seconds, options.replicas)
    healthy = arena.judge()
    if options.logs:
        os.makedirs(options.logs, exist_ok=True)
        shutil.copy(arena.service.log, os.path.join(options.logs, name + ".log"))
    watch, verdict = arena.watch, "failed" if arena.watch.flaws else "passed"
    print(f"{verdict} ({time.monotonic() - began:.0f} s)", flush=True)
    responses = " ".join(f"{status}:{count}" for status, count in sorted(watch.responses.items(), key=str))
    row = (name, sum(watch.responses.values()), arena.ledger.done(), responses,
           "never" if healthy is None else f"{healthy:.1f} s", f"{watch.slowest:.1f} s", verdict)
    detail = [f"- {name}: {text}" for text in arena.notes]
    detail += [f"- {name}: **{text}**" + (f" ({times} times)" if times > 1 else "")
               for text, times in watch.flaws.most_common()]
    return row, detail


def table(rows):
    """A Markdown table with aligned columns."""
    lines = [HEADER, *rows]
    widths = [max(len(str(line[column])) for line in lines) for column in range(len(HEADER))]
    text = ["| " + " | ".join(str(cell).ljust(width) for cell, width in zip(line, widths)) + " |" for line in lines]
    text.insert(1, "| " + " | ".join("-" * width for width in widths) + " |")
    return "\n".join(text)


if __name__ == "__main__":
    sys.exit(main())

"""Faults during merges: the service or its database is killed."""

import math
import time

from arena import fault
from merge_load import MergeLedger, MergeLoad
from verify_merges import MergeVerification


@fault("service-killed-merging", proxied=False)
def service_killed_merging(arena):
    """kill -9 of the service during merges and undos, three times; each time restarted at once."""
    arena.use(MergeLedger(), MergeLoad, MergeVerification)
    with arena.load():
        time.sleep(arena.seconds / 2)
        arena.may_lose_from = -math.inf
        for _ in range(3):
            arena.service.kill_9()
            arena.service.start()
            arena.service.wait("/q/health/ready")
            arena.over()
            time.sleep(arena.seconds / 2)
    note_outcomes(arena)


@fault("postgres-killed-merging", proxied=False)
def postgres_killed_merging(arena):
    """kill -9 of all server processes during merges and undos, twice; each time restarted after 2 s."""
    arena.use(MergeLedger(), MergeLoad, MergeVerification)
    with arena.load():
        time.sleep(arena.seconds / 2)
        for _ in range(2):
            arena.database.kill_9()
            time.sleep(2)
            arena.database.start()
            arena.over()
            time.sleep(arena.seconds / 2)
    note_outcomes(arena)


def note_outcomes(arena):
    done, doubt = ({kind: sum(write.kind == kind and write.outcome == outcome for write in arena.ledger.writes)
                    for kind in ("merge", "undo")} for outcome in ("done", "in doubt"))
    arena.note(f"{done['merge']} merges and {done['undo']} undos acknowledged; "
               f"{doubt['merge']} and {doubt['undo']} in doubt at the end, sent again then")
    if arena.watch.conflicts:
        arena.note(f"{arena.watch.conflicts} requests rejected with 503 because of concurrent changes to the same "
                   "customer")
    arena.check(done["merge"] >= 10 and doubt["merge"] + doubt["undo"] > 0, "the fault did not interrupt merges")

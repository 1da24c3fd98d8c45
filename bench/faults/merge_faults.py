"""What can happen in the middle of merges: the service is killed, or its database."""

import math
import time

from arena import fault
from merge_load import MergeLedger, MergeLoad
from verify_merges import MergeVerification


@fault("service-killed-merging", proxied=False)
def service_killed_merging(arena):
    """kill -9 of the service in the middle of merges and undos, three times; each time started again at once."""
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
    tell(arena)


@fault("postgres-killed-merging", proxied=False)
def postgres_killed_merging(arena):
    """kill -9 of all server processes in the middle of merges and undos, twice; each time restarted after 2 s."""
    arena.use(MergeLedger(), MergeLoad, MergeVerification)
    with arena.load():
        time.sleep(arena.seconds / 2)
        for _ in range(2):
            arena.database.kill_9()
            time.sleep(2)
            arena.database.start()
            arena.over()
            time.sleep(arena.seconds / 2)
    tell(arena)


def tell(arena):
    done, doubt = ({kind: sum(write.kind == kind and write.outcome == outcome for write in arena.ledger.writes)
                    for kind in ("merge", "undo")} for outcome in ("done", "in doubt"))
    arena.note(f"{done['merge']} merges and {done['undo']} undos acknowledged; {doubt['merge']} and {doubt['undo']} without"
               " an answer when it was over, sent again then")
    if arena.watch.crossed:
        arena.note(f"{arena.watch.crossed} merges met others at the same customer and were told to come again (503)")
    arena.check(done["merge"] >= 10 and doubt["merge"] + doubt["undo"] > 0, "it did not happen in the middle of merges")

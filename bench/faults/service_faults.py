"""Faults of the service: it is killed or stopped."""

import math
import subprocess
import time

from arena import fault

STOPS_WITHIN = 20  # seconds, as in the deployment (k8s/base/deployment.yaml)


@fault("service-killed")
def service_killed(arena):
    """kill -9 of the service during writes, three times; each time restarted at once."""
    starts = []
    with arena.load():
        arena.may_lose_from = -math.inf
        for _ in range(3):
            arena.service.kill_9()
            arena.service.start()
            starts.append(arena.service.wait("/q/health/ready"))
            arena.over()
            time.sleep(arena.seconds / 3)
    arena.note(f"ready at most {max(starts):.1f} s after a restart")


@fault("graceful-stop", QUARKUS_SHUTDOWN_TIMEOUT=f"{STOPS_WITHIN}s")
def graceful_stop(arena):
    """SIGTERM under load, with many running requests and no new connections, as behind a load balancer."""
    with arena.load():
        arena.proxy.delay = (0.1, 0.3)
        time.sleep(arena.seconds / 2)
        # A request that is sent on an open connection at the time of the signal may be lost, as with every HTTP server,
        # and HTTP clients retry it. Whether it was executed is checked below.
        arena.watch.no_new_connections.set()
        signalled = arena.may_lose_from = time.monotonic() - 0.05
        try:
            code = arena.service.terminate(STOPS_WITHIN + 10)
            arena.check(code in (0, 143), f"the service exited with {code}")
        except subprocess.TimeoutExpired:
            arena.service.kill_9()
        stopped = time.monotonic() - signalled
        arena.check(stopped <= STOPS_WITHIN, f"the service took {stopped:.1f} s to stop")
        arena.proxy.delay = (0.0, 0.0)
        arena.service.start()
        arena.service.wait("/q/health/ready")
        arena.watch.no_new_connections.clear()
        arena.over()
    arena.note(f"stopped after {stopped:.1f} s")
    lost = [write for write in arena.ledger.writes if write.outcome == "in doubt"]
    done = arena.database.psql("SELECT request_id FROM customer_event WHERE tenant_id = :'tenant'",
                               tenant=arena.tenant).split()
    unanswered = {request_id for write in lost for request_id in write.request_ids} & set(done)
    arena.check(not unanswered, f"{len(unanswered)} writes were executed without a response")

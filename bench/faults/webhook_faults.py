"""Faults of webhooks and of readers of events: receivers that misbehave, and instances and databases that are killed."""

import math
import time

from arena import fault
from events import Deliveries, FeedReader, StreamReader, customer_events
from receiver import Receiver

SETTINGS = {"CLIENTELA_WEBHOOKS_ALLOW_PRIVATE": "true"}
MISBEHAVIOURS = ("down", "slow", "failing", "hanging", "closing", "endless")
TAKEN_OVER_WITHIN = 45  # seconds: the lease of an instance that was killed, and some time to send
MAX_IN_FLIGHT = 16  # deliveries to one endpoint by one instance
STOPS_WITHIN = 20  # seconds, as in the deployment (k8s/base/deployment.yaml)
LATEST = 5  # seconds from an event to a receiver that behaves


@fault("receivers-misbehave", proxied=False, **SETTINGS)
def receivers_misbehave(arena):
    """Receivers are down, slow, answer 500, never answer, close the connection, or send endless bodies; one behaves."""
    arena.start()
    good, bad = Receiver(), {name: Receiver(name) for name in MISBEHAVIOURS}
    deliveries = Deliveries(arena, [good, *bad.values()])
    with arena.load(callers=4):
        time.sleep(arena.seconds)
        arena.over()
        latest = deliveries.latest(good)
        for receiver in bad.values():
            receiver.behave()
    arena.check(latest <= LATEST, f"a receiver that behaves got an event {latest:.1f} s late")
    deliveries.await_all(hurried=True)
    deliveries.check_order()
    repeated = deliveries.repeated(good)
    arena.check(not repeated, f"{repeated} accepted events were sent again")
    arena.note(f"{len(good.accepted)} events reached each of {len(bad) + 1} receivers, the one that behaves at most "
               f"{latest:.1f} s after they happened")


@fault("service-killed-delivering", proxied=False, **SETTINGS)
def service_killed_delivering(arena):
    """kill -9 of one of two instances during deliveries, three times; each time restarted at once."""
    arena.start()
    receivers = [Receiver(pause=0.1), Receiver(pause=0.1)]
    deliveries = Deliveries(arena, receivers)
    with arena.load():
        arena.may_lose_from = -math.inf
        for _ in range(3):
            arena.service.kill_9()
            killed = time.monotonic()
            arena.service.start()
            arena.service.wait("/q/health/ready")
            arena.over()
            time.sleep(arena.seconds / 3)
    check_taken_over(arena, deliveries, killed, kills=3)


@fault("postgres-killed-delivering", proxied=False, **SETTINGS)
def postgres_killed_delivering(arena):
    """kill -9 of all server processes during deliveries of two instances, twice; each time restarted after 2 s."""
    arena.start()
    deliveries = Deliveries(arena, [Receiver(pause=0.1), Receiver(pause=0.1)])
    with arena.load():
        for _ in range(2):
            arena.database.kill_9()
            time.sleep(2)
            arena.database.start()
            started = time.monotonic()
            arena.over()
            time.sleep(arena.seconds / 2)
    check_taken_over(arena, deliveries, started, kills=2 * len(arena.services))


def check_taken_over(arena, deliveries, since, kills):
    """Checks that all is delivered soon, and that only what was being sent at a kill was sent again."""
    deliveries.await_all()
    taken = time.monotonic() - since
    arena.check(taken <= TAKEN_OVER_WITHIN, f"all was delivered only {taken:.1f} s after the last kill")
    deliveries.check_order()
    for receiver in deliveries.receivers:
        repeated = deliveries.repeated(receiver)
        arena.check(repeated <= kills * MAX_IN_FLIGHT, f"{repeated} accepted events were sent again")
        arena.note(f"{len(receiver.accepted)} events accepted, {repeated} of them again after {kills} kills")


@fault("service-killed-following", proxied=False)
def service_killed_following(arena):
    """kill -9 of one of two instances, three times, while readers follow the feed and the live stream of both."""
    arena.start()
    readers = [FeedReader(arena), FeedReader(arena), StreamReader(arena), StreamReader(arena)]
    with arena.load():
        arena.may_lose_from = -math.inf
        for _ in range(3):
            arena.service.kill_9()
            arena.service.start()
            arena.service.wait("/q/health/ready")
            arena.over()
            time.sleep(arena.seconds / 3)
    check_read(arena, readers)


@fault("rolling-update", proxied=False, **SETTINGS, QUARKUS_SHUTDOWN_TIMEOUT=f"{STOPS_WITHIN}s")
def rolling_update(arena):
    """SIGTERM to one of two instances after the other, each replaced, while deliveries, feed and streams go on."""
    arena.start()
    deliveries = Deliveries(arena, [Receiver(pause=0.1), Receiver(pause=0.1)])
    readers = [FeedReader(arena), StreamReader(arena), StreamReader(arena)]
    with arena.load():
        # Clients go on using an instance that is being stopped, which a load balancer would keep them from.
        arena.may_lose_from = -math.inf
        for service in arena.services:
            code = service.terminate(STOPS_WITHIN + 10)
            arena.check(code in (0, 143), f"an instance exited with {code}")
            service.start()
            service.wait("/q/health/ready")
            arena.over()
            time.sleep(arena.seconds / 2)
    deliveries.await_all()
    deliveries.check_order()
    repeated = sum(map(deliveries.repeated, deliveries.receivers))
    arena.check(repeated == 0, f"{repeated} accepted events were sent again")
    check_read(arena, readers)


def check_read(arena, readers):
    """Checks that each reader has read every event once."""
    events = customer_events(arena)
    for reader in readers:
        read = reader.stop(len(events))
        missed, twice = events.keys() - set(read), len(read) - len(set(read))
        arena.check(not missed and not twice,
                    f"a reader of the {reader.what} missed {len(missed)} of {len(events)} events and got {twice} twice")
        arena.note(f"{reader.what}: {len(read)} events, read on after {reader.interruptions} interruptions")

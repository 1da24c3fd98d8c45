"""Faults of the database: crash, cut connections, delays, silence, a full pool, a locked row."""

import random
import threading
import time

from arena import MAX_RESPONSE_TIME, fault
from client import NoResponse, Watch
from proxy import AT_ONCE, BEFORE_A_RESULT, IN_A_STATEMENT

LONGER_THAN_ANY_RESPONSE = MAX_RESPONSE_TIME + 2


@fault("postgres-killed", proxied=False)
def postgres_killed(arena):
    """kill -9 of all server processes under load, twice; each time restarted after 2 s."""
    with arena.load():
        for _ in range(2):
            arena.database.kill_9()
            time.sleep(2)
            arena.database.start()
            arena.over()
            time.sleep(arena.seconds / 2)


@fault("connections-cut")
def connections_cut(arena):
    """Every 300 ms all connections are cut: at once, in mid-statement, or after the work and before its result."""
    with arena.load():
        until = time.monotonic() + arena.seconds
        while time.monotonic() < until:
            arena.proxy.cut(random.choice((AT_ONCE, IN_A_STATEMENT, BEFORE_A_RESULT)))
            time.sleep(0.3)
    arena.check(arena.watch.responses[503] > 0, "no request was rejected with 503: the fault had no effect")


@fault("slow-database")
def slow_database(arena):
    """Every result of the database takes 1 to 3 s, with more callers than connections."""
    arena.max_response_time = 30  # A create sends up to nine statements.
    with arena.load(callers=48):
        arena.proxy.delay = (1.0, 3.0)
        time.sleep(LONGER_THAN_ANY_RESPONSE + arena.seconds)
        arena.proxy.delay = (0.0, 0.0)
    arena.check(arena.watch.rejected() > 0, "no request was rejected because of overload")


@fault("frozen-database")
def frozen_database(arena):
    """Connections stay open and new ones are accepted, but no byte arrives; then all delayed bytes arrive."""
    with arena.load():
        arena.proxy.freeze()
        time.sleep(LONGER_THAN_ANY_RESPONSE)
        arena.proxy.thaw()
    arena.check(arena.watch.responses[503] > 0, "no request was rejected with 503 while the database was silent")


@fault("connections-lost")
def connections_lost(arena):
    """As after a failover that closes no connections: new connections work, open ones stay silent."""
    with arena.load():
        arena.proxy.freeze()
        time.sleep(1)
        arena.proxy.thaw(drop=True)


@fault("full-pool", QUARKUS_DATASOURCE_REACTIVE_MAX_SIZE="4")
def full_pool(arena):
    """Of four connections two are for transactions, and both wait for a row that another session has locked."""
    customer = arena.caller().create().body["id"]
    arena.ledger.deleting.add(customer)  # Keeps the load from using it.
    ending = threading.Event()

    def change():
        caller = arena.caller()
        while not ending.wait(0.05):
            try:
                caller.patch(customer)
            except NoResponse:
                pass  # The watch has recorded it.

    with arena.load():
        with arena.locked(customer):
            threads = [threading.Thread(target=change, daemon=True) for _ in range(4)]
            for thread in threads:
                thread.start()
            time.sleep(LONGER_THAN_ANY_RESPONSE)
            ending.set()
        arena.over()
        for thread in threads:
            thread.join()
    arena.check(arena.watch.rejected() > 0, "no request was rejected while the pool was full")


@fault("statement-stuck")
def statement_stuck(arena):
    """Another session has locked a row: changes to it are rejected in time, and are not executed later."""
    customer = arena.caller().create().body["id"]
    arena.ledger.deleting.add(customer)
    watch = Watch(arena.watch.documented)
    responses = []

    def stuck(change):
        try:
            responses.append(change(customer).status)
        except NoResponse as failure:
            responses.append(str(failure))

    with arena.load():
        with arena.locked(customer):
            threads = [threading.Thread(target=stuck, args=[change], daemon=True) for change in
                       (arena.caller(watch).patch, arena.caller(watch).status, arena.caller(watch).delete)]
            for thread in threads:
                thread.start()
            until = time.monotonic() + LONGER_THAN_ANY_RESPONSE
            for thread in threads:
                thread.join(max(0.0, until - time.monotonic()))
            arena.check(responses == [503] * 3, f"changes of a locked row returned {responses} and not 503"
                                              f" within {LONGER_THAN_ANY_RESPONSE} s")
        arena.over()
        time.sleep(2)
        after = arena.client().send("GET", "/v1/customers/{id}", customer)
        arena.check(after.status == 200 and after.body["version"] == 1, "a rejected change was executed later")
    for thread in threads:
        thread.join()
    arena.check_unaffected()
    arena.watch.responses += watch.responses
    arena.watch.flaws += watch.flaws
    arena.note(f"changes of the locked row were rejected after at most {watch.slowest:.1f} s")

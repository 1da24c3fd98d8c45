"""What a database can do to a service: die, be cut off, be slow, be silent, be full, hold a row."""

import random
import threading
import time

from arena import ANSWERED_WITHIN, fault
from client import Unanswered, Watch
from proxy import AT_ONCE, BEFORE_AN_ANSWER, IN_A_STATEMENT

LONGER_THAN_ANY_ANSWER = ANSWERED_WITHIN + 2


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
    """Every 300 ms all connections are cut: at once, in mid-statement, or after the work and before its answer."""
    with arena.load():
        until = time.monotonic() + arena.seconds
        while time.monotonic() < until:
            arena.proxy.cut(random.choice((AT_ONCE, IN_A_STATEMENT, BEFORE_AN_ANSWER)))
            time.sleep(0.3)
    arena.check(arena.watch.answers[503] > 0, "nothing was cut: the fault did not happen")


@fault("slow-database")
def slow_database(arena):
    """Every answer of the database takes 1 to 3 s, with more callers than connections."""
    arena.answered_within = 30  # A create sends up to nine statements.
    with arena.load(callers=48):
        arena.proxy.delay = (1.0, 3.0)
        time.sleep(LONGER_THAN_ANY_ANSWER + arena.seconds)
        arena.proxy.delay = (0.0, 0.0)
    arena.check(arena.watch.answers[503] > 0, "no request was shed")


@fault("frozen-database")
def frozen_database(arena):
    """Connections stay open and new ones are taken, but not a byte comes; then everything held back arrives."""
    with arena.load():
        arena.proxy.freeze()
        time.sleep(LONGER_THAN_ANY_ANSWER)
        arena.proxy.thaw()
    arena.check(arena.watch.answers[503] > 0, "no request was told that the database does not answer")


@fault("connections-lost")
def connections_lost(arena):
    """As after a failover without a word: new connections work, those that were open stay silent for ever."""
    with arena.load():
        arena.proxy.freeze()
        time.sleep(1)
        arena.proxy.thaw(forget=True)


@fault("full-pool", QUARKUS_DATASOURCE_REACTIVE_MAX_SIZE="2")
def full_pool(arena):
    """Two connections in the pool, and changes to a customer whose row another session holds take both."""
    customer = arena.caller().create().body["id"]
    arena.ledger.deleting.add(customer)  # No caller of the load is to pick them.
    ending = threading.Event()

    def change():
        caller = arena.caller()
        while not ending.wait(0.05):
            try:
                caller.patch(customer)
            except Unanswered:
                pass  # The watch has seen it.

    with arena.load():
        with arena.locked(customer):
            threads = [threading.Thread(target=change, daemon=True) for _ in range(4)]
            for thread in threads:
                thread.start()
            time.sleep(LONGER_THAN_ANY_ANSWER)
            ending.set()
        arena.over()
        for thread in threads:
            thread.join()
    arena.check(arena.watch.answers[503] > 0, "no request was told that the pool is full")


@fault("statement-stuck")
def statement_stuck(arena):
    """A row is held by another session: changes to it are told so in time, and are not done later."""
    customer = arena.caller().create().body["id"]
    arena.ledger.deleting.add(customer)
    watch = Watch(arena.watch.documented)
    answers = []

    def stuck(change):
        try:
            answers.append(change(customer).status)
        except Unanswered as failure:
            answers.append(str(failure))

    with arena.load():
        with arena.locked(customer):
            threads = [threading.Thread(target=stuck, args=[change], daemon=True) for change in
                       (arena.caller(watch).patch, arena.caller(watch).status, arena.caller(watch).delete)]
            for thread in threads:
                thread.start()
            until = time.monotonic() + LONGER_THAN_ANY_ANSWER
            for thread in threads:
                thread.join(max(0.0, until - time.monotonic()))
            arena.check(answers == [503] * 3, f"changes of a held row were answered {answers} and not 503"
                                              f" within {LONGER_THAN_ANY_ANSWER} s")
        arena.over()
        time.sleep(2)
        after = arena.client().send("GET", "/v1/customers/{id}", customer)
        arena.check(after.status == 200 and after.body["version"] == 1, "a change was done after its caller was told no")
    for thread in threads:
        thread.join()
    arena.undisturbed()
    arena.watch.answers += watch.answers
    arena.watch.flaws += watch.flaws
    arena.note(f"the held changes were answered after at most {watch.slowest:.1f} s")

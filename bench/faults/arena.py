"""What a fault is run in: a service on a database of its own, a load, and what is expected of both afterwards."""

import contextlib
import json
import math
import subprocess
import time
import urllib.request

from client import ANSWERED_WITHIN, Client, Watch, documented
from load import Caller, Ledger, Load
from proxy import Proxy
from verify import Verification

HEALTHY_WITHIN = 10  # seconds after the end of a fault, without a restart
QUIET = 2.0  # seconds without a bad answer that count as healthy
CALM = 2.0  # seconds under load before a fault
FAULTS = {}


def fault(name, proxied=True, **settings):
    """Registers a function of an arena as a fault. `settings` are environment variables of the service."""
    def register(function):
        FAULTS[name] = (function, proxied, settings)
        return function
    return register


class Arena:
    """One fault's run. The fault's function does the harm and says when it is over; `judge` does the rest."""

    def __init__(self, world, database, name, seconds):
        self.world, self.database, self.tenant, self.seconds = world, database, name, seconds
        self.function, proxied, settings = FAULTS[name]
        self.proxy = Proxy(database.port) if proxied else None
        self.token = world.token(tenant=name)
        self.service = world.clientela(self.proxy.port if proxied else database.port, name=name, **settings)
        self.service.wait("/q/health/ready")
        self.watch, self.ledger = self._watch(), Ledger()
        self.new_load, self.verification = Load, Verification
        self.over_at = None  # when the fault ended
        self.answered_within = ANSWERED_WITHIN
        self.may_lose_from = math.inf  # requests that began after this may stay without an answer
        self.notes = []

    def _watch(self):
        with urllib.request.urlopen(self.service.url + "/q/openapi?format=json") as openapi:
            return Watch(documented(json.load(openapi)))

    # --- What faults use -------------------------------------------------------------------------------------------

    def use(self, ledger, new_load, verification):
        """Another load than the usual one, and what is expected after it."""
        self.ledger, self.new_load, self.verification = ledger, new_load, verification

    def client(self, watch=None):
        return Client(self.service.port, self.token, watch or self.watch)

    def caller(self, watch=None):
        return Caller(self.client(watch), self.ledger)

    @contextlib.contextmanager
    def load(self, callers=16):
        """A load around a fault: calm before, and until the service is healthy afterwards."""
        with self.new_load(self.client, self.ledger, callers):
            time.sleep(CALM)
            if self.watch.began_bad:
                self.check(False, f"{len(self.watch.began_bad)} bad answers before the fault")
            yield
            if self.over_at is None:
                self.over()
            self._wait_until_quiet()

    def over(self):
        """The fault ends now."""
        self.over_at = time.monotonic()

    def check(self, true, otherwise):
        if not true:
            self.watch.flaw(otherwise)

    def note(self, text):
        self.notes.append(text)

    def undisturbed(self, slowest=5):
        """For faults that are none of the other callers' business."""
        bad = len(self.watch.began_bad)
        self.check(bad == 0, f"{bad} requests of other callers were not served")
        self.check(self.watch.slowest <= slowest, f"another caller waited for {self.watch.slowest:.1f} s")

    @contextlib.contextmanager
    def locked(self, customer):
        """Another session of the database holds the customer's row."""
        sql = ("BEGIN; SELECT 'locked' FROM customer WHERE tenant_id = '%s' AND id = '%s' FOR UPDATE;\n"
               % (self.tenant, customer))
        session = subprocess.Popen(["psql", "-X", "-q", "-A", "-t", "-h", "127.0.0.1", "-p", str(self.database.port),
                                    "-U", "clientela", "-d", "clientela"],
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            session.stdin.write(sql)
            session.stdin.flush()
            assert session.stdout.readline().strip() == "locked"
            yield
        finally:
            session.communicate("ROLLBACK;\n")

    # --- What is expected after each -------------------------------------------------------------------------------

    def judge(self):
        """Runs the fault and checks everything; returns what was seen."""
        try:
            self.function(self)
            healthy = self._healthy_after()
            self._answers()
            self._sessions()
            reading = self._watch()
            self.verification(self.client, self.ledger, reading, self.database, self.tenant).run()
            self.watch.flaws.update(reading.flaws)
            if reading.lost:
                self.check(False, f"{len(reading.lost)} requests without an answer when all was over")
        finally:
            self.service.kill()
            if self.proxy:
                self.proxy.close()
        return healthy

    def _wait_until_quiet(self):
        until = self.over_at + HEALTHY_WITHIN + QUIET
        while (now := time.monotonic()) < until:
            with self.watch.lock:
                last_bad = max([self.over_at, *self.watch.began_bad])
                good = sum(began > now - QUIET for began in self.watch.began_good)
            if now - last_bad > QUIET and good >= 20:
                return
            time.sleep(0.1)

    def _healthy_after(self):
        """Seconds from the fault's end to the first request after the last that was not served; None for never."""
        last_bad = max([self.over_at, *self.watch.began_bad])
        good = [began for began in self.watch.began_good if began > last_bad]
        healthy = min(good) - self.over_at if len(good) >= 20 else None
        self.check(healthy is not None and healthy <= HEALTHY_WITHIN,
                   f"not healthy {HEALTHY_WITHIN} s after the fault's end")
        return healthy

    def _answers(self):
        self.check(self.watch.slowest <= self.answered_within,
                   f"an answer after {self.watch.slowest:.1f} s, and not within {self.answered_within} s")
        for began, what, failure in self.watch.lost:
            self.check(began > self.may_lose_from, f"{what}: no answer ({failure})")

    def _sessions(self):
        """No session may be left in a transaction: it would hold its locks, and its connection, for ever."""
        for _ in range(50):
            left = self.database.psql("SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'"
                                      " AND state_change < now() - interval '1 s'").strip()
            if left == "0":
                return
            time.sleep(0.1)
        self.check(False, f"{left} sessions of the database are left in a transaction")


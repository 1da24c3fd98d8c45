"""Runs one fault: a service with its own tenant, a load, and the checks during and after the fault."""

import contextlib
import json
import math
import random
import subprocess
import time
import urllib.request

from client import MAX_RESPONSE_TIME, Client, Watch, documented
from load import Caller, Ledger, Load
from proxy import Proxy
from verify import Verification

HEALTHY_WITHIN = 10  # seconds after the end of a fault, without a restart
QUIET = 2.0  # seconds without a failed request after which the service counts as healthy
CALM = 2.0  # seconds under load before a fault
FAULTS = {}


def fault(name, proxied=True, **settings):
    """Registers a function that takes an arena as a fault. `settings` are environment variables of the service; a value
    may be a function of the world."""
    def register(function):
        FAULTS[name] = (function, proxied, settings)
        return function
    return register


class Arena:
    """The run of one fault. The fault's function injects it and reports its end; `judge` does the rest."""

    def __init__(self, world, database, name, seconds, replicas=1):
        self.world, self.database, self.tenant, self.seconds = world, database, name, seconds
        self.function, proxied, settings = FAULTS[name]
        self.settings = {key: value(world) if callable(value) else value for key, value in settings.items()}
        self.proxy = Proxy(database.port) if proxied else None
        self.token = world.token(tenant=name)
        self.services = []
        self.service = [self.start() for _ in range(replicas)][0]
        self.watch, self.ledger = self._watch(), Ledger()
        self.new_load, self.verification = Load, Verification
        self.over_at = None  # when the fault ended
        self.max_response_time = MAX_RESPONSE_TIME
        self.may_lose_from = math.inf  # requests that began after this may remain without a response
        self.notes = []

    def _watch(self):
        with urllib.request.urlopen(self.service.url + "/q/openapi?format=json") as openapi:
            return Watch(documented(json.load(openapi)))

    def start(self, **environment):
        """Starts an instance of the service, and lets callers use it beside the others."""
        port = self.proxy.port if self.proxy else self.database.port
        service = self.world.clientela(port, name=self.tenant, **self.settings, **environment)
        service.wait("/q/health/ready")
        self.services.append(service)
        return service

    # --- For faults ------------------------------------------------------------------------------------------------

    def use(self, ledger, new_load, verification):
        """Replaces the default load and its verification."""
        self.ledger, self.new_load, self.verification = ledger, new_load, verification

    def client(self, watch=None):
        return Client(random.choice(self.services).port, self.token, watch or self.watch)

    def caller(self, watch=None):
        return Caller(self.client(watch), self.ledger)

    @contextlib.contextmanager
    def load(self, callers=16):
        """Runs a load: for a while before the fault, during it, and until the service is healthy again."""
        with self.new_load(self.client, self.ledger, callers):
            time.sleep(CALM)
            if self.watch.began_bad:
                self.check(False, f"{len(self.watch.began_bad)} failed requests before the fault")
            yield
            if self.over_at is None:
                self.over()
            self._wait_until_quiet()

    def over(self):
        """Records the end of the fault."""
        self.over_at = time.monotonic()

    def check(self, condition, flaw):
        if not condition:
            self.watch.flaw(flaw)

    def note(self, text):
        self.notes.append(text)

    def check_unaffected(self, slowest=5):
        """Checks that the fault did not affect the callers of the load."""
        failed = len(self.watch.began_bad)
        self.check(failed == 0, f"{failed} requests of other callers were not served")
        self.check(self.watch.slowest <= slowest, f"another caller waited for {self.watch.slowest:.1f} s")

    @contextlib.contextmanager
    def locked(self, customer):
        """Locks the customer's row in another session of the database."""
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

    # --- Checks ----------------------------------------------------------------------------------------------------

    def judge(self):
        """Runs the fault and all checks; returns the seconds until the service was healthy again, or None."""
        try:
            self.function(self)
            healthy = self._healthy_after()
            self._check_responses()
            self._check_sessions()
            reading = self._watch()
            self.verification(self.client, self.ledger, reading, self.database, self.tenant).run()
            self.watch.flaws.update(reading.flaws)
            if reading.lost:
                self.check(False, f"{len(reading.lost)} requests without a response during the verification")
        finally:
            for service in self.services:
                service.kill()
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
        """Seconds from the end of the fault to the first request after the last failed one; None for never."""
        last_bad = max([self.over_at, *self.watch.began_bad])
        good = [began for began in self.watch.began_good if began > last_bad]
        healthy = min(good) - self.over_at if len(good) >= 20 else None
        self.check(healthy is not None and healthy <= HEALTHY_WITHIN,
                   f"not healthy {HEALTHY_WITHIN} s after the end of the fault")
        return healthy

    def _check_responses(self):
        self.check(self.watch.slowest <= self.max_response_time,
                   f"a response after {self.watch.slowest:.1f} s, and not within {self.max_response_time} s")
        for began, operation, failure in self.watch.lost:
            self.check(began > self.may_lose_from, f"{operation}: no response ({failure})")

    def _check_sessions(self):
        """Checks that no session is left in a transaction: it would keep its locks and its connection."""
        for _ in range(50):
            left = self.database.psql("SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'"
                                      " AND state_change < now() - interval '1 s'").strip()
            if left == "0":
                return
            time.sleep(0.1)
        self.check(False, f"{left} database sessions are left in a transaction")


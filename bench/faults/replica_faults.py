"""Faults of two instances of the service on one database."""

import glob
import time
import uuid

from accounts import PASSWORD, SIGNING, Accounts, call
from arena import fault

AHEAD = 60  # seconds by which the clock of the second instance is ahead: the clock skew that tokens permit
REVOKED_WITHIN = 5  # seconds
COMPARED_WITHIN = 30  # seconds
NEW_PASSWORD = "another horse battery"


@fault("two-replicas", **SIGNING)
def two_replicas(arena):
    """Two instances share a database, the clock of one a minute ahead: writes, keys, sessions and blocks hold in both."""
    first, second = arena.service, arena.start(**clock_ahead(arena))
    with arena.load():
        check_key(arena, first, second)
        for here, there in ((first, second), (second, first)):
            check_session(arena, here, there)
        check_duplicates(arena, first, second)
        arena.over()


def clock_ahead(arena):
    """The environment of an instance whose clock is ahead."""
    library = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
    if not library:
        arena.note("both clocks are equal, since libfaketime is not installed")
        return {}
    return {"LD_PRELOAD": library[0], "FAKETIME": f"+{AHEAD}s"}


def check_key(arena, first, second):
    """An API key works in both instances, and in neither soon after it was revoked in one."""
    made = Accounts(arena, first).staff("POST", "/v1/api-keys", {"name": "Shop", "scopes": ["customers:read"]})
    reading = "/v1/customers?page_size=1"
    for service in (first, second):
        status = call(service, "GET", reading, made["key"])[0]
        arena.check(status == 200, f"a new key returns {status}")
    Accounts(arena, first).staff("DELETE", f"/v1/api-keys/{made['id']}")
    revoked = time.monotonic()
    status = call(first, "GET", reading, made["key"])[0]
    arena.check(status == 401, f"a revoked key returns {status} where it was revoked")
    while call(second, "GET", reading, made["key"])[0] == 200 and time.monotonic() < revoked + 2 * REVOKED_WITHIN:
        time.sleep(0.05)
    lasted = time.monotonic() - revoked
    arena.check(lasted <= REVOKED_WITHIN, f"a revoked key was accepted for {lasted:.1f} s by the other instance")
    arena.note(f"a revoked key was accepted for {lasted:.1f} s by the other instance")


def check_session(arena, here, there):
    """A session of one instance works in the other, and ends in both at once by a new password and by a block."""
    accounts, elsewhere = Accounts(arena, here), Accounts(arena, there)
    customer, email = accounts.customer_with_password()
    token = accounts.log_in(email, PASSWORD)[1]
    arena.check(token and elsewhere.me(token) == 200, "a session is not accepted by the other instance")
    status = call(there, "PUT", "/v1/customers/me/password", token,
                  {"current_password": PASSWORD, "new_password": NEW_PASSWORD})[0]
    arena.check(status == 204, f"a change of the password returns {status}")
    arena.check(accounts.me(token) == 401, "a session outlived the change of the password in the other instance")
    token = accounts.log_in(email, NEW_PASSWORD)[1]
    arena.check(token and elsewhere.me(token) == 200, "a session after the change is not accepted")
    elsewhere.staff("PUT", f"/v1/customers/{customer}/status", {"status": "blocked"})
    arena.check(accounts.me(token) == 403, "a session outlived a block by the other instance")


def check_duplicates(arena, first, second):
    """Equal customers that were created in both are found as duplicates by both."""
    email = f"{uuid.uuid4()}@example.com"
    ids = [Accounts(arena, service).staff("POST", "/v1/customers", {"name": "Jane Smith", "email": email})["id"]
           for service in (first, second)]
    began = time.monotonic()
    for service, customer in ((first, ids[0]), (second, ids[1])):
        path = f"/v1/customers/{customer}/duplicates"
        while not Accounts(arena, service).staff("GET", path)["data"]:
            if time.monotonic() > began + COMPARED_WITHIN:
                arena.check(False, f"a duplicate was not found within {COMPARED_WITHIN} s")
                return
            time.sleep(0.2)
    arena.note(f"the duplicate was found within {time.monotonic() - began:.1f} s")

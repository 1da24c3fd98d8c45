"""Faults of tokens: they expire during use, or come from an issuer with a different clock."""

import dataclasses
import time

from arena import fault

SKEW = 60  # seconds by which the clocks of issuer and service may differ (smallrye.jwt / mp.jwt.verify.clock.skew)
SLACK = 2  # seconds: claims are whole seconds, and tokens are tried every half second


@dataclasses.dataclass
class Used:
    """A token in continuous use; when it was last accepted, and first rejected."""

    token: str
    expiry: float
    accepted: float = 0.0
    rejected: float = 0.0


@fault("token-expiry")
def token_expiry(arena):
    """Tokens are used continuously past their expiry; others are issued, or valid from, in the future."""
    with arena.load(callers=4):
        try_future_tokens(arena)
        arena.over()
    # One expires during use, two are first used after their expiry, within the permitted clock skew.
    tokens = [used_token(arena, seconds) for seconds in (3, -SKEW + 8, -SKEW + 5)]
    until = max(each.expiry for each in tokens) + SKEW + 2 * SLACK
    while time.time() < until:
        for each in tokens:
            try_token(arena, each)
        time.sleep(0.5)
    for each in tokens:
        expired = each.accepted - each.expiry
        arena.check(expired <= SKEW + SLACK, f"a token was accepted {expired:.0f} s after its expiry")
        arena.check(each.rejected > 0, "an expired token was never rejected")
        arena.check(not each.rejected or each.rejected >= each.accepted, "an expired token was accepted again")
        arena.check(not each.rejected or each.rejected >= each.expiry - SLACK, "a token was rejected before its expiry")
    latest = max(each.accepted - each.expiry for each in tokens)
    arena.note(f"tokens were accepted until {latest:.0f} s after their expiry")


def used_token(arena, seconds):
    """A token that expires in that many seconds; a negative number is in the past."""
    token = arena.world.token(tenant=arena.tenant, age=300, seconds=300 + seconds)
    return Used(token, time.time() + seconds)


def try_token(arena, each):
    status = get(arena, each.token)
    arena.check(status in (200, 401), f"a token near its expiry returns {status}")
    if status == 200:
        each.accepted = time.time()
    elif not each.rejected:
        each.rejected = time.time()


def try_future_tokens(arena):
    """Checks that half a minute ahead is accepted as clock skew, and an hour is not."""
    now = int(time.time())
    for claims, text in (({"nbf": now + 30}, "valid from in 30 s"), ({"age": -30}, "issued in 30 s")):
        status = get(arena, arena.world.token(tenant=arena.tenant, **claims))
        arena.check(status == 200, f"a token {text} returns {status}: clocks may differ by {SKEW} s")
    for _ in range(2):
        status = get(arena, arena.world.token(tenant=arena.tenant, nbf=now + 3600))
        arena.check(status == 401, f"a token valid from in an hour (nbf) returns {status}")


def get(arena, token):
    """Returns the status for a token. A 401 is valid here, so the watch does not record it as a flaw."""
    watch = type(arena.watch)(arena.watch.documented)
    client = arena.client(watch)
    client.token = token
    response = client.send("GET", "/v1/customers", query="?page_size=1")
    client.close()
    for flaw, times in watch.flaws.items():
        if "for a valid request" not in flaw:
            arena.watch.flaws[flaw] += times
    with arena.watch.lock:
        arena.watch.responses[response.status] += 1
    return response.status

"""What clocks do to tokens: they expire while they are used, or come from an issuer whose clock is ahead."""

import dataclasses
import time

from arena import fault

SKEW = 60  # seconds by which the clocks of issuer and service may differ (smallrye.jwt / mp.jwt.verify.clock.skew)
SLACK = 2  # seconds: claims are whole seconds, and a look happens every half


@dataclasses.dataclass
class Used:
    """A token that is used all the time; when it was last accepted, and first refused."""

    token: str
    expiry: float
    accepted: float = 0.0
    refused: float = 0.0


@fault("token-expiry")
def token_expiry(arena):
    """Tokens are used without a break past their expiry; others are issued, or valid from, in the future."""
    with arena.load(callers=4):
        future(arena)
        arena.over()
    # One expires while it is used, two are first used after their expiry, within what clocks may differ.
    tokens = [used(arena, seconds) for seconds in (3, -SKEW + 8, -SKEW + 5)]
    until = max(each.expiry for each in tokens) + SKEW + 2 * SLACK
    while time.time() < until:
        for each in tokens:
            look(arena, each)
        time.sleep(0.5)
    for each in tokens:
        expired = each.accepted - each.expiry
        arena.check(expired <= SKEW + SLACK, f"a token was accepted {expired:.0f} s after its expiry")
        arena.check(each.refused > 0, "an expired token was never refused")
        arena.check(not each.refused or each.refused >= each.accepted, "an expired token was accepted again")
        arena.check(not each.refused or each.refused >= each.expiry - SLACK, "a token was refused before its expiry")
    latest = max(each.accepted - each.expiry for each in tokens)
    arena.note(f"tokens were accepted until {latest:.0f} s after their expiry")


def used(arena, seconds):
    """A token that expires in so many seconds, or did before now."""
    token = arena.world.token(tenant=arena.tenant, age=300, seconds=300 + seconds)
    return Used(token, time.time() + seconds)


def look(arena, each):
    status = get(arena, each.token)
    arena.check(status in (200, 401), f"a token near its expiry is answered {status}")
    if status == 200:
        each.accepted = time.time()
    elif not each.refused:
        each.refused = time.time()


def future(arena):
    """Half a minute ahead is a difference of clocks; an hour is not."""
    now = int(time.time())
    for claims, text in (({"nbf": now + 30}, "valid from in 30 s"), ({"age": -30}, "issued in 30 s")):
        status = get(arena, arena.world.token(tenant=arena.tenant, **claims))
        arena.check(status == 200, f"a token {text} is answered {status}: clocks may differ by {SKEW} s")
    for _ in range(2):
        status = get(arena, arena.world.token(tenant=arena.tenant, nbf=now + 3600))
        arena.check(status == 401, f"a token valid from in an hour (nbf) is answered {status}")


def get(arena, token):
    """The status that a token gets. An answer of 401 is in order here, so it is kept from the watch's judgement."""
    watch = type(arena.watch)(arena.watch.documented)
    client = arena.client(watch)
    client.token = token
    answer = client.send("GET", "/v1/customers", query="?page_size=1")
    client.close()
    for flaw, times in watch.flaws.items():
        if "in order" not in flaw:
            arena.watch.flaws[flaw] += times
    with arena.watch.lock:
        arena.watch.answers[answer.status] += 1
    return answer.status

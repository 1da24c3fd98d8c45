"""Faults of passwords: many are tried at once."""

import statistics
import threading
import time
import uuid

from accounts import PASSWORD, SIGNING, Accounts
from arena import fault

STORM = 32  # clients that log in at the same time


@fault("login-storm", CLIENTELA_ACCOUNTS_MAX_FAILURES_PER_ADDRESS="1000000", **SIGNING)
def login_storm(arena):
    """Many clients log in at once, with right, wrong and unknown credentials; others go on reading and writing."""
    accounts = Accounts(arena, arena.service)
    email = accounts.customer_with_password()[1]
    codes, times, lock, over = {}, [], threading.Lock(), threading.Event()

    def storm(number):
        while not over.is_set():
            right = number % 4 == 0
            began = time.monotonic()
            status, _ = accounts.log_in(email if right else f"{uuid.uuid4()}@example.com", PASSWORD)
            with lock:
                codes[status] = codes.get(status, 0) + 1
                times.append(time.monotonic() - began)

    with arena.load():
        served, since = len(arena.watch.began_good), time.monotonic()
        time.sleep(arena.seconds / 2)
        before = (len(arena.watch.began_good) - served) / (time.monotonic() - since)
        threads = [threading.Thread(target=storm, args=(number,), daemon=True) for number in range(STORM)]
        for thread in threads:
            thread.start()
        served, since = len(arena.watch.began_good), time.monotonic()
        time.sleep(arena.seconds)
        during = (len(arena.watch.began_good) - served) / (time.monotonic() - since)
        over.set()
        for thread in threads:
            thread.join()
        arena.over()
    arena.check_unaffected()
    arena.check(set(codes) <= {201, 401, 429, 503}, f"logins return {sorted(codes)}")
    arena.check(codes.get(201, 0) > 0 and codes.get(401, 0) > 0, "no login was answered")
    arena.check(during > before / 3, f"other requests fell from {before:.0f} to {during:.0f} per second")
    arena.note(f"{sum(codes.values())} logins: {codes}, median {statistics.median(times):.2f} s; "
               f"other requests: {before:.0f} per second before, {during:.0f} during")

"""Those who follow the events of an arena's tenant: receivers of webhooks, and readers of the feed and the live stream."""

import collections
import http.client
import json
import threading
import time
import urllib.error
import urllib.request

WEBHOOKS = "/v1/webhooks"
EVENTS = "/v1/events?types=customer.*"
MAX_WAIT = 180  # seconds
HURRY = """UPDATE webhook_delivery SET due_at = now()
    WHERE tenant_id = :'tenant' AND status = 'pending' AND leased_by IS NULL AND due_at > now()"""
UNFINISHED = """SELECT count(*) FROM webhook_delivery
    WHERE tenant_id = :'tenant' AND status IN ('waiting', 'pending')"""
CUSTOMER_EVENTS = """SELECT id, extract(epoch FROM clock_timestamp() - at) FROM customer_event
    WHERE tenant_id = :'tenant' AND subject_type = 'customer'"""


def customer_events(arena):
    """The events of the tenant's customers, with the seconds since each."""
    rows = arena.database.psql(CUSTOMER_EVENTS, tenant=arena.tenant).split()
    return {event: float(age) for event, age in (row.split("|") for row in rows)}


class Deliveries:
    """Webhooks of the tenant, one for each receiver, and what these have accepted."""

    def __init__(self, arena, receivers):
        self.arena, self.receivers = arena, receivers
        for receiver in receivers:
            request = urllib.request.Request(
                arena.service.url + WEBHOOKS, json.dumps({"url": receiver.url, "types": ["customer.*"]}).encode(),
                {"Authorization": "Bearer " + arena.token, "Content-Type": "application/json"})
            urllib.request.urlopen(request).close()

    def latest(self, receiver):
        """The longest time from an event until the receiver accepted it, in seconds; events without it are late, too."""
        events, now = customer_events(self.arena), time.monotonic()
        accepted = {message.id: message.at for message in reversed(receiver.accepted)}
        return max(accepted.get(event, now) - (now - age) for event, age in events.items())

    def await_all(self, hurried=False):
        """Waits until every receiver has every event; `hurried` does not wait for the times of next attempts."""
        until = time.monotonic() + MAX_WAIT
        while time.monotonic() < until:
            if hurried:
                self.arena.database.psql(HURRY, tenant=self.arena.tenant)
            events = customer_events(self.arena).keys()
            missing = [len(events - {message.id for message in list(receiver.accepted)}) for receiver in self.receivers]
            unfinished = self.arena.database.psql(UNFINISHED, tenant=self.arena.tenant).strip()
            if not any(missing) and unfinished == "0":
                return
            time.sleep(0.5)
        self.arena.check(False, f"events that receivers never got: {missing}; unfinished deliveries: {unfinished}")

    def check_order(self):
        """Checks that each receiver accepted the first copies of a customer's events in the order of its versions."""
        for receiver in self.receivers:
            versions, known = collections.defaultdict(list), set()
            for message in list(receiver.accepted):
                if message.id not in known:
                    known.add(message.id)
                    versions[message.subject].append(message.version)
            wrong = sum(each != sorted(each) for each in versions.values())
            self.arena.check(wrong == 0, f"{wrong} of {len(versions)} customers' events came in another order")

    @staticmethod
    def repeated(receiver):
        """How many messages were accepted although they had been before."""
        accepted = [message.id for message in list(receiver.accepted)]
        return len(accepted) - len(set(accepted))


class Reader:
    """A thread that reads events from now on, each time at another instance."""

    what = None

    def __init__(self, arena):
        self.arena, self.read, self.last, self.interruptions = arena, [], None, 0
        self.begun, self.ending = threading.Event(), threading.Event()
        self.thread = threading.Thread(target=self._work, daemon=True)
        self.thread.start()
        self.begun.wait()

    def stop(self, count):
        """Waits until so many events were read; returns their ids in the order in which they came."""
        until = time.monotonic() + 30
        while len(self.read) < count and time.monotonic() < until:
            time.sleep(0.1)
        time.sleep(1)  # what comes twice
        self.ending.set()
        self.thread.join(5)
        return list(self.read)

    def _work(self):
        turn = 0
        while not self.ending.is_set():
            service = self.arena.services[turn % len(self.arena.services)]
            turn += 1
            try:
                self._follow(service)
            except (OSError, http.client.HTTPException, urllib.error.HTTPError):
                self.interruptions += 1
                time.sleep(0.2)

    def _open(self, service, path, headers):
        connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=20)
        connection.request("GET", path, headers={"Authorization": "Bearer " + self.arena.token, **headers})
        response = connection.getresponse()
        if response.status != 200:
            connection.close()
            raise OSError(f"{path}: {response.status}")
        return connection, response


class FeedReader(Reader):
    """Follows the pages by their `next`, another instance for each page."""

    what = "feed"

    def _follow(self, service):
        connection, response = self._open(
            service, EVENTS + "&limit=50" + (f"&after={self.last}" if self.last else ""), {})
        page = json.loads(response.read())
        connection.close()
        self.read += [event["id"] for event in page["data"]]
        self.last = page["meta"]["next"]
        self.begun.set()
        if not page["data"]:
            time.sleep(0.1)


class StreamReader(Reader):
    """Follows the live stream, and resumes by `Last-Event-ID` when it ends."""

    what = "live stream"

    def _follow(self, service):
        connection, response = self._open(
            service, EVENTS, {"Accept": "text/event-stream", **({"Last-Event-ID": self.last} if self.last else {})})
        self.begun.set()
        position = self.last
        while not self.ending.is_set():
            line = response.readline().decode()
            if not line:
                raise OSError("the stream has ended")
            if line.startswith("id:"):
                position = line[3:].strip()
            elif line.startswith("data:"):
                self.read.append(json.loads(line[5:])["id"])
            elif line == "\n":
                self.last = position
        connection.close()

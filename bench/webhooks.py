#!/usr/bin/env python3
"""Deliveries to webhooks: how many a second, the memory of a backlog, and what customers' writes pay for ten webhooks.

    ./mvnw package -DskipTests && bench/webhooks.py [--events 20000,100000]

A receiver in a process of its own accepts everything at once. The events of a backlog are added by one statement. Needs what
world.py needs, and psql.
"""

import argparse
import http.client
import json
import os
import socketserver
import statistics
import subprocess
import sys
import time

import world
from run import POSTGRESQL

HEAP = "256m"
WEBHOOKS = "/v1/webhooks"
WRITES = 2_000
WARM_UP = 30_000  # deliveries


class Accepting(socketserver.StreamRequestHandler):
    """Reads requests and answers 204, on as many connections as come."""

    def handle(self):
        while self.rfile.readline():
            length = 0
            while (line := self.rfile.readline()) not in (b"\r\n", b""):
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            self.rfile.read(length)
            self.wfile.write(b"HTTP/1.1 204 No Content\r\n\r\n")


class Receiver(socketserver.ThreadingTCPServer):
    daemon_threads = allow_reuse_address = True


def receive():
    with Receiver(("127.0.0.1", 0), Accepting) as server:
        print(server.server_address[1], flush=True)
        server.serve_forever()


class Webhooks:
    """One database, one service, one receiver."""

    def __init__(self, here, database):
        self.here, self.database = here, database
        self.receiver = subprocess.Popen([sys.executable, __file__, "--receive"], stdout=subprocess.PIPE, text=True)
        self.url = f"http://127.0.0.1:{self.receiver.stdout.readline().strip()}/"
        self.service = here.clientela(
            database.port, command=["java", f"-Xmx{HEAP}", "-jar", os.path.join(world.APPLICATION, "quarkus-run.jar")],
            QUARKUS_FLYWAY_MIGRATE_AT_START="false", CLIENTELA_DUPLICATES_EVERY="0S",
            CLIENTELA_WEBHOOKS_ALLOW_PRIVATE="true")
        self.service.wait("/q/health/ready")

    def send(self, tenant, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.service.port, timeout=60)
        connection.request(method, path, body and json.dumps(body), {
            "Authorization": "Bearer " + self.here.token(tenant), "Content-Type": "application/json"})
        response = connection.getresponse()
        answer = json.loads(response.read() or "null")
        connection.close()
        if response.status >= 300:
            raise SystemExit(f"{path}: {response.status} {answer}")
        return answer

    def create(self, tenant, url=None):
        return self.send(tenant, "POST", WEBHOOKS, {"url": url or self.url, "types": ["customer.*"]})["id"]

    def add_events(self, tenant, count, customers):
        """Events as imports write them, of so many customers."""
        self.database.psql(f"""INSERT INTO customer_event
                (tenant_id, id, customer_id, customer_version, type, at, changes)
            SELECT '{tenant}', cast(lpad(to_hex(cast(extract(epoch FROM now()) * 1000 AS bigint)), 12, '0') || '7'
                    || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15) AS uuid),
                cast(md5('customer' || n % {customers}) AS uuid), 1 + n / {customers}, 'customer.updated', now(),
                '{{"notes":{{"from":null,"to":"' || n || '"}}}}'
            FROM generate_series(0, {count - 1}) n""")

    def finished(self, tenant):
        return int(self.database.psql(f"SELECT count(*) FROM webhook_delivery WHERE tenant_id = '{tenant}' "
                                      "AND status = 'succeeded'"))

    def close(self):
        self.receiver.terminate()


def drain(webhooks, events, customers):
    tenant = f"drain-{events}-{customers}"
    webhooks.create(tenant)
    began = time.monotonic()
    webhooks.add_events(tenant, events, customers)
    peak = 0
    while webhooks.finished(tenant) < events:
        peak = max(peak, world.rss_megabytes(webhooks.service.pid))
        time.sleep(0.5)
    seconds = time.monotonic() - began
    print(f"| {events:,} | {customers:,} | {events / seconds:,.0f} | {peak:.0f} |", flush=True)


def writes(webhooks, tenant):
    """The median time of a change, in milliseconds."""
    customer = webhooks.send(tenant, "POST", "/v1/customers", {"name": "Jane"})["id"]
    connection = http.client.HTTPConnection("127.0.0.1", webhooks.service.port, timeout=60)
    headers = {"Authorization": "Bearer " + webhooks.here.token(tenant), "Content-Type": "application/json"}
    times = []
    for i in range(WRITES):
        began = time.monotonic()
        connection.request("PATCH", f"/v1/customers/{customer}", json.dumps({"notes": f"note {i}"}), headers)
        connection.getresponse().read()
        times.append(time.monotonic() - began)
    return statistics.median(times) * 1000


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--events", default="20000,100000", help="of each backlog, separated by commas")
    arguments.add_argument("--receive", action="store_true", help=argparse.SUPPRESS)
    arguments = arguments.parse_args()
    if arguments.receive:
        return receive()
    with world.World() as here:
        database = here.database(**{**POSTGRESQL, "autovacuum": "on", "autovacuum_naptime": "5s"})
        database.migrate()
        webhooks = Webhooks(here, database)
        try:
            print("| events | customers | deliveries/s | RSS at most, MB |\n|---:|---:|---:|---:|")
            drain(webhooks, WARM_UP, WARM_UP)  # as after some minutes of use
            for events in map(int, arguments.events.split(",")):
                drain(webhooks, events, events)
            drain(webhooks, 20_000, 100)
            writes(webhooks, "warm")
            without = writes(webhooks, "without")
            for _ in range(10):
                webhooks.create("with")
                webhooks.create("down", f"http://127.0.0.1:{world.free_port()}/")
            print(f"\nA change, median: {without:.2f} ms; with ten webhooks: {writes(webhooks, 'with'):.2f} ms; with ten whose "
                  f"receivers are down: {writes(webhooks, 'down'):.2f} ms; without, again: {writes(webhooks, 'warm'):.2f} ms")
        finally:
            webhooks.close()


if __name__ == "__main__":
    main()

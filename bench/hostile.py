#!/usr/bin/env python3
"""What hostile bodies of up to 1 MiB cost the service: CPU seconds, memory held at once, and length of the response.

    ./mvnw package -DskipTests && bench/hostile.py [--timeout SECONDS]

The aim is under 0.5 s of CPU and under 50 MB for each. CPU is measured in a heap of 256 MB. Memory is bounded from above:
each body is sent to a second service, too, whose heap is 50 MB larger than what it holds when idle. A request that needed
more would fail there; how much CPU the collector then uses to make room says nothing about the request.
"""

import argparse
import json
import os
import re
import subprocess
import urllib.error
import urllib.request

import world

CREATE = "/v1/customers"
UPSERT = "/v1/customers/upsert"
BATCH = "/v1/customers/batch"
MERGE = "/v1/customers/merge"
MIB = 1 << 20

HELD = 50  # MB that a request may hold at once
HEAP = 256  # MB of the service whose CPU is measured


def field(name, value):
    return '{"name":"J","%s":"%s"}' % (name, value)


def items(count, item):
    return ",".join(item(i) for i in range(count))


def bodies():
    """Each hostile body with its path, by what is hostile about it."""
    marks = "\u0301\u0316"
    unknown = "{" + items(150, lambda i: f'"u{i}":0') + "}"
    noted = '{"external_id":"c-%d","do_not_update":true}'
    return [
        ("phone of 900,000 spaces", CREATE, field("phone", "1" + " " * 900_000 + "!")),
        ("the same in an upsert", UPSERT, field("phone", "1" + " " * 900_000 + "!")),
        ("phone of 30,000 spaces", CREATE, field("phone", "1" + " " * 30_000 + "!")),
        ("name of 480,000 marks", CREATE, '{"name":"a' + marks * 240_000 + '"}'),
        ("name of 40,000 marks", CREATE, '{"name":"a' + marks * 20_000 + '"}'),
        ("notes of runs of 30 marks", CREATE, field("notes", ("a" + marks * 15) * 15_000)),
        ("40 texts of runs of 30 marks", CREATE, '{"name":"J","attributes":{'
         + items(40, lambda i: f'"k{i}":"' + ("a" + marks * 15) * 400 + '"') + "}}"),
        ("340,000 empty tags", CREATE, '{"name":"J","tags":[' + items(340_000, lambda i: '""') + "]}"),
        ("240,000 tags, 60 unknown members", CREATE,
         "{" + items(60, lambda i: f'"u{i}":0') + ',"tags":[' + items(240_000, lambda i: '"t"') + "]}"),
        ("80,000 unknown members", CREATE, "{" + items(80_000, lambda i: f'"u{i}":0') + "}"),
        ("a number of 1,000,000 digits", CREATE, '{"name":"J","value":' + "9" * 1_000_000 + "}"),
        ("value 1e2147483647", CREATE, '{"name":"J","value":1e2147483647}'),
        ("attribute 1e9999999999", CREATE, '{"name":"J","attributes":{"a":1e9999999999}}'),
        ("500,000 nested arrays", CREATE, '{"attributes":{"a":' + "[" * 500_000 + "]" * 500_000 + "}}"),
        ("500,000 small values", CREATE,
         '{"attributes":{"a":[' + items(990, lambda i: "[" + items(500, lambda j: "1") + "]") + "]}}"),
        ("600 × 150 unknown members", BATCH, '{"customers":[' + items(600, lambda i: unknown) + "]}"),
        ("300,000 source ids", MERGE, '{"source_ids":[' + items(300_000, lambda i: "0") + "]}"),
        ("60,000 preferred fields", MERGE, '{"prefer":{' + items(60_000, lambda i: f'"p{i}":"x"') + "}}"),
        ("a batch of 1,000 long customers as they are", BATCH,
         '{"customers":[' + items(1_000, lambda i: noted % i) + "]}"),
        ("a batch that changes 1,000 long customers", BATCH,
         '{"customers":[' + items(1_000, lambda i: '{"external_id":"c-%d","source":"x"}' % i) + "]}"),
    ]


class Service:
    def __init__(self, process, token, timeout):
        self.process = process
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self.timeout = timeout

    def send(self, method, path, body):
        """Status and length of the response; status 0 where none came in time."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.process.port}{path}", method=method,
                                         data=body and body.encode(), headers=self.headers)
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as response:
                return response.status, len(response.read())
        except urllib.error.HTTPError as refusal:
            return refusal.code, len(refusal.read())
        except OSError:
            return 0, 0

    def warm_up(self):
        for _ in range(200):
            self.send("POST", CREATE, '{"name":"J","phone":"1","tags":["a"],"u":0}')

    def live_megabytes(self):
        """What the heap holds after a collection."""
        subprocess.run(["jcmd", str(self.process.pid), "GC.run"], stdout=subprocess.DEVNULL, check=True)
        info = subprocess.run(["jcmd", str(self.process.pid), "GC.heap_info"], stdout=subprocess.PIPE, text=True, check=True)
        return sum(int(used) for used in re.findall(r"generation +total \d+K, used (\d+)K", info.stdout)) / 1024

    def cost(self, method, path, body):
        cpu = world.cpu_seconds([self.process.pid])
        status, length = self.send(method, path, body)
        return status, world.cpu_seconds([self.process.pid]) - cpu, length


def fill(service):
    """1,000 customers of whom a read is as long as it can be, and calls to 200 of them."""
    for first in range(0, 1_000, 20):
        customers = [{"external_id": f"c-{i}", "name": f"C {i}", "notes": "n" * 10_000,
                      "attributes": {"a": "a" * 16_000}} for i in range(first, first + 20)]
        status, _ = service.send("POST", BATCH, json.dumps({"customers": customers}))
        assert status == 200, status


def start(here, database, megabytes, timeout):
    """A service with this heap, warm, with long customers in its database."""
    jar = os.path.join(world.APPLICATION, "quarkus-run.jar")
    process = here.clientela(database.port, command=["java", f"-Xmx{megabytes}m", "-XX:+UseSerialGC", "-jar", jar],
                             CLIENTELA_DUPLICATES_EVERY="0S")
    process.wait("/q/health/ready")
    service = Service(process, here.token(), timeout)
    fill(service)
    service.warm_up()
    return service


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--timeout", type=float, default=30, help="how long to wait for a response, in seconds")
    timeout = options.parse_args().timeout
    with world.World() as here:
        idle = start(here, here.database(), HEAP, timeout)
        live = round(idle.live_megabytes())
        idle.process.kill()
        places = [(here.database(), HEAP), (here.database(), live + HELD)]
        services = [start(here, *place, timeout) for place in places]
        print(f"Heaps: {HEAP} MB, and {live + HELD} MB, {live} MB of them in use when idle.\n")
        print(f"| body | status | CPU, s | response, KB | status with {live + HELD} MB |")
        print("| --- | --- | --- | --- | --- |")
        requests = [(name, "POST", path, body) for name, path, body in bodies()]
        requests.append(("(a page of 200 long customers)", "GET", CREATE + "?page_size=200", None))
        for name, method, path, body in requests:
            assert body is None or len(body.encode()) <= MIB, name
            (status, cpu, length), (bounded, _, _) = [service.cost(method, path, body) for service in services]
            print(f"| {name} | {status or 'none'} | {cpu:.2f} | {length / 1000:.0f} | {bounded or 'none'} |", flush=True)
            for i, answered in enumerate((status, bounded)):
                if answered == 0:  # an event loop is lost to it
                    services[i].process.kill()
                    services[i] = start(here, *places[i], timeout)


if __name__ == "__main__":
    main()

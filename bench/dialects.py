#!/usr/bin/env python3
"""Reads through each dialect compared with reads of /v1 that answer as much, and what a dialect reads of a large tenant.

    ./mvnw package -DskipTests && bench/dialects.py [--customers 1000000] [--repeats 7] [--seconds 4]

A cell is one operation of one API for some seconds. All cells take turns, and each is compared with one of /v1 in the
same turn, so that a machine whose speed changes favours none. CPU is that of the service and of PostgreSQL together. All
APIs are called with the same JWT. Needs what world.py needs, and wrk and psql.
"""

import argparse
import collections
import http.client
import os
import re
import statistics
import time

import world
from run import CREATE_INDEXES, DROP_INDEXES, POSTGRESQL
from transfer import fill

HEAP = "256m"
CONNECTIONS = 16
CUSTOMERS = 500
"""How many customers are read in turn."""
PIECE = 1 << 20
WARM_UP = 10  # seconds of each cell
OWN = "/v1/customers/{id}"
OWN_LIST = "/v1/customers?page_size=20"
# What to read, and with what it is compared: what shows more than a customer's own fields, with what shows as much.
CELLS = {
    "get: /v1": (OWN, "get: /v1"),
    "get: Voki": ("/api/v1/customers/{id}", "get: /v1"),
    "get: business location": ("/api/location/v1/customers/{id}", "get: /v1"),
    "get: Aivapad": ("/api/external/v1/customers/{id}", "get: /v1"),
    "get: /v1 with addresses": (OWN + "?include=addresses", "get: /v1 with addresses"),
    "get: Dooki": ("/v2/{tenant}/customers/{number}", "get: /v1 with addresses"),
    "get: /v1 with stats, orders, addresses": (
        OWN + "?include=stats,orders,addresses", "get: /v1 with stats, orders, addresses"),
    "get: storefront": ("/api/customers/{number}", "get: /v1 with stats, orders, addresses"),
    "list: /v1": (OWN_LIST, "list: /v1"),
    "list: Voki": ("/api/v1/customers?page_size=20", "list: /v1"),
    "list: business location": ("/api/location/v1/customers?page_size=20", "list: /v1"),
    "list: Aivapad": ("/api/external/v1/customers?limit=20", "list: /v1"),
    "list: /v1 with addresses": (OWN_LIST + "&include=addresses", "list: /v1 with addresses"),
    "list: Dooki": ("/v2/{tenant}/customers?limit=20", "list: /v1 with addresses"),
    "list: storefront": ("/api/customers?page_size=20", "list: /v1"),
}
SCRIPT = """
    wrk.headers["Authorization"] = "Bearer %s"
    local paths, next = {%s}, 0
    request = function() next = next %% #paths + 1; return wrk.format("GET", paths[next]) end
    done = function(summary, latency)
        local errors = summary.errors
        print(string.format("RESULT %%d %%d", summary.requests, errors.status + errors.read + errors.timeout))
    end
"""


class Measurement:
    """One database and one service, and the cells of a tenant of them."""

    def __init__(self, here, database, tenant):
        self.here, self.database, self.tenant = here, database, tenant
        self.service = here.clientela(
            database.port, command=["java", f"-Xmx{HEAP}", "-jar", os.path.join(world.APPLICATION, "quarkus-run.jar")],
            QUARKUS_FLYWAY_MIGRATE_AT_START="false", CLIENTELA_DUPLICATES_EVERY="0S")
        self.service.wait("/q/health/ready", seconds=180)
        self.cells = {cell: self.script(number, path) for number, (cell, (path, _)) in enumerate(CELLS.items())}

    def script(self, number_of_cell, path):
        """Writes the script of a cell, whose requests are for one customer after the other."""
        rows = self.database.psql(f"""SELECT id, number FROM customer WHERE tenant_id = '{self.tenant}'
            ORDER BY hashtext(id::text), id LIMIT {CUSTOMERS}""").split()
        paths = {path.format(tenant=self.tenant, id=id, number=number): None
                 for id, number in (row.split("|") for row in rows)}
        name = os.path.join(self.here.folder, f"cell-{number_of_cell}.lua")
        with open(name, "w") as file:
            file.write(SCRIPT % (self.here.token(self.tenant), ",".join(f'"{each}"' for each in paths)))
        return name

    def run(self, cell, seconds):
        """Requests per second, and CPU of a request in µs."""
        pids = [self.service.pid, *self.database.pids()]
        before, began = world.cpu_seconds(pids), time.monotonic()
        output = world.run("wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "30s", "-s", self.cells[cell],
                           self.service.url)
        elapsed, used = time.monotonic() - began, world.cpu_seconds(pids) - before
        requests, errors = map(int, re.search(r"^RESULT (\d+) (\d+)$", output, re.MULTILINE).groups())
        if errors or not requests:
            raise SystemExit(f"{cell}: {errors} of {requests} requests failed:\n{output}\n{self.service.tail()}")
        return requests / elapsed, used * 1e6 / requests


def compare(measured, repeats, seconds):
    for cell in measured.cells:
        measured.run(cell, WARM_UP)
    results = collections.defaultdict(list)
    for _ in range(repeats):
        for cell in measured.cells:
            results[cell].append(measured.run(cell, seconds))
    print("\n| read | requests/s | compared | from – to | CPU, µs/request | compared | from – to |\n"
          "|---|---:|---:|---:|---:|---:|---:|")
    for cell, (_, base) in CELLS.items():
        columns = []
        for index in (0, 1):
            values = [result[index] for result in results[cell]]
            ratios = [value / own[index] for value, own in zip(values, results[base])]
            columns.append(f"{statistics.median(values):,.0f} | {statistics.median(ratios):.2f} "
                           f"| {min(ratios):.2f} – {max(ratios):.2f}")
        print(f"| {cell} | {' | '.join(columns)} |", flush=True)


def peak_megabytes(pid):
    """The largest resident set of a process so far, in MB (10^6 bytes)."""
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) * 1024 / 1e6 for line in status if line.startswith("VmHWM:"))


def large(here, database, sizes):
    """Reads Aivapad's array and pages of Dooki with all that can be included, of tenants of every size."""
    print("| customers | read | s | rows/s | MB | CPU of the service, µs/row | peak RSS, MB |\n"
          "|---:|---|---:|---:|---:|---:|---:|")
    measured = Measurement(here, database, min(sizes.items())[1])
    included = "include=addresses,stats,clusters&limit=100"
    for size, tenant in sizes.items():
        for what, path, rows in (
                ("Aivapad: the array", "/api/external/v1/customers", size),
                ("Dooki: page 1", f"/v2/{tenant}/customers?{included}", 100),
                ("Dooki: the last page", f"/v2/{tenant}/customers?{included}&page={size // 100}", 100)):
            used = world.cpu_seconds([measured.service.pid])
            seconds, length = read(measured.service, here.token(tenant), path)
            used = world.cpu_seconds([measured.service.pid]) - used
            print(f"| {size:,} | {what} | {seconds:.2f} | {rows / seconds:,.0f} | {length / 1e6:,.1f} "
                  f"| {used * 1e6 / rows:.1f} | {peak_megabytes(measured.service.pid):.0f} |", flush=True)
    measured.service.kill()


def read(service, token, path):
    """Reads a response; returns its seconds and its bytes."""
    connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=300)
    began, length = time.monotonic(), 0
    connection.request("GET", path, headers={"Authorization": f"Bearer {token}"})
    response = connection.getresponse()
    while piece := response.read(PIECE):
        length += len(piece)
    connection.close()
    if response.status != 200:
        raise SystemExit(f"{path}: {response.status}")
    return time.monotonic() - began, length


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--customers", type=int, default=1_000_000, help="of the largest tenant")
    arguments.add_argument("--repeats", type=int, default=7, help="of each cell")
    arguments.add_argument("--seconds", type=int, default=4, help="of each cell")
    arguments = arguments.parse_args()
    with world.World() as here:
        database = here.database(**POSTGRESQL)
        database.migrate()
        database.psql(DROP_INDEXES)
        sizes = fill(database, arguments.customers)
        database.psql(CREATE_INDEXES)
        large(here, database, sizes)
        compare(Measurement(here, database, min(sizes.items())[1]), arguments.repeats, arguments.seconds)


if __name__ == "__main__":
    main()

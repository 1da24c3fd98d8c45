#!/usr/bin/env python3
"""Exports of lists compared with COPY, and the overview of a large tenant.

    ./mvnw package -DskipTests && bench/transfer.py [--customers 1000000] [--repeats 5] [--overviews 5]

Each export is measured directly after PostgreSQL's own `COPY … TO STDOUT` of the same rows with all columns, both by what
comes out of a connection, so that a machine whose speed changes favours neither. Needs what world.py needs, and psql.
"""

import argparse
import http.client
import os
import statistics
import subprocess
import time

import world
from run import POSTGRESQL

EXPORT = "/v1/customers/export"
OVERVIEW = "/v1/customers/analytics/overview"
TENANT = "bench"
HEAP = "256m"
PIECE = 1 << 20
KEPT = 61  # seconds after which an overview is computed anew, if nobody asks
SORTS = ("name", "email", "created_at", "updated_at", "last_call_at", "total_spent")
FILTERS = ("status=active", "search=silva", "search=gmail", "segment=dormant", "location_id=loc-00", "tag=newsletter")


def fill(database, customers):
    """Generates the customers of the largest tenant and copies some of them to smaller ones; returns all sizes."""
    with open(os.path.join(world.ROOT, "bench", "generate.sql")) as file:
        database.psql(file.read(), tenant=TENANT, customers=customers)
    sizes = {customers: TENANT}
    columns = database.psql("""SELECT string_agg(column_name, ', ') FROM information_schema.columns
        WHERE table_name = 'customer' AND is_generated = 'NEVER' AND column_name <> 'tenant_id'""").strip()
    for size in (customers // 10, customers // 100):
        sizes[size] = f"{TENANT}-{size}"
        database.psql(f"""
            INSERT INTO cluster (tenant_id, id, name, created_at, updated_at)
            SELECT '{sizes[size]}', id, name, created_at, updated_at FROM cluster WHERE tenant_id = '{TENANT}';
            INSERT INTO customer (tenant_id, {columns}) SELECT '{sizes[size]}', {columns} FROM customer
            WHERE tenant_id = '{TENANT}' ORDER BY hashtext(id::text), id LIMIT {size}""")
    database.psql("VACUUM ANALYZE")
    return dict(sorted(sizes.items()))


class Cpu:
    """The CPU time of processes since it was created, in µs for each row."""

    def __init__(self, *pids):
        self.pids, self.began = pids, world.cpu_seconds(pids)

    def per(self, rows):
        return (world.cpu_seconds(self.pids) - self.began) * 1e6 / rows


class Measurement:
    """One database and one service."""

    def __init__(self, here, database):
        self.here, self.database = here, database
        self.service = here.clientela(
            database.port, command=["java", f"-Xmx{HEAP}", "-jar", os.path.join(world.APPLICATION, "quarkus-run.jar")],
            QUARKUS_FLYWAY_MIGRATE_AT_START="false", CLIENTELA_DUPLICATES_EVERY="0S")
        self.service.wait("/q/health/ready")
        self.tokens = {}

    def get(self, tenant, path):
        """Reads a response; returns its seconds to the first byte and to the last one, and its bytes."""
        if tenant not in self.tokens:
            self.tokens[tenant] = self.here.token(tenant)
        connection = http.client.HTTPConnection("127.0.0.1", self.service.port, timeout=120)
        began = time.monotonic()
        connection.request("GET", path, headers={"Authorization": f"Bearer {self.tokens[tenant]}"})
        response = connection.getresponse()
        first, length = time.monotonic() - began, 0
        while piece := response.read(PIECE):
            length += len(piece)
        if response.status != 200:
            raise SystemExit(f"{path}: {response.status}")
        connection.close()
        return first, time.monotonic() - began, length

    def copy(self, tenant, order=""):
        """Seconds of COPY, read by psql."""
        statement = f"COPY (SELECT * FROM customer WHERE tenant_id = '{tenant}'{order}) TO STDOUT (FORMAT csv, HEADER)"
        began = time.monotonic()
        subprocess.run(["psql", "-X", "-q", "-h", "127.0.0.1", "-p", str(self.database.port), "-U", "clientela",
                        "-d", "clientela", "-c", statement], stdout=subprocess.DEVNULL, check=True)
        return time.monotonic() - began

    def compare(self, tenant, rows, path, repeats):
        """Prints the median of an export and of the COPY before it."""
        copies, exports, ratios, cpu = [], [], [], []
        self.get(tenant, path)
        for _ in range(repeats):
            copies.append(self.copy(tenant))
            used = Cpu(self.service.pid)
            _, seconds, length = self.get(tenant, path)
            cpu.append(used.per(rows))
            exports.append(seconds)
            ratios.append(copies[-1] / seconds)
        ordered = self.copy(tenant, " ORDER BY created_at, id")
        rate = lambda seconds: f"{rows / statistics.median(seconds):,.0f}"
        print(f"| {rows:,} | {path.partition('format=')[2] or 'csv'} | {rate(exports)} | {rate(copies)} "
              f"| {rate([ordered])} | {statistics.median(ratios):.2f} | {min(ratios):.2f} | {statistics.median(cpu):.1f} "
              f"| {length / 1e6:,.0f} | {world.rss_megabytes(self.service.pid):.0f} |", flush=True)


def exports(measured, sizes, repeats):
    print("| rows | format | export, rows/s | COPY, rows/s | COPY in the same order | export / COPY | lowest | CPU, µs/row "
          "| MB | RSS, MB |\n|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    largest = max(sizes)
    for _ in range(2):  # as after some minutes of use
        measured.get(sizes[largest], EXPORT)
        measured.get(sizes[largest], EXPORT + "?format=ndjson")
    for file_format in ("", "?format=ndjson"):
        for rows, tenant in sizes.items():
            measured.compare(tenant, rows, EXPORT + file_format, repeats)


def lists(measured, tenant):
    print("\n| list | first byte, s | whole file, s | MB |\n|---|---:|---:|---:|")
    for parameters in [f"sort_by={sort}" for sort in SORTS] + [
            f"{each}&sort_by={sort}" for each in FILTERS for sort in ("created_at", "total_spent")]:
        first, seconds, length = measured.get(tenant, f"{EXPORT}?{parameters}")
        print(f"| `{parameters}` | {first:.2f} | {seconds:.1f} | {length / 1e6:,.1f} |", flush=True)


def overview(measured, sizes, repeats):
    print("\n| customers | overview computed, ms: median | highest | kept, ms: median |\n|---:|---:|---:|---:|")
    computed = {rows: [] for rows in sizes}
    for _ in range(repeats + 1):
        for rows, tenant in sizes.items():
            computed[rows].append(measured.get(tenant, OVERVIEW)[1] * 1000)
        time.sleep(KEPT)
    for rows, tenant in sizes.items():
        measured.get(tenant, OVERVIEW)
        kept = [measured.get(tenant, OVERVIEW)[1] * 1000 for _ in range(200)]
        times = computed[rows][1:]  # the first one is also that of the JVM
        print(f"| {rows:,} | {statistics.median(times):.0f} | {max(times):.0f} | {statistics.median(kept):.1f} |")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--customers", type=int, default=1_000_000, help="of the largest tenant")
    arguments.add_argument("--repeats", type=int, default=5, help="of each export")
    arguments.add_argument("--overviews", type=int, default=5, help="computations of each overview, one a minute")
    arguments = arguments.parse_args()
    with world.World() as here:
        database = here.database(**POSTGRESQL)
        database.migrate()
        sizes = fill(database, arguments.customers)
        measured = Measurement(here, database)
        exports(measured, sizes, arguments.repeats)
        lists(measured, sizes[max(sizes)])
        overview(measured, sizes, arguments.overviews)


if __name__ == "__main__":
    main()

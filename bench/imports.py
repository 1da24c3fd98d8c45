#!/usr/bin/env python3
"""Imports of customers compared with COPY, and what another tenant notices of them.

    ./mvnw package -DskipTests && bench/imports.py [--rows 10000,100000]

COPY … FROM loads rows with the same values into the same table with the same indexes, directly before each import. Reads of
another tenant are measured with and without an import beside them. Needs what world.py needs, and psql.
"""

import argparse
import http.client
import json
import os
import statistics
import subprocess
import threading
import time

import world
from run import POSTGRESQL

IMPORTS = "/v1/imports"
HEAP = "256m"
READERS = 4
QUIET = 10  # seconds of reads without an import
HEADER = "external_id,name,email,phone,document,tags,notes,attributes.plan\n"


def row(i, notes):
    return f"I-{i},Person Number {i},p{i}@example.com,+5511{900000000 + i},D{i:09d},a|b,{notes} {i},plan {i % 7}\n"


def write(path, rows, notes):
    with open(path, "w") as file:
        file.write(HEADER)
        file.writelines(row(i, notes) for i in range(rows))


class Imports:
    """One database and one service."""

    def __init__(self, here, database):
        self.here, self.database = here, database
        self.service = here.clientela(
            database.port, command=["java", f"-Xmx{HEAP}", "-jar", os.path.join(world.APPLICATION, "quarkus-run.jar")],
            QUARKUS_FLYWAY_MIGRATE_AT_START="false", CLIENTELA_DUPLICATES_EVERY="0S")
        self.service.wait("/q/health/ready")

    def send(self, tenant, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.service.port, timeout=300)
        connection.request(method, path, body, {"Authorization": "Bearer " + self.here.token(tenant),
                                                "Content-Type": "text/csv"})
        response = connection.getresponse()
        answer = json.load(response)
        connection.close()
        if response.status >= 300:
            raise SystemExit(f"{path}: {response.status} {answer}")
        return answer

    def run(self, tenant, path):
        """Imports a file; returns the seconds of the upload, those of the rows, and the job."""
        began = time.monotonic()
        with open(path, "rb") as file:
            job = self.send(tenant, "POST", IMPORTS, file.read())["id"]
        uploaded = time.monotonic()
        while (state := self.send(tenant, "GET", f"{IMPORTS}/{job}"))["status"] in ("queued", "running"):
            time.sleep(0.2)
        if state["status"] != "completed" or state["failed"]:
            raise SystemExit(f"the import ended as {state}")
        return uploaded - began, time.monotonic() - uploaded, state

    def copy(self, source, path):
        """Seconds in which COPY loads a tenant's customers as those of another tenant."""
        columns = self.database.psql("""SELECT string_agg(column_name, ', ') FROM information_schema.columns
            WHERE table_name = 'customer' AND is_generated = 'NEVER' AND column_name NOT IN ('tenant_id', 'id', 'number')
            """).strip()
        self.psql(f"\\copy (SELECT 'copied', gen_random_uuid(), number + 1000000000, {columns} FROM customer "
                  f"WHERE tenant_id = '{source}') TO '{path}' (FORMAT csv)")
        began = time.monotonic()
        self.psql(f"\\copy customer (tenant_id, id, number, {columns}) FROM '{path}' (FORMAT csv)")
        seconds = time.monotonic() - began
        self.database.psql("DELETE FROM customer WHERE tenant_id = 'copied'")
        return seconds

    def psql(self, command):
        subprocess.run(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", str(self.database.port),
                        "-U", "clientela", "-d", "clientela", "-c", command], check=True)


class Reads:
    """Reads of another tenant, one after the other by each reader."""

    def __init__(self, imports, customer):
        self.imports, self.path, self.times, self.running = imports, f"/v1/customers/{customer}", [], True
        self.threads = [threading.Thread(target=self._read) for _ in range(READERS)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *failure):
        self.running = False
        for thread in self.threads:
            thread.join()

    def _read(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.imports.service.port, timeout=60)
        headers = {"Authorization": "Bearer " + self.imports.here.token("neighbour")}
        while self.running:
            began = time.monotonic()
            connection.request("GET", self.path, headers=headers)
            connection.getresponse().read()
            self.times.append(time.monotonic() - began)
            time.sleep(0.01)

    def p99(self):
        return statistics.quantiles(self.times, n=100)[98] * 1000


def measure(imports, here, rows):
    new, changed = (os.path.join(here.folder, name) for name in ("new.csv", "changed.csv"))
    write(new, rows, "note")
    write(changed, rows, "other note")
    tenant = f"import-{rows}"
    upload, created, _ = imports.run(tenant, new)
    copied = imports.copy(tenant, os.path.join(here.folder, "copy.csv"))
    _, updated, state = imports.run(tenant, changed)
    assert state["updated"] == rows, state
    print(f"| {rows:,} | {os.path.getsize(new) / 1e6 / upload:,.0f} | {rows / created:,.0f} | {rows / updated:,.0f} "
          f"| {rows / copied:,.0f} | {copied / created:.2f} | {copied / updated:.2f} "
          f"| {world.rss_megabytes(imports.service.pid):.0f} |", flush=True)


def neighbour(imports, here):
    file = os.path.join(here.folder, "neighbour.csv")
    write(file, 1, "note")
    imports.run("neighbour", file)
    customer = imports.send("neighbour", "GET", "/v1/customers")["data"][0]["id"]
    with Reads(imports, customer) as quiet:
        time.sleep(QUIET)
    write(file, 30_000, "note")
    with Reads(imports, customer) as beside:
        imports.run("large", file)
    print(f"\nReads of another tenant, p99: {quiet.p99():.1f} ms; beside an import: {beside.p99():.1f} ms")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rows", default="10000,100000", help="of each file, separated by commas")
    arguments = arguments.parse_args()
    with world.World() as here:
        database = here.database(**POSTGRESQL)
        database.migrate()
        imports = Imports(here, database)
        warm = os.path.join(here.folder, "warm.csv")
        write(warm, 20_000, "note")
        imports.run("warm", warm)  # as after some minutes of use
        print("| rows | upload, MB/s | new, rows/s | changed, rows/s | COPY, rows/s | new / COPY | changed / COPY "
              "| RSS, MB |\n|---:|---:|---:|---:|---:|---:|---:|---:|")
        for rows in arguments.rows.split(","):
            measure(imports, here, int(rows))
        neighbour(imports, here)


if __name__ == "__main__":
    main()

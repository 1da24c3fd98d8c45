"""Faults during imports: the service or its database is killed, an upload breaks off, the disk is full."""

import json
import math
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request

from arena import fault

ROWS = 30_000
IMPORTS = "/v1/imports"
ENDED = ("completed", "failed", "canceled")
# Longer than the lease of an instance that was killed.
MAX_WAIT = 300


@fault("service-killed-importing", proxied=False)
def service_killed_importing(arena):
    """kill -9 of the service during an import, three times; each time restarted at once."""
    imports = Imports(arena)
    with arena.load():
        job = imports.send(imports.file(ROWS))
        arena.may_lose_from = -math.inf
        positions = []
        for _ in range(3):
            positions.append(imports.wait_for_rows(job, (positions or [0])[-1] + 1))
            arena.service.kill_9()
            arena.service.start()
            arena.service.wait("/q/health/ready")
            arena.over()
    imports.check_whole(job, ROWS)
    arena.note(f"killed after {', '.join(map(str, positions))} of {ROWS} rows; each row was written once")


@fault("postgres-killed-importing", proxied=False)
def postgres_killed_importing(arena):
    """kill -9 of all server processes during an import, twice; each time restarted after 2 s."""
    imports = Imports(arena)
    with arena.load():
        job = imports.send(imports.file(ROWS))
        positions = []
        for _ in range(2):
            positions.append(imports.wait_for_rows(job, (positions or [0])[-1] + 1))
            arena.database.kill_9()
            time.sleep(2)
            arena.database.start()
            arena.over()
    imports.check_whole(job, ROWS)
    arena.note(f"killed after {', '.join(map(str, positions))} of {ROWS} rows; each row was written once")


@fault("upload-broken-off", proxied=False)
def upload_broken_off(arena):
    """A client hangs up in the middle of an upload, another one falls silent."""
    imports = Imports(arena)
    file = imports.file(ROWS)
    with arena.load():
        hung_up, silent = imports.begin(file), imports.begin(file)
        hung_up.close()
        time.sleep(2)
        arena.check(imports.statuses() == ["failed", "uploading"], f"after a hang-up: {imports.statuses()}")
        arena.over()
    time.sleep(35)
    arena.check(imports.statuses() == ["failed", "failed"], f"after silence: {imports.statuses()}")
    silent.close()
    written = arena.database.psql("SELECT count(*) FROM customer WHERE tenant_id = :'tenant'", tenant=imports.tenant)
    arena.check(written.strip() == "0", "something of a broken upload was imported")


@fault("disk-full-uploading", proxied=False)
def disk_full_uploading(arena):
    """The file system of the pieces is full: a tablespace of 16 MiB."""
    imports = Imports(arena)
    with arena.load(), SmallTablespace(arena.database, "import_piece"):
        status, problem = imports.try_to_send(imports.file(ROWS * 10))
        arena.check(status == 503, f"an upload to a full disk was answered with {status} {problem}")
        arena.over()
    arena.check(imports.statuses() == ["failed"], f"after a full disk: {imports.statuses()}")
    imports.check_whole(imports.send(imports.file(1000)), 1000)


class Imports:
    """Imports of a tenant of their own, whom the verification of the load does not look at."""

    def __init__(self, arena):
        self.arena, self.tenant = arena, arena.tenant + "-imports"
        self.token = arena.world.token(tenant=self.tenant)

    @staticmethod
    def file(rows):
        lines = [f"I-{i},Person {i},p{i}@example.com,note {i}" for i in range(rows)]
        return "\n".join(["external_id,name,email,notes", *lines, ""]).encode()

    def _open(self, path, body=None):
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.arena.services[-1].port}{path}", body,
            {"Authorization": "Bearer " + self.token, "Content-Type": "text/csv"})
        with urllib.request.urlopen(request, timeout=120) as response:
            return json.load(response)

    def send(self, file):
        return self._open(IMPORTS + "?mode=create", file)["id"]

    def try_to_send(self, file):
        try:
            return 202, self.send(file)
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read()[:200]

    def begin(self, file):
        """Sends half of a file and returns the open connection."""
        connection = socket.create_connection(("127.0.0.1", self.arena.services[-1].port))
        head = (f"POST {IMPORTS} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {self.token}\r\n"
                f"Content-Type: text/csv\r\nContent-Length: {len(file)}\r\n\r\n")
        connection.sendall(head.encode() + file[:len(file) // 2])
        time.sleep(1)
        return connection

    def job(self, job):
        while True:
            try:
                return self._open(f"{IMPORTS}/{job}")
            except (urllib.error.HTTPError, OSError):  # the service or its database is down
                time.sleep(0.2)

    def statuses(self):
        return sorted(job["status"] for job in self._open(IMPORTS)["data"])

    def wait_for_rows(self, job, rows):
        until = time.monotonic() + MAX_WAIT
        while time.monotonic() < until:
            state = self.job(job)
            if state["rows_read"] >= rows:
                return state["rows_read"]
            time.sleep(0.1)
        raise AssertionError(f"the import did not go on: {state}")

    def check_whole(self, job, rows):
        """Checks that each row was written once. In mode=create, a row that is written twice would be refused."""
        until = time.monotonic() + MAX_WAIT
        while (state := self.job(job))["status"] not in ENDED and time.monotonic() < until:
            time.sleep(0.5)
        self.arena.check(state["status"] == "completed", f"the import did not end: {state}")
        self.arena.check(state["created"] == rows and state["failed"] == 0,
                         f"{state['created']} of {rows} rows were created, {state['failed']} refused")
        written = self.arena.database.psql(
            "SELECT count(*), count(DISTINCT external_id) FROM customer WHERE tenant_id = :'tenant'", tenant=self.tenant)
        self.arena.check(written.strip() == f"{rows}|{rows}", f"customers: {written.strip()}")
        events = self.arena.database.psql(
            "SELECT count(*) FROM customer_event WHERE tenant_id = :'tenant' AND subject_type = 'customer'",
            tenant=self.tenant)
        self.arena.check(events.strip() == str(rows), f"events: {events.strip()}")


class SmallTablespace:
    """Moves a table to a file system of 16 MiB, and back."""

    def __init__(self, database, table):
        self.database, self.table, self.path = database, table, "/mnt/clientela-small"

    @staticmethod
    def _run(*command):
        subprocess.run(command, check=True)

    def __enter__(self):
        os.makedirs(self.path, exist_ok=True)
        self._run("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", self.path)
        self._run("chown", "postgres", self.path)
        self.database.psql(f"CREATE TABLESPACE small LOCATION '{self.path}'")
        self.database.psql(f"ALTER TABLE {self.table} SET TABLESPACE small")

    def __exit__(self, *failure):
        # TRUNCATE makes new files before it deletes the old ones.
        self._run("mount", "-o", "remount,size=64m", self.path)
        self.database.psql(f"TRUNCATE {self.table}")
        self.database.psql(f"ALTER TABLE {self.table} SET TABLESPACE pg_default")
        self.database.psql("DROP TABLESPACE small")
        self._run("umount", self.path)

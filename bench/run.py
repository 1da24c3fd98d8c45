#!/usr/bin/env python3
"""Measures the service, a Spring Boot peer and the database alone, on one machine, and writes RESULTS.md.

    bench/run.py                     everything; about 90 minutes on 2 cores
    bench/run.py --quick             everything very briefly, as a check; its figures have no meaning
    bench/run.py --report-only       writes the report again from results.json
    bench/run.py --only '^(get|create)$' --parts main --connections 64 --duration 10 --warm-up 20 --out target/bench-some

Needs the programs of world.py, and wrk, pgbench, psql, and a JDK (--jdk, JAVA_HOME or the PATH). Package the service
first (./mvnw package); the run builds the peer, and on a JDK 25 the service again for its start with an AOT cache.
Figures are saved to results.json after each cell, so that an aborted run can be reported, too.
"""

import argparse
import contextlib
import datetime
import http.client
import json
import os
import platform
import re
import shutil
import signal
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request

import limit
import people
import report
import world
from workloads import (BETWEEN_CRM, BETWEEN_KNOWN, CRM, END_OF_CRM_ID, END_OF_ID, END_OF_SOURCE, END_OF_TARGET,
                       FIRST_CRM, FIRST_KNOWN, FIRST_PAIR, KNOWN, LIST, MERGE, SENT_AREA, WORKLOADS, known_path,
                       pair, samples, wrk)

HERE = os.path.dirname(os.path.abspath(__file__))
PEER = os.path.join(HERE, "peer", "target", "peer.jar")
SUBJECTS = {"limit": "limit", "clientela": "Clientela (JVM)", "native": "Clientela (native)", "peer": "peer",
            "peer-caching": "peer (cached tokens)"}
CACHED = {"clientela-aot": "Clientela (JVM, AOT cache)", "peer-aot": "peer (AOT cache)"}
AOT_JDK = 25
# As in the deployment (k8s/base), where an init container runs the migrations.
MIGRATES_AT_START = False
POSTGRESQL = {"shared_buffers": "1GB", "maintenance_work_mem": "256MB", "max_connections": 300, "max_wal_size": "8GB",
              "checkpoint_timeout": "1h", "autovacuum": "off"}
GROWING = ("get", "list", "search", "create")
CACHING = ("get", "list", "create", "status", "patch", "upsert")
"""The workloads of the peer with cached tokens."""
CONNECTIONS, GROWTH_CONNECTIONS = 64, 16  # with repeats; by number of customers
GAIN, MAX_SLICE = 1.03, 5  # of a rate that still increases; seconds
MAX_TIME_TO_QUIET = 30  # seconds
AUTO = "auto"
CALLS_OF_A_SOURCE = 3
COMPARED = ("list", "list-count", "search", "create", "upsert", "status", "patch")
CHECKED = 87654321  # the number of the first new customer in the comparison of responses
LARGE, LARGE_WARM_UP = 10_000, 3  # calls of a large source; merges of such sources before the measured ones
# A large table is filled several times faster without its indexes.
DROP_INDEXES = """
    CREATE TABLE dropped AS SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition
        FROM pg_index WHERE indrelid = 'customer'::regclass AND NOT indisunique;
    SELECT 'DROP INDEX ' || name FROM dropped \\gexec
"""
CREATE_INDEXES = """
    SELECT definition FROM dropped \\gexec
    DROP TABLE dropped;
"""


def main():
    options = read_options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("terminated by SIGTERM"))
    results = os.path.join(options.out, "results.json")
    if not options.report_only:
        build_peer()
        with world.World() as here:
            Run(here, options, results).run_all()
    with open(results) as file:
        report.write(json.load(file), options.out)
    print("written:", os.path.relpath(os.path.join(options.out, "RESULTS.md")))


def read_options():
    numbers = lambda text: [int(word) for word in text.split(",") if word]
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="very short cells, as a check")
    parser.add_argument("--native", metavar="PATH", help="a native executable of the service to measure, too")
    parser.add_argument("--duration", type=int, metavar="SECONDS",
                        help="of each cell that is repeated (30); a sixth of it for the others")
    parser.add_argument("--repeats", type=int, metavar="N", help="of each cell with 64 connections (3)")
    parser.add_argument("--warm-up", type=int, metavar="SECONDS",
                        help="at most, of each workload of each service, until its rate is steady (30)")
    parser.add_argument("--connections", type=numbers, default=[1, 16, 64, 256], metavar="N,N", help="1,16,64,256")
    parser.add_argument("--only", default="", metavar="REGEX", help="workloads to measure: " + ", ".join(WORKLOADS))
    parser.add_argument("--parts", default="", metavar="REGEX",
                        help="parts of the run: main, caching (the peer with cached tokens), large, start, cold, growth")
    parser.add_argument("--customers", type=int, metavar="N", help="in the tenant (100000)")
    parser.add_argument("--sizes", type=numbers, metavar="N,N",
                        help="for the growth (1000,100000,1000000)")
    parser.add_argument("--pool", type=int, default=20, metavar="N", help="database connections of a service (20)")
    parser.add_argument("--heap", default="512m", metavar="SIZE", help="-Xmx of every service (512m)")
    parser.add_argument("--jdk", metavar="HOME", default=os.environ.get("JAVA_HOME"),
                        help="the JDK of both services; default JAVA_HOME, or the `java` on the PATH")
    parser.add_argument("--out", metavar="DIR", help="the folder of the results (bench/; target/bench/ if quick)")
    parser.add_argument("--report-only", action="store_true", help="only write the report again from results.json")
    options = parser.parse_args()
    brief = options.quick
    options.out = options.out or (os.path.join(world.ROOT, "target", "bench") if brief else HERE)
    options.duration = options.duration or (1 if brief else 30)
    options.others = max(1, options.duration // 6)
    options.repeats = options.repeats or (2 if brief else 3)
    options.warm_up = options.warm_up or (2 if brief else 30)
    options.cold = 6 if brief else 30
    options.starts = 2 if brief else 5
    options.large = 4 if brief else 20
    options.customers = options.customers or (2000 if brief else 100_000)
    options.sizes = options.sizes or ([1000, 4000] if brief else [1000, 100_000, 1_000_000])
    options.workloads = [name for name in WORKLOADS if re.search(options.only, name)]
    os.makedirs(options.out, exist_ok=True)
    return options


def build_peer():
    world.run(os.path.join(world.ROOT, "mvnw"), "-q", "-f", os.path.join(HERE, "peer", "pom.xml"), "package")


class Run:
    """One run of the benchmark: a database server, the services that run, and the results so far."""

    def __init__(self, here, options, results):
        self.world, self.options, self.path = here, options, results
        self.token = here.token()
        self.java = os.path.join(options.jdk, "bin", "java") if options.jdk else shutil.which("java")
        self.running = {}
        self.subjects = [name for name in SUBJECTS if name != "peer-caching" and (name != "native" or options.native)]
        heap = f"-Xmx{options.heap}"
        self.commands = {
            "clientela": [self.java, heap, "-jar", os.path.join(world.APPLICATION, "quarkus-run.jar")],
            "native": [os.path.abspath(options.native or ""), heap],
            "peer": [self.java, heap, "-jar", PEER],
            "peer-caching": [self.java, heap, "-jar", PEER],
        }
        self.database = here.database(**POSTGRESQL, **limit.LOGGING)
        self.limit = None
        self.results = {"cells": [], "large": {}, "starts": {}, "cold": {}, "memory": {}}

    def run_all(self):
        began = time.monotonic()
        self.results["setting"] = self.setting()
        self.prepare()
        for part in (self.main, self.large, self.start, self.cold, self.growth):
            if re.search(self.options.parts, part.__name__):
                part()
            self.results["setting"]["minutes"] = round((time.monotonic() - began) / 60)
            self.save()

    def save(self):
        with open(self.path + ".new", "w") as file:
            file.write(lines(self.results) + "\n")
        os.replace(self.path + ".new", self.path)

    def log(self, text):
        print(datetime.datetime.now().strftime("%H:%M:%S"), text, flush=True)

    # --- Preparation --------------------------------------------------------------------------------------------------

    def prepare(self):
        """Creates the schema, fills a database of each size, captures the statements of the limit, and checks that
        service and peer send the same responses."""
        self.log("the service migrates an empty database")
        service = self.start_subject("clientela", path=LIST, QUARKUS_FLYWAY_MIGRATE_AT_START="true")
        service.terminate()
        self.database.psql(people.table())
        self.save_template("empty")
        for size in sorted({self.options.customers, *self.sizes()}):
            self.log(f"{size} customers")
            self.fill(size)
        self.restore(self.options.customers)
        self.insert("crm")
        self.database.psql("ALTER DATABASE clientela SET log_statement = 'all'")
        # Without background work, whose statements would be in the log, too.
        service = self.start_subject("clientela", CLIENTELA_DUPLICATES_EVERY="0S", CLIENTELA_IMPORTS_EVERY="0S",
                                     CLIENTELA_WEBHOOKS_EVERY="0S")
        send = lambda *request: self.send(service, *request)
        folder = os.path.join(self.world.folder, "limit")
        os.mkdir(folder)
        self.limit = limit.Limit(self.database, folder, send)
        self.database.psql("ALTER DATABASE clientela RESET log_statement")
        names = [name for name in self.options.workloads if self.implements("limit", name)]
        self.limit.check(names, send, lambda name: self.clean(WORKLOADS[name].get("needs")))
        service.kill()
        self.results["protocols"] = {name: self.limit.protocol(name) for name in names}
        self.check_responses()
        if re.search(self.options.parts, "start") or re.search(self.options.parts, "cold"):
            self.record_caches()

    def sizes(self):
        return self.options.sizes if re.search(self.options.parts, "growth") else []

    def save_template(self, name):
        """Saves the current database as a template that `restore` copies."""
        self.database.psql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'clientela'",
                           database="postgres")
        self.database.psql(f'ALTER DATABASE clientela RENAME TO "template-{name}"', database="postgres")

    def restore(self, name):
        self.database.psql("DROP DATABASE IF EXISTS clientela WITH (FORCE)", database="postgres")
        self.database.psql(f'CREATE DATABASE clientela TEMPLATE "template-{name}" STRATEGY file_copy',
                           database="postgres")
        self.database.psql("CHECKPOINT")
        self.last_number = self.database.psql("SELECT coalesce(max(number), 0) FROM customer").strip()

    def fill(self, size):
        self.restore("empty")
        self.database.psql(DROP_INDEXES)
        self.database.psql(read(os.path.join(HERE, "generate.sql")), tenant="bench", customers=size)
        self.database.psql(CREATE_INDEXES)
        self.database.psql(f"""
            UPDATE customer SET id = known, status = 'active', notes = NULL, version = 1
            FROM (SELECT id AS old, row_number() OVER (ORDER BY id) - 1 AS ordinal FROM customer
                  WHERE tenant_id = 'bench') AS every,
                LATERAL (SELECT
                    ('0' || {FIRST_KNOWN} + ordinal / {size // KNOWN} * {BETWEEN_KNOWN} || '{END_OF_ID}')::uuid AS known
                ) AS made
            WHERE tenant_id = 'bench' AND id = old AND ordinal % {size // KNOWN} = 0
                AND ordinal < {size // KNOWN * KNOWN};
            VACUUM ANALYZE customer;""")
        self.save_template(size)

    def check_responses(self):
        """Ends the run unless all services send the same responses."""
        self.log("comparing the responses of all services")
        requests = [("GET", known_path(place), None) for place in range(0, KNOWN, KNOWN // 20)]
        requests += [("GET", LIST + "?count=none&page=3&page_size=50", None)]
        requests += [sample(0, number) for number, name in enumerate(COMPARED, CHECKED) for sample in samples(name)]
        responses = {}
        for subject in self.subjects[1:]:
            self.restore(self.options.customers)
            self.insert("crm")
            service = self.start_subject(subject)
            responses[subject] = [comparable(request[0], self.send(service, *request)) for request in requests]
            service.kill()
        for subject, actual in responses.items():
            for request, expected, response in zip(requests, responses["clientela"], actual):
                if response != expected:
                    raise SystemExit(f"{subject} and clientela respond differently to {request[:2]}:\n"
                                     f"{differing(expected, response)}")
        self.results["setting"]["compared"] = len(requests)

    def send(self, service, method, path, body=None):
        request = urllib.request.Request(service.url + path, data=body.encode() if body else None, method=method)
        request.add_header("Authorization", f"Bearer {self.token}")
        request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return json.load(response)
        except urllib.error.HTTPError as rejected:
            raise SystemExit(f"{service.name} responds to {method} {path} with {rejected.code}:\n"
                             + rejected.read().decode() + "\n" + service.tail()) from rejected

    def record_caches(self):
        """Records AOT caches of service and peer, if the JDK supports them. The service's cache is recorded as for its
        image (Dockerfile.jvm): from the packaging that the JVM can cache, trained by the same script; the peer's as in
        Spring Boot's manual."""
        if java_version(self.java) < AOT_JDK:
            self.log(f"starts with an AOT cache are skipped: they need JDK {AOT_JDK}")
            return
        self.log("records AOT caches")
        home = os.path.dirname(os.path.dirname(os.path.realpath(self.java)))
        path = os.path.join(home, "bin") + os.pathsep + os.environ["PATH"]
        environment = {**os.environ, "JAVA_HOME": home, "PATH": path, "PG_BIN": self.database.bin}
        source = os.path.join(self.world.folder, "aot")
        shutil.copytree(os.path.join(world.ROOT, "src", "main"), os.path.join(source, "src", "main"))
        shutil.copytree(os.path.join(world.ROOT, ".mvn"), os.path.join(source, ".mvn"))
        for name in ("mvnw", "pom.xml"):
            shutil.copy(os.path.join(world.ROOT, name), source)
        world.run("./mvnw", "-q", "package", "-DskipTests", "-Dquarkus.package.jar.type=aot-jar", cwd=source,
                  env=environment)
        folder = os.path.join(source, "target", "quarkus-app")
        world.run("bash", os.path.join(source, "src", "main", "docker", "train.sh"), cwd=folder, env=environment)
        self.commands["clientela-aot"] = self.cached(folder, "app.aot", "quarkus-run.jar")

        folder = os.path.join(self.world.folder, "peer-aot")
        world.run(self.java, "-Djarmode=tools", "-jar", PEER, "extract", "--destination", folder)
        world.run(self.java, "-XX:+UseG1GC", "-XX:AOTCacheOutput=peer.aot", "-Dspring.context.exit=onRefresh", "-jar",
                  "peer.jar", cwd=folder, env={**environment, **self.peer_settings(world.free_port())})
        self.commands["peer-aot"] = self.cached(folder, "peer.aot", "peer.jar")

    def cached(self, folder, cache, jar):
        """The command that runs a jar with its cache, and fails if the cache does not match: it contains the paths of
        jars as given when it was recorded, so the command runs in the same folder."""
        return ["sh", "-c", 'cd "$0" && exec "$@"', folder, self.java, "-XX:+UseG1GC", f"-Xmx{self.options.heap}",
                "-XX:AOTMode=on", f"-XX:AOTCache={cache}", "-jar", jar]

    # --- Subjects -----------------------------------------------------------------------------------------------------

    def start_subject(self, subject, plan=AUTO, path=known_path(0), **settings):
        """Starts a service on the current database, and waits until it responds."""
        if subject.startswith("peer"):
            port = world.free_port()
            service = self.world.service(subject, self.commands[subject],
                                         {**self.peer_settings(port, plan), **settings,
                                          "PEER_REMEMBER_TOKENS": str(subject == "peer-caching").lower()})
            service.port = port
        else:
            service = self.world.clientela(self.database.port, self.commands[subject], subject,
                                           **{"QUARKUS_DATASOURCE_REACTIVE_MAX_SIZE": str(self.options.pool),
                                              "QUARKUS_FLYWAY_MIGRATE_AT_START": str(MIGRATES_AT_START).lower(),
                                              **settings})
        service.first_answer = service.wait(path, self.token)
        return service

    def peer_settings(self, port, plan=AUTO):
        return {"SERVER_PORT": str(port),
                "SPRING_R2DBC_URL": f"r2dbc:postgresql://127.0.0.1:{self.database.port}/clientela",
                "SPRING_R2DBC_USERNAME": "clientela", "SPRING_R2DBC_PASSWORD": "clientela",
                "SPRING_R2DBC_POOL_MAX_SIZE": str(self.options.pool),
                "SPRING_R2DBC_PROPERTIES_OPTIONS": f"plan_cache_mode={plan}",
                "PEER_PUBLIC_KEY": "file:" + self.world.public_key, "PEER_ISSUER": world.ISSUER}

    def clean(self, needs=None, pairs=0):
        """Deletes the rows that requests wrote, and inserts those of the SQL file that is needed."""
        self.quiet()
        # One table after the other: the background comparison may be writing to them in another order.
        self.database.psql("""
            TRUNCATE duplicate_key;
            TRUNCATE duplicate_pair;
            TRUNCATE customer_event;
            TRUNCATE merge, customer_alias, merged_customer;
            DELETE FROM customer WHERE tenant_id = 'bench' AND number > :last;
            UPDATE customer SET status = 'active', notes = NULL, version = 1
                WHERE tenant_id = 'bench' AND version > 1 AND id IN (
                    SELECT ('0' || :first + place * :between || :'end')::uuid
                    FROM generate_series(0::bigint, :known - 1) AS place);""",
                           last=self.last_number, first=FIRST_KNOWN, between=BETWEEN_KNOWN, end=END_OF_ID, known=KNOWN)
        if needs:
            self.insert(needs, pairs)
        self.database.psql("VACUUM ANALYZE customer, customer_call, customer_order, customer_address; CHECKPOINT;")

    def insert(self, what, pairs=0, calls=CALLS_OF_A_SOURCE):
        """Inserts the customers of the CRM, or pairs to be merged whose sources have that many calls."""
        values = {"crm": {"customers": CRM, "first": FIRST_CRM, "between": BETWEEN_CRM, "end": END_OF_CRM_ID,
                          "area": SENT_AREA, "people": people.PEOPLE},
                  "pairs": {"pairs": pairs, "first": FIRST_PAIR, "target": END_OF_TARGET, "source": END_OF_SOURCE,
                            "calls": calls}}[what]
        self.database.psql(read(os.path.join(HERE, what + ".sql")), **values)

    # --- Parts of the run ---------------------------------------------------------------------------------------------

    def main(self):
        """All workloads with all numbers of connections. The subjects take turns, so that all of them meet a machine whose
        speed changes; the services that wait are stopped."""
        self.restore(self.options.customers)
        caching = ["peer-caching"] if re.search(self.options.parts, "caching") else []
        for name in self.options.workloads:
            subjects = [subject for subject in self.subjects + caching if self.implements(subject, name)]
            self.log(name)
            for subject in subjects:
                with self.awake(subject, name) as service:
                    self.warm_up(subject, service, name, self.options.warm_up)
            for connections in WORKLOADS[name].get("connections", self.options.connections):
                repeated = connections in self.repeated(name)
                for repeat in range(self.options.repeats if repeated else 1):
                    for subject in subjects:
                        if subject not in caching or repeated and repeat == 0:
                            with self.awake(subject, name) as service:
                                self.cell("main", subject, service, name, connections, self.options.customers,
                                          self.options.duration if repeated else self.options.others)
        for (subject, plan), service in self.running.items():
            if plan == AUTO:
                self.results["memory"][subject] = world.rss_megabytes(service.pid)
        self.end_all()

    def repeated(self, name):
        """The numbers of connections with which a workload is measured longer and several times."""
        given = self.options.connections
        return WORKLOADS[name].get("connections", [CONNECTIONS if CONNECTIONS in given else max(given)])

    def growth(self):
        """Some workloads with other numbers of customers; that of the main part is not measured again."""
        named = [name for name in GROWING if name in self.options.workloads]
        known = self.options.customers if GROWTH_CONNECTIONS in self.options.connections and re.search(
            self.options.parts, "main") else None
        for size in self.options.sizes:
            if size == known:
                continue
            for subject in self.subjects:
                if subject == "native":
                    continue
                self.log(f"{subject}: {size} customers")
                self.restore(size)
                for name in named:
                    with self.awake(subject, name) as service:
                        self.warm_up(subject, service, name, self.options.warm_up // 3)
                        self.cell("growth", subject, service, name, GROWTH_CONNECTIONS, size, self.options.others)
                self.end_all()

    def large(self):
        """Merges and their undos of customers with many calls, one after the other."""
        if "merge" not in self.options.workloads:
            return
        for subject in self.subjects:
            if subject not in WORKLOADS["merge"]["only"]:
                continue
            self.log(f"{subject}: merges with {LARGE} calls")
            self.restore(self.options.customers)
            with self.awake(subject, "merge") as service:
                self.warm_up(subject, service, "merge", self.options.warm_up)
                self.clean()
                self.insert("pairs", LARGE_WARM_UP + self.options.large, LARGE)
                self.database.psql("VACUUM ANALYZE customer, customer_call; CHECKPOINT;")
                self.results["large"][subject] = self.large_merges(service)
            self.end_all()

    def large_merges(self, service):
        """Seconds of each merge, and of each undo."""
        connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=60)
        result = {"merge": [], "undo": []}

        def timed(kind, path, body=None):
            began = time.monotonic()
            connection.request("POST", path, json.dumps(body) if body else None,
                               {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"})
            response = connection.getresponse()
            text = response.read()
            result[kind].append(time.monotonic() - began)
            if response.status != 200:
                raise SystemExit(f"{service.name} responds to {path} with {response.status}:\n{text.decode()}")
            return json.loads(text)

        for index in range(LARGE_WARM_UP + self.options.large):
            target, source = pair(index)
            merged = timed("merge", MERGE, {"target_id": target, "source_ids": [source]})
            undone = timed("undo", f"/v1/merges/{merged['merge_id']}/undo")
            if merged["call_count"] != LARGE + 1 or undone["moved"]["calls"] != LARGE:
                raise SystemExit(f"{service.name} has merged wrongly:\n{merged}\n{undone}")
        return {kind: seconds[LARGE_WARM_UP:] for kind, seconds in result.items()}

    @staticmethod
    def implements(subject, name):
        if subject == "peer-caching":
            return name in CACHING
        return subject in WORKLOADS[name].get("only", [subject])

    def services(self):
        """All subjects that are processes, with their AOT caches if there are any."""
        return [*self.subjects[1:], *(name for name in CACHED if name in self.commands)]

    def start(self):
        """Time from the start of the process to the first response to GET /v1/customers/{id}."""
        self.restore(self.options.customers)
        for subject in self.services():
            self.log(f"{subject}: starts")
            result = []
            for _ in range(self.options.starts):
                service = self.start_subject(subject)
                time.sleep(1)
                result.append({"seconds": service.first_answer, "rss": world.rss_megabytes(service.pid)})
                service.kill()
            self.results["starts"][subject] = result
            self.save()

    def cold(self):
        """Requests served in each second after a start."""
        for subject in self.services():
            self.log(f"{subject}: cold")
            self.restore(self.options.customers)
            service = self.start_subject(subject)
            result = wrk(self.world.folder, service.url, "get", self.token, CONNECTIONS, self.options.cold,
                        per_second=True)
            seconds = sorted((int(second), count) for second, count in result["per_second"].items())
            # The first and the last second are incomplete.
            rates = [count for _, count in seconds][1:-1]
            peak = max(statistics.mean(rates[i:i + 3]) for i in range(max(1, len(rates) - 2)))
            reached = next(i for i, rate in enumerate(rates) if rate >= 0.9 * peak)
            self.results["cold"][subject] = {"first_answer": service.first_answer, "rates": rates, "peak": peak,
                                             "reached": service.first_answer + 1 + reached}
            service.kill()
            self.save()

    # --- One cell -----------------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def awake(self, subject, name):
        """The service of a subject with the settings for a workload, started or continued, then stopped again without
        ending it: it would use CPU and compare customers while others are measured. None for the limit."""
        if subject == "limit":
            yield None
            return
        plan = WORKLOADS[name].get("plan", AUTO) if subject.startswith("peer") else AUTO
        service = self.running.get((subject, plan))
        if service:
            os.kill(service.pid, signal.SIGCONT)
        else:
            service = self.running[subject, plan] = self.start_subject(subject, plan)
        yield service
        self.quiet()
        os.kill(service.pid, signal.SIGSTOP)

    def end_all(self):
        for service in self.running.values():
            service.kill()
        self.running.clear()
        self.save()

    def warm_up(self, subject, service, name, seconds):
        """Runs a workload until two consecutive slices are less than 3 % faster than the best before, or the time is
        over. The limit's connections have nothing to compile."""
        part = max(1, min(MAX_SLICE, seconds // 3))
        best, without_gain, until = 0.0, 0, time.monotonic() + seconds
        while service and without_gain < 2 and time.monotonic() < until:
            self.restore_rows(name, part)
            result = wrk(self.world.folder, service.url, name, self.token, self.repeated(name)[-1], part)
            rate = result["requests"] / result["seconds"]
            without_gain = 0 if rate > GAIN * best else without_gain + 1
            best = max(best, rate)

    def restore_rows(self, name, seconds):
        """Deletes the rows that requests wrote, and inserts those that a workload needs; returns the number of pairs."""
        workload = WORKLOADS[name]
        pairs = workload.get("uses", 0) * (seconds + 1)
        if workload.get("writes"):
            self.clean(workload.get("needs"), pairs)
        return pairs

    def quiet(self):
        """Waits for requests of disconnected callers and for the background comparison, which would still write; it has
        nothing more to compare."""
        self.database.psql("UPDATE event_cursor SET transaction_id = pg_current_xact_id()")
        calm, until = 0, time.monotonic() + MAX_TIME_TO_QUIET
        while calm < 3 and time.monotonic() < until:
            # A transaction that has been idle for a second was abandoned by the peer.
            busy = self.database.psql("""
                SELECT count(*) FROM pg_stat_activity
                WHERE datname = 'clientela' AND pid <> pg_backend_pid()
                    AND (state = 'active' OR state <> 'idle' AND state_change > now() - interval '1 s')""").strip()
            calm = calm + 1 if busy == "0" else 0
            time.sleep(0.1)

    def cell(self, kind, subject, service, name, connections, size, seconds):
        workload, marks = WORKLOADS[name], []
        mark = lambda: marks.append(self.cpu(service))
        if service:
            # The service has waited since its last cell: it has to open its database connections again.
            if "uses" in workload:
                self.restore_rows(name, 1)
            wrk(self.world.folder, service.url, name, self.token, connections, 1)
        pairs = self.restore_rows(name, seconds)
        if service:
            mark()
            result = wrk(self.world.folder, service.url, name, self.token, connections, seconds)
        else:
            result = self.limit.run(name, connections, seconds, mark)
            time.sleep(0.2)
        mark()
        if pairs and result["requests"] > pairs:
            raise SystemExit(f"{subject} has used all {pairs} pairs of {name}: increase `uses` in workloads.py")
        before, after = marks
        del result["per_second"], result["codes"]
        result["requests"] *= workload.get("customers", 1)
        if "customers" in workload:
            self.require_events(name, result["requests"])
        result.update(kind=kind, subject=subject, workload=name, connections=connections, customers=size,
                     rate=result["requests"] / result["seconds"], service_cpu=after[0] - before[0],
                     database_cpu=after[1] - before[1])
        if result["refused"] and service:
            self.restore_rows(name, 1)
            again = wrk(self.world.folder, service.url, name, self.token, connections, 1, with_codes=True)
            result["codes"] = again["codes"]
        self.results["cells"].append(result)
        self.save()
        self.log(f"  {subject:10} {name:10} {connections:4} connections {result['rate']:9.1f}/s"
                 f"  p50 {result['p50']:.1f} ms  p99 {result['p99']:.1f} ms"
                 + (f"  rejected {result['refused']}" if result["refused"] else ""))

    def require_events(self, name, count):
        """Ends the run if the customers of a workload were not all written."""
        written = int(self.database.psql("SELECT count(*) FROM customer_event"))
        if written < count:
            raise SystemExit(f"{name} has changed {written} of {count} customers")

    def cpu(self, service):
        return (world.cpu_seconds([service.pid]) if service else 0.0), database_cpu(self.database)

    # --- Environment --------------------------------------------------------------------------------------------------

    def setting(self):
        options = self.options
        model = re.search(r"model name\s*: (.*)", read("/proc/cpuinfo"))
        memory = int(re.search(r"MemTotal:\s*(\d+)", read("/proc/meminfo")).group(1)) * 1024 / 1e9
        java = subprocess.run([self.java, "-version"], stderr=subprocess.PIPE, text=True).stderr.splitlines()
        pom = read(os.path.join(HERE, "peer", "pom.xml"))
        return {
            "date": datetime.date.today().isoformat(), "quick": options.quick,
            "command": "bench/run.py " + " ".join(shown(word) for word in sys.argv[1:]),
            "cpu": model.group(1) if model else platform.machine(), "cores": len(os.sched_getaffinity(0)),
            "memory_gb": round(memory), "kernel": platform.release(), "java": java[1] if len(java) > 1 else java[0],
            "postgresql": self.database.psql("SHOW server_version").strip(),
            "wrk": version("wrk", "-v"), "commit": commit(),
            "spring_boot": re.search(r"spring-boot-starter-parent</artifactId>\s*<version>([^<]*)", pom).group(1),
            "labels": {**SUBJECTS, **CACHED},
            "titles": {name: WORKLOADS[name]["title"] for name in options.workloads},
            "settings": {**POSTGRESQL, "synchronous_commit": self.database.psql("SHOW synchronous_commit").strip(),
                         "fsync": self.database.psql("SHOW fsync").strip()},
            "growth_connections": GROWTH_CONNECTIONS, "duration": options.duration, "others": options.others,
            "repeats": options.repeats, "warm_up": options.warm_up,
            "customers": options.customers, "migrates_at_start": MIGRATES_AT_START,
            "large": LARGE, "calls_of_a_source": CALLS_OF_A_SOURCE,
            "connections": options.connections, "sizes": options.sizes, "pool": options.pool, "heap": options.heap,
        }


def database_cpu(database):
    """User and system time of a server so far: of its processes, and of ended ones, which the postmaster has
    inherited."""
    with open(f"/proc/{database.pid}/stat") as stat:
        inherited = sum(int(ticks) for ticks in stat.read().rsplit(") ", 1)[1].split()[13:15]) / world.TICKS
    return world.cpu_seconds(database.pids()) + inherited


def comparable(method, response):
    """A response without the fields that differ between services: cursors and segments, which the peer does not have,
    and values that are generated for each customer or change."""
    customer, generated = response, ()
    for each in response["data"] if "data" in response else [response.get("customer", response)]:
        each.pop("segment", None)
    if "data" in response:
        response["meta"].pop("next_cursor", None)
    elif method != "GET":
        customer = response.get("customer", response)
        is_new = customer["version"] == 1
        generated = ("id", "number", "created_at", "updated_at") if is_new else ("updated_at",)
    for field in generated:
        customer.pop(field)
    return response


def differing(expected, response):
    fields = [field for field in {**expected, **response} if expected.get(field) != response.get(field)]
    return {field: (expected.get(field), response.get(field)) for field in fields}


def lines(results):
    """The results as JSON, with a line for each cell."""
    def compact(value):
        return json.dumps(rounded(value), ensure_ascii=False)

    def member(key, value):
        inner = "[\n  " + ",\n  ".join(map(compact, value)) + "\n ]" if key == "cells" else compact(value)
        return f'"{key}": {inner}'

    return "{\n " + ",\n ".join(member(*each) for each in results.items()) + "\n}"


def rounded(value):
    if isinstance(value, dict):
        return {key: rounded(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [rounded(inner) for inner in value]
    return float(f"{value:.4g}") if isinstance(value, float) else value


def shown(word):
    """A word of the command line, without the paths of this machine."""
    return os.path.basename(word.rstrip("/")) if os.path.isabs(word) else word


def read(path):
    with open(path) as file:
        return file.read()


def java_version(java):
    """The major version of a JDK."""
    text = subprocess.run([java, "-version"], stderr=subprocess.PIPE, text=True).stderr
    return int(re.search(r'version "(\d+)', text).group(1))


def version(*command):
    text = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True).stdout
    return re.search(r"\d+\.[\d.]*\d", text).group(0)


def commit():
    if not shutil.which("git"):
        return "unknown"
    described = subprocess.run(["git", "-C", world.ROOT, "describe", "--always", "--dirty"], stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, text=True).stdout.strip()
    return described or "unknown"


if __name__ == "__main__":
    main()

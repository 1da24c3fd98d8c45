"""The limit: the rate at which PostgreSQL alone executes the statements that the service sends.

The service runs once with every statement logged, and receives the sample of each workload. The logged statements become
scripts of pgbench, which replays them as prepared statements, from as many connections as there are callers. The text of
a statement is not changed; only its parameters $1, $2, ... become variables of pgbench. A workload with a statement that
the service does not prepare is sent by pgbench's extended protocol instead, which prepares none.

- The id of the known customer becomes a random one of the known ids, computed from a number by a constant expression;
  so do the id and the identifiers of a customer that the CRM has sent before.
- New ids, identifiers and the number of a new customer are generated or read each time.
- Locks on identifiers are random ones, as many as the service has, acquired in one order.
- Timestamps become clock_timestamp().
- In an UPDATE, which sets every column, unchanged columns are set to themselves, because pgbench cannot store the nulls
  of a row that it read; the version comes from that row, as in the service.
- All other values are those that were logged.
"""

import glob
import json
import os
import re
import subprocess
import time

from workloads import (BETWEEN_KNOWN, CRM_CUSTOMER, END_OF_CRM_ID, END_OF_ID, FIRST_KNOWN, KNOWN, NEW_AREA,
                       NEW_CUSTOMER, SENT_AREA, STAGES, WORKLOADS, children_cpu, dashed, filled, known_id, samples)

LOG_FOLDER = "statements"
LOGGING = {"logging_collector": "on", "log_destination": "jsonlog", "log_directory": LOG_FOLDER,
           "log_filename": "postgresql"}
"""Settings that the server needs from its start."""

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
EXECUTED = re.compile(r"(?:execute ([^:]*)|statement): (.*)", re.DOTALL)
PARAMETER = re.compile(r"\$(\d+) = (NULL|'(?:[^']|'')*')")

ARRAY = re.compile(r'\{"?([^",{}]*)"?\}')
LOCKS = re.compile(r'\{("identifier\n\w+\n\d+",?)+\}')

KNOWN_ID = f"('0' || :known::text || '{END_OF_ID}')::uuid"
NEW_ID = f"('02' || lpad(:serial::text, 18, '0') || '700080000000')::uuid"
NEW_EMAIL = "('bench-' || :serial::text || '@example.com')"
SET_KNOWN = f"\\set known {FIRST_KNOWN} + random(0, {KNOWN - 1}) * {BETWEEN_KNOWN}"
# Increases with each transaction and is unique across clients and runs.
SET_SERIAL = "\\set step :step + 1\n\\set serial :step * 1000 + :client_id"
LOCKS_OF_A_TENANT, LOCKS_OF_A_CUSTOMER = 2048, 3
SET_LOCKS = [f"\\set lock{i} random({LOCKS_OF_A_TENANT * i // LOCKS_OF_A_CUSTOMER},"
             f" {LOCKS_OF_A_TENANT * (i + 1) // LOCKS_OF_A_CUSTOMER - 1})" for i in range(LOCKS_OF_A_CUSTOMER)]
LOCK_NAMES = "array[" + ", ".join(
    f"'identifier' || chr(10) || 'bench' || chr(10) || :lock{i}::text" for i in range(LOCKS_OF_A_CUSTOMER)) + "]"
TOGGLED = "case {0} when '{1}' then '{2}' else '{1}' end"
CHANGED = {"status": {"status": TOGGLED.format("status", "active", "inactive")},
           "upsert": {"attributes": TOGGLED.format("attributes", *(f'{{"crm_stage":"{stage}"}}' for stage in STAGES))}}
"""The columns that the updates of a workload change."""
NEXT_VERSION = ":row_version::bigint + 1"
TIMESTAMPS = ("created_at", "updated_at", "at")


def _identifiers():
    """For each identifier of a CRM customer in the log: its pattern, and the expression that replaces it."""
    for area, of, number in ((SENT_AREA, str(FIRST_KNOWN), ":known::text"), (NEW_AREA, None, ":serial::text")):
        external_id, email = (CRM_CUSTOMER[field].split("{n}") for field in ("external_id", "email"))
        named = of or r"[\w-]+"
        yield re.escape(external_id[0]) + named, f"('{external_id[0]}' || {number})"
        yield re.escape(email[0]) + named + re.escape(email[1]), f"('{email[0]}' || {number} || '{email[1]}')"
        for phone in (f"({area}) 9", f"+55{area}9"):
            yield re.escape(phone) + r"\d{8}", f"('{phone}' || right({number}, 8))"
    yield re.escape(NEW_CUSTOMER["email"].split("{")[0]) + ".*", NEW_EMAIL


IDENTIFIERS = [(re.compile(pattern), expression) for pattern, expression in _identifiers()]
CRM_ID = dashed(f"0{FIRST_KNOWN}{END_OF_CRM_ID}")
KNOWN_IDS = {known_id(0): KNOWN_ID, CRM_ID: KNOWN_ID.replace(END_OF_ID, END_OF_CRM_ID)}


class Statement:
    """A logged statement: its text with $1, $2, ..., their values as text or None, and whether it was prepared."""

    def __init__(self, sql, values, prepared):
        self.sql, self.values, self.prepared = sql, values, prepared


def capture(database, send):
    """The statements that the service sends for the samples of each workload: lists of statements by workload, in the
    order of samples(). `send(method, path, body)` sends a request to the service."""
    log = os.path.join(database.data, LOG_FOLDER, "postgresql.json")
    number, captured = 0, {}
    for name, workload in WORKLOADS.items():
        if not workload.get("sample"):
            continue
        captured[name] = []
        for sample in samples(name):
            number += 1
            time.sleep(0.3)
            start = os.path.getsize(log)
            send(*filled(sample, 0, f"capture-{number}"))
            time.sleep(0.3)
            captured[name].append(_statements(log, start, name))
    return captured


def _statements(log, start, name):
    with open(log, "rb") as file:
        file.seek(start)
        entries = [json.loads(line) for line in file.read().decode().splitlines()]
    entries = [entry for entry in entries if entry.get("application_name") == "clientela"
               and EXECUTED.fullmatch(entry["message"])]
    if not entries or len({entry["pid"] for entry in entries}) != 1:
        raise SystemExit(f"The log has statements of other connections beside those of {name}: run it again.")
    statements = []
    for entry in entries:
        values = PARAMETER.findall(entry.get("detail") or "")
        name, sql = EXECUTED.fullmatch(entry["message"]).groups()
        statements.append(Statement(sql, [None if value == "NULL" else value[1:-1].replace("''", "'")
                                          for _, value in values], name != "<unnamed>"))
    return statements


class Limit:
    """pgbench scripts built from the captured statements, and their runs."""

    def __init__(self, database, folder, captured):
        self.database, self.folder, self.variables = database, folder, {}
        self.scripts, self.protocols = {}, {}
        for name, requests in captured.items():
            self.scripts[name] = []
            prepared = all(each.prepared for statements in requests for each in statements)
            self.protocols[name] = "prepared" if prepared else "extended"
            for statements in requests:
                path = os.path.join(folder, f"{name}-{len(self.scripts[name])}.sql")
                with open(path, "w") as file:
                    file.write(self._script(statements, CHANGED.get(name, {})))
                self.scripts[name].append(path)

    def _script(self, statements, changed):
        rewritten = [self._rewritten(each, changed) for each in statements]
        lines, text = [], "\n".join(rewritten)
        lines += [SET_KNOWN] if ":known" in text else []
        lines += [SET_SERIAL] if ":serial" in text else []
        lines += SET_LOCKS if ":lock0" in text else []
        needed = re.findall(r":row_(\w+)", text)
        for statement, sql in zip(statements, rewritten):
            columns = statement.sql.split(" from ")[0] if statement.sql.lower().startswith("select") else ""
            lines.append(sql + (" \\gset row_" if any(column in columns for column in needed) else ";"))
        return "\n".join(lines) + "\n"

    def _rewritten(self, statement, changed):
        columns = _parameter_columns(statement.sql)
        changing = {"version": NEXT_VERSION, "updated_at": "clock_timestamp()", **changed}

        def expression(match):
            index = int(match.group(1))
            value, (kind, table, column) = statement.values[index - 1], columns.get(index, ("", "", ""))
            if kind == "set":
                return changing.get(column, column)
            if value is None:
                # pgbench sends null for an undefined variable.
                return ":nothing"
            if value in KNOWN_IDS:
                return KNOWN_IDS[value]
            if column in ("id", "customer_id") and UUID.fullmatch(value):
                return NEW_ID
            if LOCKS.fullmatch(value):
                return LOCK_NAMES
            array = ARRAY.fullmatch(value)
            for pattern, identifier in IDENTIFIERS:
                if pattern.fullmatch(array.group(1) if array else value):
                    return f"array[{identifier}]" if array else identifier
            if column in TIMESTAMPS:
                return "clock_timestamp()"
            if column == "number":
                return ":row_nextval"
            if kind == "where" and column == "version":
                return ":row_version"
            if column == "customer_version" and value != "1":
                return NEXT_VERSION
            return ":" + self._variable(value)

        return re.sub(r"\$(\d+)", expression, statement.sql)

    def _variable(self, value):
        return self.variables.setdefault(value, f"value{len(self.variables)}")

    def protocol(self, name):
        """The protocol of a workload: pgbench has one for all statements of a run."""
        return max((self.protocols[part] for part, _ in _parts(name)), key=["prepared", "extended"].index)

    def _files(self, name):
        return [argument for part, weight in _parts(name) for path in self.scripts[part]
                for argument in ("-f", f"{path}@{weight}")]

    def run(self, name, connections, seconds, begin=lambda: None):
        """Runs pgbench; the figures have the names of wrk's.

        It is not measured during a ramp, in which every connection prepares and plans its statements, as those of a
        warm service have done; `begin` is called at the end of the ramp.
        """
        ramp = 1 + connections // 64
        logs = os.path.join(self.folder, "pgbench-log")
        for path in glob.glob(logs + "*"):
            os.remove(path)
        command = ["pgbench", "-n", "-M", self.protocol(name), "-c", str(connections), "-j", "1",
                   "-T", str(ramp + seconds), "-l", "--log-prefix", logs,
                   "-h", "127.0.0.1", "-p", str(self.database.port), "-U", "clientela",
                   "-D", f"step={int(time.time()) * 100_000}"]
        for value, variable in self.variables.items():
            command += ["-D", f"{variable}={value}"]
        before = children_cpu()
        process = subprocess.Popen(command + self._files(name) + ["clientela"], stdout=subprocess.PIPE,
                                   stderr=subprocess.STDOUT, text=True, cwd=self.folder)
        time.sleep(ramp)
        began = time.time()
        begin()
        output = process.communicate()[0]
        failed = re.search(r"^number of failed transactions: (\d+)", output, re.MULTILINE)
        if process.returncode != 0:
            raise SystemExit(f"pgbench failed:\n{output}")
        times, ended = [], began
        for path in glob.glob(logs + "*"):
            with open(path) as file:
                for _, _, microseconds, _, second, fraction in map(str.split, file):
                    at = int(second) + int(fraction) / 1e6
                    if at >= began and microseconds != "failed":
                        times.append(int(microseconds))
                        ended = max(ended, at)
        if not times:
            raise SystemExit(f"pgbench completed no transaction after the ramp:\n{output}")
        times.sort()
        return {"requests": len(times), "seconds": ended - began, "p50": times[len(times) // 2] / 1e3,
                "p99": times[len(times) * 99 // 100] / 1e3, "refused": int(failed.group(1)) if failed else 0,
                "broken": 0, "codes": {}, "per_second": {},
                "cpu": (children_cpu() - before) * seconds / (ramp + seconds)}

    def check_plans(self, captured):
        """Ends the run if a rewritten statement has another plan than the captured one."""
        for name, requests in captured.items():
            for statement in (each for statements in requests for each in statements if each.values):
                captured_plan = self._plan(statement.sql, statement.values)
                sql, values = self._numbered(self._rewritten(statement, CHANGED.get(name, {})))
                if captured_plan != self._plan(sql, values):
                    raise SystemExit(f"The limit of {name} has another plan than the service:\n{captured_plan}")

    def _numbered(self, sql):
        """A rewritten statement and its values as pgbench sends it: variables become parameters again."""
        texts = {variable: value for value, variable in self.variables.items()}
        texts.update(known=str(FIRST_KNOWN), serial="1000", row_nextval="999999999", row_version="1",
                     lock0="0", lock1="1", lock2="2")
        values = []

        def parameter(match):
            values.append(texts.get(match.group(1)))
            return f"${len(values)}"

        return re.sub(r"(?<!:):([a-z]\w*)", parameter, sql), values

    def _plan(self, sql, values):
        texts = ",".join("NULL" if value is None else "'" + value.replace("'", "''") + "'" for value in values)
        plan = self.database.psql(f"PREPARE statement AS {sql};\nSET plan_cache_mode = force_custom_plan;\n"
                                  f"EXPLAIN (COSTS OFF, FORMAT JSON) EXECUTE statement({texts});")
        return [(each.get("Node Type"), each.get("Index Name")) for each in _nodes(json.loads(plan)[0]["Plan"])]


def _parts(name):
    return WORKLOADS[name].get("parts", [(name, 1)])


def _nodes(plan):
    yield plan
    for child in plan.get("Plans", []):
        yield from _nodes(child)


def _parameter_columns(sql):
    """The column of each parameter: ("insert" | "set" | "where", table, column) by number."""
    columns = {}
    insert = re.fullmatch(r"insert into (\w+) \(([^)]*)\) values \((.*)\)", sql)
    if insert:
        for column, parameter in zip(insert.group(2).split(","), insert.group(3).split(",")):
            columns[int(parameter[1:])] = ("insert", insert.group(1), column)
    update = re.fullmatch(r"update (\w+) set (.*) where (.*)", sql)
    if update:
        for kind, text in (("set", update.group(2)), ("where", update.group(3))):
            for column, number in re.findall(r"(\w+)=\$(\d+)", text):
                columns[int(number)] = (kind, update.group(1), column)
    return columns

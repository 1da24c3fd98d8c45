"""The limit: the rate at which PostgreSQL alone does what the service does, measured by pgbench from as many connections
as there are callers, in prepared statements.

- Reads: the statements that the service sends. It runs once with every statement logged, and receives the samples of each
  workload. In a logged statement only the parameters change: the id of the known customer becomes that of a random one,
  the others are those that were logged. A statement that the service does not prepare is not prepared here either.
- Writes: one statement of limit/*.sql for each sample, written by hand, in place of all statements of a transaction. It
  leaves the same rows as the service, which `check` verifies.
"""

import glob
import json
import os
import re
import subprocess
import time

import people
from workloads import (BETWEEN_CRM, BETWEEN_KNOWN, CRM, END_OF_ID, FIRST_CRM, FIRST_KNOWN, KNOWN, NEW_AREA, NOTES,
                       SENT_AREA, WORKLOADS, children_cpu, known_id, samples)

SCRIPTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "limit")
LOG_FOLDER = "statements"
LOGGING = {"logging_collector": "on", "log_destination": "jsonlog", "log_directory": LOG_FOLDER,
           "log_filename": "postgresql"}
"""Settings that the server needs from its start."""

EXECUTED = re.compile(r"(?:execute ([^:]*)|statement): (.*)", re.DOTALL)
PARAMETER = re.compile(r"\$(\d+) = (NULL|'(?:[^']|'')*')")
KNOWN_ID = f"('0' || :known::text || '{END_OF_ID}')::uuid"
SET_KNOWN = "\\set known :first_known + random(:first_place, :last_known) * :between\n"

PLACE, NUMBER = 1, 76543210
"""The place of the known customer and the number of the new one in a check."""
WRITTEN = """
    SELECT jsonb_build_object('customer', to_jsonb(c), 'events', (SELECT jsonb_agg(to_jsonb(e)) FROM customer_event e))
    FROM customer c WHERE tenant_id = 'bench' AND id IN (SELECT customer_id FROM customer_event)"""


class Limit:
    """The pgbench scripts of all workloads, and their runs. `send(method, path, body)` sends a request to the service."""

    def __init__(self, database, folder, send):
        self.database, self.folder = database, folder
        self.variables = {"first_known": FIRST_KNOWN, "between": BETWEEN_KNOWN, "end_of_id": END_OF_ID,
                          "first_crm": FIRST_CRM, "between_crm": BETWEEN_CRM, "first_place": 0, "last_known": KNOWN - 1,
                          "last_crm": CRM - 1, "people": people.PEOPLE, "sent_area": SENT_AREA, "new_area": NEW_AREA,
                          "notes": NOTES[0], "other_notes": NOTES[1]}
        self.scripts, self.protocols = {}, {}
        for name, workload in WORKLOADS.items():
            self.protocols[name] = "prepared"
            if "limit" in workload:
                self.scripts[name] = [os.path.join(SCRIPTS, script + ".sql") for script in workload["limit"]]
            elif not workload.get("writes"):
                self.scripts[name] = [self._captured(f"{name}-{index}", sample, send)
                                      for index, sample in enumerate(samples(name))]

    def _captured(self, name, sample, send):
        """Writes the script that repeats the statements which the service sends for a sample."""
        log = os.path.join(self.database.data, LOG_FOLDER, "postgresql.json")
        time.sleep(0.3)
        start = os.path.getsize(log)
        send(*sample(0, 0))
        time.sleep(0.3)
        with open(log, "rb") as file:
            file.seek(start)
            entries = [json.loads(line) for line in file.read().decode().splitlines()]
        entries = [entry for entry in entries if entry.get("application_name") == "clientela"
                   and EXECUTED.fullmatch(entry["message"])]
        if not entries or len({entry["pid"] for entry in entries}) != 1:
            raise SystemExit(f"The log has statements of other connections beside those of {name}: run it again.")
        path = os.path.join(self.folder, name + ".sql")
        with open(path, "w") as file:
            file.write(SET_KNOWN)
            for entry in entries:
                prepared, sql = EXECUTED.fullmatch(entry["message"]).groups()
                if prepared == "<unnamed>":
                    self.protocols[name.rsplit("-", 1)[0]] = "extended"
                file.write(self._with_variables(sql, PARAMETER.findall(entry.get("detail") or "")) + ";\n")
        return path

    def _with_variables(self, sql, parameters):
        values = {number: None if text == "NULL" else text[1:-1].replace("''", "'") for number, text in parameters}

        def variable(match):
            value = values[match.group(1)]
            if value == known_id(0):
                return KNOWN_ID
            # pgbench sends null for an undefined variable.
            return ":nothing" if value is None else ":" + self._variable(value)

        return re.sub(r"\$(\d+)", variable, sql)

    def _variable(self, value):
        name = next((name for name, known in self.variables.items() if known == value), f"value{len(self.variables)}")
        self.variables[name] = value
        return name

    def measures(self, name):
        """Whether a workload has a limit."""
        return all(part in self.scripts for part, _ in _parts(name))

    def protocol(self, name):
        """The protocol of a workload: pgbench has one for all statements of a run."""
        return max((self.protocols[part] for part, _ in _parts(name)), key=["prepared", "extended"].index)

    def check(self, names, send, clean):
        """Ends the run unless the statements of these workloads leave the same rows as the service. `clean` restores the
        rows that a workload needs."""
        for name in dict.fromkeys(part for each in names for part, _ in _parts(each) if "limit" in WORKLOADS[part]):
            for sample, script in zip(samples(name), self.scripts[name]):
                clean(name)
                send(*sample(PLACE, NUMBER))
                expected = self._written()
                clean(name)
                output_of(self._pgbench(name, ["-c", "1", "-t", "1", "-f", script], step=NUMBER - 1,
                                        connections=1, first_place=PLACE, last_known=PLACE, last_crm=PLACE))
                written = self._written()
                if written != expected or not expected:
                    raise SystemExit(f"{os.path.basename(script)} leaves other rows than the service:\n"
                                     f"{written}\n{expected}")

    def _written(self):
        """The rows of the customers that were changed, as text without generated values."""
        return "\n".join(map(comparable, self.database.psql(WRITTEN).splitlines()))

    def run(self, name, connections, seconds, begin=lambda: None):
        """Runs pgbench; the figures have the names of wrk's.

        It is not measured during a ramp, in which every connection prepares and plans its statements, as those of a
        warm service have done; `begin` is called at the end of the ramp.
        """
        ramp = 1 + connections // 64
        logs = os.path.join(self.folder, "pgbench-log")
        for path in glob.glob(logs + "*"):
            os.remove(path)
        files = [argument for part, weight in _parts(name) for path in self.scripts[part]
                 for argument in ("-f", f"{path}@{weight}")]
        before = children_cpu()
        process = self._pgbench(name, ["-c", str(connections), "-j", "1", "-T", str(ramp + seconds), "-l",
                                       "--log-prefix", logs, *files], step=int(time.time()) * 100_000,
                                connections=connections)
        time.sleep(ramp)
        began = time.time()
        begin()
        output = output_of(process)
        failed = re.search(r"^number of failed transactions: (\d+)", output, re.MULTILINE)
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

    def _pgbench(self, name, arguments, **variables):
        command = ["pgbench", "-n", "-M", self.protocol(name), *arguments, "-h", "127.0.0.1",
                   "-p", str(self.database.port), "-U", "clientela"]
        for variable, value in {**self.variables, **variables}.items():
            command += ["-D", f"{variable}={value}"]
        return subprocess.Popen(command + ["clientela"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                cwd=self.folder)


def output_of(pgbench):
    """What pgbench prints; ends the run if it fails."""
    output = pgbench.communicate()[0]
    if pgbench.returncode != 0:
        raise SystemExit(f"pgbench failed:\n{output}")
    return output


def comparable(line):
    """The rows that belong to a changed customer, without generated values: ids, numbers and the time of the change."""
    rows = json.loads(line)
    customer = rows["customer"]
    for event in rows["events"]:
        for generated in ("id", "transaction_id"):
            del event[generated]
        event["request_id"] = len(event["request_id"])
        event["changes"], event["details"] = json.loads(event["changes"]), json.loads(event["details"])
    text = json.dumps(rows, ensure_ascii=False, sort_keys=True)
    text = text.replace(customer["id"], "<id>").replace(customer["updated_at"], "<now>")
    text = re.sub(rf"\b{customer['number']}\b", "<number>", text)
    return re.sub(r"[0-9-]{10}T[0-9:.]+Z", "<time>", text)


def _parts(name):
    return WORKLOADS[name].get("parts", [(name, 1)])

"""Writes RESULTS.md and its plots from results.json. Parts that were not measured are left out."""

import html
import math
import os
import statistics

TARGET_CONNECTIONS = 64
# The targets: workloads, their names in a sentence, and bounds.
READS = (("get", "get by id", 0.5), ("list", "list", 0.5))
WRITES = (("create", "create", 1.5), ("upsert", "upsert", 1.5), ("status", "status", 2), ("patch", "PATCH", 1.5))
MANY = (("batch-new", "new customers in batches of 1,000", 5000),
        ("batch-changed", "changed customers in batches of 1,000", 3000), ("merge", "merges of two customers", 400))
COLORS = {"limit": "#777777", "clientela": "#1f5fb4", "clientela-aot": "#1f5fb4", "native": "#12897b",
          "peer": "#d9731a", "peer-aot": "#d9731a", "peer-caching": "#b03060"}
SUMMED = ("requests", "seconds", "service_cpu", "database_cpu", "cpu", "refused", "broken")


def write(results, folder):
    """Writes RESULTS.md and its plots into a folder."""
    run = Measurements(results)
    plots = {"results-rate.svg": rate_plot(run), "results-cold.svg": cold_plot(run),
             "results-growth.svg": growth_plot(run)}
    for name, svg in plots.items():
        if svg:
            with open(os.path.join(folder, name), "w") as file:
                file.write(svg)
    sections = [heading(run), targets(run), workloads(run), connections(run), large(run), start(run),
                cold(run), growth(run), reliability(run), method(run)]
    with open(os.path.join(folder, "RESULTS.md"), "w") as file:
        file.write("\n\n".join(section for section in sections if section) + "\n")


class Measurements:
    """The results of one run, by part, subject, workload, connections and customers."""

    def __init__(self, results):
        self.results, self.setting = results, results["setting"]
        self.labels, self.titles = self.setting["labels"], self.setting["titles"]
        repeats = {}
        for cell in results["cells"]:
            key = tuple(cell[name] for name in ("kind", "subject", "workload", "connections", "customers"))
            repeats.setdefault(key, []).append(cell)
        self.cells = {key: merged(cells) for key, cells in repeats.items()}
        self.connections = sorted({key[3] for key in self.cells if key[0] == "main" and key[3] in
                                   self.setting["connections"]})

    def main(self, subject, workload, connections=None):
        return self.cells.get(("main", subject, workload, connections or self.at(workload), self.setting["customers"]))

    def measured(self, workload):
        """The numbers of connections with which a workload was measured."""
        return sorted({key[3] for key in self.cells if key[0] == "main" and key[2] == workload})

    def at(self, workload):
        """The number of connections whose figures are compared: 64, or else the largest one that was measured."""
        measured = self.measured(workload)
        return TARGET_CONNECTIONS if TARGET_CONNECTIONS in measured else max(measured, default=TARGET_CONNECTIONS)

    def compared(self, workload):
        """The same, but all numbers of connections of a workload that has its own."""
        measured = self.measured(workload)
        return [self.at(workload)] if set(measured) <= set(self.setting["connections"]) else measured

    def sized(self, subject, workload, size):
        """A cell of the growth part, or the cell of the main part with the same size and connections."""
        candidates = [cell for key, cell in self.cells.items()
                      if key[1] == subject and key[2] == workload and key[4] == size
                      and key[3] == self.setting["growth_connections"] and key[0] in ("main", "growth")]
        return candidates[0] if candidates else None

    def workloads(self):
        return [name for name in self.titles if any(key[0] == "main" and key[2] == name for key in self.cells)]

    def subjects(self):
        return [name for name in self.labels if any(key[0] == "main" and key[1] == name for key in self.cells)]


def merged(cells):
    """The repeats of a cell as one: medians of rates and latencies, and sums."""
    cell = {**cells[0], "rates": sorted(each["rate"] for each in cells)}
    cell.update({name: sum(each[name] for each in cells) for name in SUMMED})
    cell.update({name: statistics.median(each[name] for each in cells) for name in ("rate", "p50", "p99")})
    for each in cells:
        cell["codes"] = {**cell.get("codes", {}), **each.get("codes", {})}
    return cell


# --- Figures ----------------------------------------------------------------------------------------------------------

def per_thousand(cell, *parts):
    """CPU seconds per 1,000 requests."""
    return sum(cell[part + "_cpu"] for part in parts) / cell["requests"] * 1000 if cell and cell["requests"] else None


def ratio(one, other, of):
    """The figure of one cell divided by that of the other, or None if a cell is missing."""
    if not one or not other:
        return None
    divisor = of(other)
    return of(one) / divisor if divisor else None


def rate(cell):
    return cell["rate"]


def p99(cell):
    return cell["p99"]


def per_cpu_second(cell):
    return cell["requests"] / cell["service_cpu"] if cell["service_cpu"] else 0


def median(run, subject, of="seconds"):
    starts = run.results["starts"].get(subject)
    return statistics.median(each[of] for each in starts) if starts else None


# --- Text -------------------------------------------------------------------------------------------------------------

def number(value, digits=3):
    """A number with that many significant digits, never in scientific notation."""
    if value is None:
        return "–"
    if value == 0:
        return "0"
    places = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    return f"{value:,.{places}f}"


def percent(value):
    return "–" if value is None else f"{value * 100:.0f}%"


def times(value):
    return "–" if value is None else f"{value:.2f}×"


def table(head, rows, text_columns=1):
    """A Markdown table whose first columns are text and all others are numbers."""
    marks = ["---"] * text_columns + ["---:"] * (len(head) - text_columns)
    return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in (head, marks, *rows))


def heading(run):
    setting = run.setting
    warning = "" if not setting["quick"] else (
        "\n\n**A quick run, to check that everything works. Its figures have no meaning.**")
    aborted = "" if "minutes" in setting else " The run was aborted: missing parts were not measured."
    return f"""# Benchmark: Clientela, a Spring Boot peer, and the database alone{warning}

{setting["date"]}, commit {setting["commit"]}, by `{setting["command"].strip()}`.{aborted}
Generated by `bench/report.py`; do not edit.

- **limit:** PostgreSQL alone, driven by pgbench from as many connections as there are callers: for reads the statements
  that the service sends, for writes one hand-written statement that leaves the same rows (`bench/limit`).
- **Clientela:** the service, on the JVM{" and as a native executable" if "native" in run.subjects() else ""}.
- **peer:** the core of the service with Spring Boot {setting["spring_boot"]}, WebFlux, Spring Data R2DBC
  (`bench/peer`), with the same locks on identifiers. Same schema, same pool of {setting["pool"]} connections, same verification of tokens (RS256), same JSON
  ({setting.get("compared", 0)} responses compared before the run), one log line for each request.

The subjects took turns on {setting["cpu"]}, {setting["cores"]} cores, {setting["memory_gb"]} GB,
Linux {setting["kernel"]}, together with the database and the load generator. So **only ratios within this run are
meaningful**; absolute figures show where they come from.
PostgreSQL {setting["postgresql"]}, {setting["java"]}, wrk {setting["wrk"]}."""


def targets(run):
    """Each target, the measured value, and whether it is met."""
    rows = []

    def target(text, value, shown, met):
        rows.append((text, "not measured" if value is None else shown(value),
                     "–" if value is None else "met" if met(value) else "**missed**"))

    def at_least(text, value, bound, shown):
        target(text, value, shown, lambda value: value >= bound)

    def at_most(text, value, bound, shown):
        target(text, value, shown, lambda value: value <= bound)

    per_second = lambda value: f"{value:,.0f}/s"
    seconds = lambda value: f"{value:.3f} s"
    for subject in ("clientela", "native"):
        if subject == "native" and subject not in run.subjects():
            continue
        service = run.labels[subject]
        cell, limit, peer = (run.main(each, "get") for each in (subject, "limit", "peer"))
        label = f"{service}, get by id"
        at_least(f"{label}: at least 40% of the limit's rate", ratio(cell, limit, rate), 0.4, percent)
        at_least(f"{label}: at least twice the peer's requests per CPU second of the service",
                 ratio(cell, peer, per_cpu_second), 2, times)
        at_most(f"{label}: p99 at most half the peer's", ratio(cell, peer, p99), 0.5, times)
    for name, title, share in READS:
        at_least(f"Clientela (JVM), {title}: at least 50% of the limit's rate",
                 ratio(run.main("clientela", name), run.main("limit", name), rate), share, percent)
    for name, title, share in WRITES:
        cell, peer = run.main("clientela", name), run.main("peer", name)
        at_least(f"Clientela (JVM), {title}: at least {share:g} times the peer's rate", ratio(cell, peer, rate), share,
                 times)
        at_most(f"Clientela (JVM), {title}: p99 no longer than the peer's", ratio(cell, peer, p99), 1, times)
        at_least(f"Clientela (JVM), {title}: at least twice the peer's requests per CPU second of the service",
                 ratio(cell, peer, per_cpu_second), 2, times)
    for name, title, bound in MANY:
        at_least(f"Clientela (JVM), {title}: at least {bound:,} per second",
                 max((cell["rate"] for key, cell in run.cells.items() if key[:3] == ("main", "clientela", name)),
                     default=None), bound, per_second)
    for name, title, _ in READS:
        if "native" in run.subjects():
            at_least(f"Clientela (native), {title}: at least 85% of the rate on the JVM",
                     ratio(run.main("native", name), run.main("clientela", name), rate), 0.85, percent)
    target("Clientela (JVM, AOT cache): first response in less than 1.5 s", median(run, "clientela-aot"), seconds,
           lambda value: value < 1.5)
    target("Clientela (native): first response in less than 0.1 s", median(run, "native"), seconds,
           lambda value: value < 0.1)
    target("Clientela (native): less than 100 MB resident after load", run.results["memory"].get("native"),
           lambda value: f"{value:.0f} MB", lambda value: value < 100)
    verdicts = [verdict for _, _, verdict in rows]
    missed, open_ = verdicts.count("**missed**"), verdicts.count("–")
    summary = (f"{verdicts.count('met')} of {len(rows)} met, {missed} missed, {open_} not measured. With "
               f"{TARGET_CONNECTIONS} connections, or else the largest number that was measured; what is written in "
               "batches, with that number of connections which is best for it.")
    return f"## Targets\n\n{summary}\n\n" + table(("Target", "Measured", ""), rows)


def workloads(run):
    rows = []
    for name, count in ((name, count) for name in run.workloads() for count in run.compared(name)):
        limit, peer = run.main("limit", name, count), run.main("peer", name, count)
        title = run.titles[name]
        if count != TARGET_CONNECTIONS:
            title += f", connections: {count}"
        for subject in run.subjects():
            cell = run.main(subject, name, count)
            if not cell:
                continue
            served = subject != "limit"
            rows.append((
                title, run.labels[subject], number(cell["rate"]), from_to(cell["rates"]),
                percent(ratio(cell, limit, rate)) if served else "", times(ratio(cell, peer, rate)) if served else "",
                number(cell["p50"]), number(cell["p99"]), times(ratio(cell, peer, p99)) if served else "",
                number(per_thousand(cell, "service"), 2) if served else "", number(per_thousand(cell, "database"), 2),
                times(ratio(cell, peer, per_cpu_second)) if served else ""))
            title = ""
    if not rows:
        return ""
    sums = []
    for subject in ("clientela", "native"):
        pairs = [(run.main(subject, name), run.main("peer", name)) for name in run.workloads()]
        shares = [value for value in (ratio(*pair, rate) for pair in pairs) if value]
        cheaper = [value for value in (ratio(*pair, per_cpu_second) for pair in pairs) if value]
        if shares and cheaper:
            sums.append(f"{run.labels[subject]} serves {spread(shares)} the peer's requests per second, and "
                        f"{spread(cheaper)} as many per CPU second of the service.")
    head = ("Workload", "", "requests/s", "from–to", "of the limit", "× peer", "p50 ms", "p99 ms", "p99 × peer",
            "service CPU s", "database CPU s", "requests per service CPU s × peer")
    return (f"## Workloads, {run.setting['customers']:,} customers, {TARGET_CONNECTIONS} connections\n\n"
            + " ".join(sums)
            + "\n\nRates and latencies are medians of the repeats; *from–to* are their lowest and highest rate. CPU seconds "
            "are per 1,000 requests. Batches are counted in customers, their latencies are those of requests.\n\n"
            + table(head, rows, text_columns=2))


def from_to(values):
    return f"{number(values[0])}–{number(values[-1])}" if len(values) > 1 else ""


def spread(values):
    low, high = min(values), max(values)
    if len(values) == 1:
        return times(low)
    return f"{times(low)} to {times(high)} (median {times(statistics.median(values))})"


def connections(run):
    if len(run.connections) < 2:
        return ""
    rows = []
    for name in run.workloads():
        title = run.titles[name]
        for subject in run.subjects():
            cells = [run.main(subject, name, count) for count in run.connections]
            if subject == "limit" or sum(map(bool, cells)) < 2:
                continue
            row = [title, run.labels[subject]]
            for count, cell in zip(run.connections, cells):
                limit = run.main("limit", name, count)
                share = percent(ratio(cell, limit, rate)) if limit or not cell else number(cell["rate"]) + "/s"
                row.append(f"{share}, {number(cell['p99'], 2)} ms" if cell else "–")
            rows.append(row)
            title = ""
    return ("## By connections\n\nShare of the limit's rate at the same number of connections (or requests per second, "
            "where there is no limit), and p99.\n\n"
            + table(("Workload", "", *run.connections), rows, text_columns=2)
            + "\n\n![Rates by connections, as a share of the best rate of the limit](results-rate.svg)")


def large(run):
    rows = []
    for subject, measured in run.results.get("large", {}).items():
        for kind, title in (("merge", "merge"), ("undo", "its undo")):
            seconds = sorted(measured[kind])
            rows.append((run.labels[subject], title, f"{statistics.median(seconds) * 1000:.0f}",
                         f"{seconds[0] * 1000:.0f}–{seconds[-1] * 1000:.0f}", len(seconds)))
    if not rows:
        return ""
    return (f"## Merges with {run.setting['large']:,} calls\n\nThe source customer has "
            f"{run.setting['large']:,} calls, an order and an address. The requests run one after the other, and each "
            "merge is undone before the next. Milliseconds from the request to the complete response.\n\n"
            + table(("", "", "median", "from–to", "n"), rows, text_columns=2))


def start(run):
    rows = []
    for subject, starts in run.results["starts"].items():
        seconds = sorted(each["seconds"] for each in starts)
        peer = median(run, "peer-aot" if subject.endswith("-aot") else "peer")
        memory = run.results["memory"].get(subject)
        rows.append((run.labels[subject], f"{median(run, subject):.3f}", f"{seconds[0]:.3f}–{seconds[-1]:.3f}",
                     times(median(run, subject) / peer if peer else None), f"{median(run, subject, 'rss'):.0f}",
                     f"{memory:.0f}" if memory else "–"))
    if not rows:
        return ""
    migrations = ("The service also checks the schema's migrations when it starts; the peer has none."
                  if run.results["setting"].get("migrates_at_start", True) else
                  "The service does not check migrations when it starts (`QUARKUS_FLYWAY_MIGRATE_AT_START=false`), as "
                  "in its deployment, where an init container applies them; the peer has none.")
    return (f"## Start and memory\n\nTime from the start of the process to the first response to a get by id, median "
            f"of {len(next(iter(run.results['starts'].values())))}; resident memory (RSS) one second later, and after "
            f"all load of the main part. {migrations} *× peer* compares a start with an AOT cache with a start of the "
            "peer with one.\n\n"
            + table(("", "first response s", "from–to s", "× peer", "MB after the start", "MB after load"), rows))


def cold(run):
    rows = [(run.labels[subject], f"{each['first_answer']:.2f}", f"{each['reached']:.1f}", number(each["peak"]),
             number(each["rates"][0]))
            for subject, each in run.results["cold"].items()]
    if not rows:
        return ""
    return ("## Cold start\n\nGet by id from 64 connections right after the first response: seconds from the start of "
            "the process to the first second with 90% of the peak rate (the best three consecutive seconds).\n\n"
            + table(("", "first response s", "90% after s", "peak requests/s", "in the first whole second"), rows)
            + "\n\n![Requests per second after the start, as a share of the peak](results-cold.svg)")


def growth(run):
    sizes, names = grown(run)
    if not names:
        return ""
    rows = []
    for name in names:
        for subject in ("limit", "clientela", "peer"):
            cells = [run.sized(subject, name, size) for size in sizes]
            base = next((cell for cell in cells if cell), None)
            row = [run.titles[name] if subject == "limit" else "", run.labels[subject]]
            row += [f"{number(cell['rate'])} ({times(ratio(cell, base, rate))})" if cell else "–" for cell in cells]
            rows.append(row)
    return (f"## By number of customers\n\nRequests per second at {run.setting['growth_connections']} connections by "
            "the number of customers in the tenant (other tenants have a tenth as many), and the ratio to the smallest "
            "number.\n\n"
            + table(("Workload", "", *(f"{size:,}" for size in sizes)), rows, text_columns=2)
            + "\n\n![Rates by the number of customers](results-growth.svg)")


def grown(run):
    """The sizes, and the workloads that were measured at more than one of them."""
    connections = run.setting["growth_connections"]
    sizes = sorted({key[4] for key in run.cells if key[3] == connections and key[0] in ("main", "growth")})
    measured = {key[2] for key in run.cells if key[0] == "growth"}
    return sizes, [name for name in run.titles if name in measured and len(sizes) > 1]


def reliability(run):
    """Known limits of the figures."""
    lines = []
    spreads = [cell["rates"][-1] / cell["rates"][0] - 1 for key, cell in run.cells.items()
               if key[0] == "main" and cell["rates"][0]]
    if any(spreads):
        lines.append(f"- The repeats of a cell differed by {percent(statistics.median(spreads))} in the median and "
                     f"{percent(max(spreads))} at most, from the slowest to the fastest. Differences of this size between "
                     "subjects are not significant.")
    cached = [(name, run.main("peer-caching", name)) for name in run.workloads() if run.main("peer-caching", name)]
    if cached:
        lines.append("- The service caches a verified token for a minute, and all callers here send one token; the peer "
                     "verifies the token of each request, as Spring Security does. Against a peer that also caches tokens, "
                     "Clientela (JVM) has these rates: "
                     + ", ".join(f"{run.titles[name]} {times(ratio(run.main('clientela', name), cell, rate))}"
                                 for name, cell in cached) + ".")
    for cell in run.results["cells"]:
        if cell["refused"] or cell["broken"]:
            codes = ", ".join(f"{code}: {count}" for code, count in sorted(cell.get("codes", {}).items()))
            lines.append(f"- {run.labels[cell['subject']]}, {run.titles[cell['workload']]}, "
                         f"{cell['connections']} connections: {cell['refused']} of {cell['requests']} rejected, "
                         f"{cell['broken']} aborted"
                         + (f" (status codes in another second: {codes})." if codes else "."))
    if not any(cell["refused"] or cell["broken"] for cell in run.results["cells"]):
        lines.append("- No request was rejected or aborted.")
    loads = [cell["cpu"] / cell["seconds"] for cell in run.results["cells"] if cell["kind"] == "main"]
    if loads:
        lines.append(f"- The load generator used {number(min(loads), 2)} to {number(max(loads), 2)} of the "
                     f"{run.setting['cores']} cores, which were not available to the subject.")
    return "## Reliability\n\n" + "\n".join(lines)


def method(run):
    setting, protocols = run.setting, run.results.get("protocols", {})
    extended = [run.titles[name] for name, protocol in protocols.items() if protocol == "extended"]
    statements = ("prepared statements (`pgbench -M prepared`)" + (
        f", except for {', '.join(extended)}, which the service does not prepare (`-M extended`)" if extended else ""))
    settings = ", ".join(f"`{key}={value}`" for key, value in setting["settings"].items())
    return f"""## Method

- {setting.get("repeats", 1)} repeats of {setting["duration"]} s with {TARGET_CONNECTIONS} connections (batches: with each
  number of connections; the peer with cached tokens: one), one of {setting.get("others", setting["duration"])} s with
  others. In each repeat the subjects take
  turns, on one database; the processes of the services that wait are stopped (SIGSTOP). Each runs the workload for a second
  before its cell.
- Every workload of every service is warmed up until two slices of at most 5 s are less than 3 % faster than the best before, for
  at most {setting["warm_up"]} s (a third of it in the growth part). Before each cell that writes, the rows written before are deleted and the tables vacuumed.
- The service compares likely duplicates in the background, as it does when deployed (`clientela.duplicates.every`, 5 s).
  This is part of its figures where customers are created, upserted or merged. The peer and the limit do not compare.
  Events are skipped, and the stored keys and pairs are deleted before each cell, so
  customers are compared only with those of the same cell. One of 32 new people is the one before with other contact data.
- Upsert: a CRM's record of a customer with external id, e-mail and phone. Every second request is for a known customer
  and changes one field; the others are for new customers. Service and peer lock the identifiers,
  search their owners and then write, so that two concurrent requests do not create two customers. The limit has these
  locks, too, but in the same statement as the search, which therefore sees the rows of before. A create locks and looks up
  its external id, if it has one; those of the workload have none, and may share a document or phone with others.
- Merge: pairs of the same person; the source has {setting.get("calls_of_a_source", 0)} calls, an order and an address. No
  pair is used twice. Merges have no peer and no limit.
- wrk keeps its connections open and sends the next request after the response to the previous one (closed loop), with one
  thread. A slow subject therefore receives fewer requests: its p99 is not that of independent callers.
- The limit: {statements}.
  The SQL of reads is captured from the running service. Each script of a write is one statement, so a transaction is one
  round trip; it was checked to leave the same rows as the service, apart from generated values. The time until all
  connections of pgbench have prepared their statements (a second or more) is not counted.
- PostgreSQL chooses between generic and custom plans (`plan_cache_mode=auto`); only for the search, the peer uses
  `plan_cache_mode=force_custom_plan`, without which it can be hundreds of times as slow (`bench/PLANS.md`).
- PostgreSQL: {settings}; on the same machine, over TCP.
- JVM: `-Xmx{setting["heap"]}` for every service, otherwise defaults; with an AOT cache also `-XX:+UseG1GC`, as in the
  image. The service's cache is recorded as for its image, the peer's as in Spring Boot's manual (a start, no request).
- CPU seconds are user and system time of the service's process, and of all of PostgreSQL's processes."""


# --- Plots ------------------------------------------------------------------------------------------------------------

WIDTH, HEIGHT, LEFT, TOP, BOTTOM, LEGEND = 340, 210, 46, 30, 38, 170


def plot(panels, labels, columns=3):
    """An SVG of panels (title, names along x, {subject: values}) side by side; a value is a share of 1, or None."""
    rows = math.ceil(len(panels) / columns)
    columns = min(columns, len(panels))
    shown = [name for name in labels if any(name in series for _, _, series in panels)]
    width, beside = columns * WIDTH, columns * WIDTH // LEGEND
    height = rows * HEIGHT + 18 * math.ceil(len(shown) / beside) + 8
    parts = ['<svg xmlns="http://www.w3.org/2000/svg" '
             f'viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
             'font-family="sans-serif" font-size="11" fill="#222222">',
             f'<rect width="{width}" height="{height}" fill="#ffffff"/>']
    for index, panel in enumerate(panels):
        parts.append(f'<g transform="translate({index % columns * WIDTH} {index // columns * HEIGHT})">')
        parts += panel_parts(*panel)
        parts.append("</g>")
    for index, name in enumerate(shown):
        x, y = 10 + index % beside * LEGEND, rows * HEIGHT + 14 + index // beside * 18
        parts.append(line([(x, y - 4), (x + 18, y - 4)], name))
        parts.append(f'<text x="{x + 23:.0f}" y="{y}">{html.escape(labels[name])}</text>')
    return "\n".join(parts + ["</svg>\n"])


def panel_parts(title, names, series):
    top = max([value for values in series.values() for value in values if value is not None] + [1])
    across, down = WIDTH - LEFT - 16, HEIGHT - TOP - BOTTOM
    x = lambda index: LEFT + across * (index / max(1, len(names) - 1))
    y = lambda value: TOP + down * (1 - value / top)
    yield f'<text x="{LEFT}" y="18" font-weight="bold">{html.escape(title)}</text>'
    for tenth in range(0, int(top * 4 + 1e-9) + 1):
        value = tenth / 4
        yield f'<path d="M{LEFT} {y(value):.1f}h{across}" stroke="#dddddd"/>'
        yield f'<text x="{LEFT - 5}" y="{y(value) + 4:.1f}" text-anchor="end">{value:.0%}</text>'
    every = math.ceil(len(names) / 9)
    for index, name in enumerate(names):
        if index % every == 0:
            yield f'<text x="{x(index):.1f}" y="{TOP + down + 16}" text-anchor="middle">{html.escape(str(name))}</text>'
    for subject, values in series.items():
        points = [(x(index), y(value)) for index, value in enumerate(values) if value is not None]
        yield line(points, subject)
        if len(names) <= 9:
            for across_, down_ in points:
                yield f'<circle cx="{across_:.1f}" cy="{down_:.1f}" r="2.5" fill="{COLORS[subject]}"/>'


def line(points, subject):
    dashes = ' stroke-dasharray="5 3"' if subject.endswith("-aot") else ""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{path}" fill="none" stroke="{COLORS[subject]}" stroke-width="2"{dashes}/>'


def rate_plot(run):
    """Rates by connections, as shares of the limit's best."""
    panels = []
    for name in run.workloads():
        cells = [run.main("limit", name, count) for count in run.connections]
        best = max((cell["rate"] for cell in cells if cell), default=0)
        if best and len(run.connections) > 1:
            panels.append((run.titles[name], run.connections, {
                subject: shares([run.main(subject, name, count) for count in run.connections], best)
                for subject in run.subjects()}))
    return plot(panels, run.labels) if panels else ""


def growth_plot(run):
    """Rates by the number of customers, as shares of the limit's best."""
    sizes, names = grown(run)
    panels = []
    for name in names:
        cells = {subject: [run.sized(subject, name, size) for size in sizes]
                 for subject in ("limit", "clientela", "peer")}
        best = max((cell["rate"] for cell in cells["limit"] if cell), default=0)
        if best:
            panels.append((run.titles[name], [f"{size:,}" for size in sizes],
                           {subject: shares(each, best) for subject, each in cells.items() if any(each)}))
    return plot(panels, run.labels, columns=2) if panels else ""


def cold_plot(run):
    """Rates by seconds since the start of measuring, as shares of the best peak of all."""
    colds = run.results["cold"]
    if not colds:
        return ""
    best = max(each["peak"] for each in colds.values())
    names = range(1, max(len(each["rates"]) for each in colds.values()) + 1)
    series = {subject: [value / best for value in each["rates"]] for subject, each in colds.items()}
    return plot([("Share of the best peak, by seconds under load", names, series)], run.labels, columns=1)


def shares(cells, best):
    return [cell["rate"] / best if cell else None for cell in cells]

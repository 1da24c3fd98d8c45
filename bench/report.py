"""Turns results.json into RESULTS.md and its plots. What a part of the run did not measure is left out."""

import html
import math
import os
import statistics

AIM_CONNECTIONS = 64
COLORS = {"limit": "#777777", "clientela": "#1f5fb4", "clientela-aot": "#1f5fb4", "native": "#12897b",
          "peer": "#d9731a", "peer-aot": "#d9731a"}


def write(results, folder):
    """Writes RESULTS.md and the plots that it shows into a folder."""
    found = Found(results)
    plots = {"results-rate.svg": rate_plot(found), "results-cold.svg": cold_plot(found),
             "results-growth.svg": growth_plot(found)}
    for name, svg in plots.items():
        if svg:
            with open(os.path.join(folder, name), "w") as file:
                file.write(svg)
    sections = [heading(found), aims(found), workloads(found), connections(found), large(found), start(found),
                cold(found), growth(found), trust(found), method(found)]
    with open(os.path.join(folder, "RESULTS.md"), "w") as file:
        file.write("\n\n".join(section for section in sections if section) + "\n")


class Found:
    """What was measured, by what is asked of it."""

    def __init__(self, results):
        self.results, self.setting = results, results["setting"]
        self.labels, self.titles = self.setting["labels"], self.setting["titles"]
        self.cells = {(cell["kind"], cell["subject"], cell["workload"], cell["connections"], cell["customers"]): cell
                      for cell in results["cells"]}
        measured = sorted({key[3] for key in self.cells if key[0] == "main"})
        self.connections = measured
        # The aims are for 64 connections; a run without them is judged by its most.
        self.at = AIM_CONNECTIONS if AIM_CONNECTIONS in measured or not measured else measured[-1]

    def main(self, subject, workload, connections=None):
        return self.cells.get(("main", subject, workload, connections or self.at, self.setting["customers"]))

    def sized(self, subject, workload, size):
        """A cell of the growth; where that repeats the main part, the main part's."""
        candidates = [cell for key, cell in self.cells.items()
                      if key[1] == subject and key[2] == workload and key[4] == size
                      and key[3] == self.setting["growth_connections"] and key[0] in ("main", "growth")]
        return candidates[0] if candidates else None

    def workloads(self):
        return [name for name in self.titles if any(key[0] == "main" and key[2] == name for key in self.cells)]

    def subjects(self):
        return [name for name in self.labels if any(key[0] == "main" and key[1] == name for key in self.cells)]


# --- Figures ----------------------------------------------------------------------------------------------------------

def per_thousand(cell, *parts):
    """CPU seconds per 1,000 requests."""
    return sum(cell[part + "_cpu"] for part in parts) / cell["requests"] * 1000 if cell and cell["requests"] else None


def ratio(one, other, of):
    """How many times as much as the other, or None if one of both is missing."""
    if not one or not other:
        return None
    below = of(other)
    return of(one) / below if below else None


def rate(cell):
    return cell["rate"]


def p99(cell):
    return cell["p99"]


def per_cpu_second(cell):
    return cell["requests"] / cell["service_cpu"] if cell["service_cpu"] else 0


def median(found, subject, of="seconds"):
    starts = found.results["starts"].get(subject)
    return statistics.median(each[of] for each in starts) if starts else None


# --- Text -------------------------------------------------------------------------------------------------------------

def number(value, digits=3):
    """With so many significant digits, and never as a power of ten."""
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


def table(head, rows, words=1):
    """A table whose first columns are words and all others are numbers."""
    marks = ["---"] * words + ["---:"] * (len(head) - words)
    return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in (head, marks, *rows))


def heading(found):
    setting = found.setting
    warning = "" if not setting["quick"] else (
        "\n\n**A quick run, to see whether everything works. Its figures are worth nothing.**")
    whole = "" if "minutes" in setting else " The run was broken off: what is missing here was not measured."
    return f"""# Clientela beside a peer, and beside the database alone{warning}

{setting["date"]}, commit {setting["commit"]}, by `{setting["command"].strip()}`.{whole}
Made by `bench/report.py`; do not edit.

- **limit:** pgbench sends PostgreSQL the very statements that the service sends, from as many connections as there are
  callers. Nothing that asks this database in this way can be faster.
- **Clientela:** the service, on the JVM{" and as a native executable" if "native" in found.subjects() else ""}.
- **peer:** what one would write instead: Spring Boot {setting["spring_boot"]}, WebFlux, Spring Data R2DBC
  (`bench/peer`). Same schema, same pool of {setting["pool"]} connections, same check of tokens (RS256), same JSON
  ({setting.get("compared", 0)} answers compared before the run), one line in the log for each request.

All ran one after the other on {setting["cpu"]}, {setting["cores"]} cores, {setting["memory_gb"]} GB,
Linux {setting["kernel"]}, together with the database and the load generator. So **only ratios within this run mean
something**; absolute figures are here to see where they come from.
PostgreSQL {setting["postgresql"]}, {setting["java"]}, wrk {setting["wrk"]}."""


def aims(found):
    """Each aim, what was measured, and what follows."""
    rows = []

    def aim(text, value, shown, met):
        rows.append((text, "not measured" if value is None else shown(value),
                     "–" if value is None else "met" if met(value) else "**missed**"))

    for subject in ("clientela", "native"):
        if subject == "native" and subject not in found.subjects():
            continue
        cell, label = found.main(subject, "get"), found.labels[subject]
        limit, peer = found.main("limit", "get"), found.main("peer", "get")
        label = f"{label}, get by id, {found.at} connections"
        aim(f"{label}: at least 40% of the limit's rate",
            ratio(cell, limit, rate), percent, lambda value: value >= 0.4)
        aim(f"{label}: at least twice the peer's requests per CPU second of the service",
            ratio(cell, peer, per_cpu_second), times, lambda value: value >= 2)
        aim(f"{label}: p99 at most half the peer's",
            ratio(cell, peer, p99), times, lambda value: value <= 0.5)
    seconds = lambda value: f"{value:.3f} s"
    aim("Clientela (JVM, AOT cache): first answer in less than 1.5 s", median(found, "clientela-aot"), seconds,
        lambda value: value < 1.5)
    aim("Clientela (native): first answer in less than 0.1 s", median(found, "native"), seconds,
        lambda value: value < 0.1)
    aim("Clientela (native): less than 100 MB resident after load", found.results["memory"].get("native"),
        lambda value: f"{value:.0f} MB", lambda value: value < 100)
    verdicts = [verdict for _, _, verdict in rows]
    missed, open_ = verdicts.count("**missed**"), verdicts.count("–")
    summary = f"{verdicts.count('met')} of {len(rows)} met, {missed} missed, {open_} not measured."
    return f"## Against the aims\n\n{summary}\n\n" + table(("Aim", "Measured", ""), rows, words=1)


def workloads(found):
    rows = []
    for name in found.workloads():
        limit, peer = found.main("limit", name), found.main("peer", name)
        title = found.titles[name]
        for subject in found.subjects():
            cell = found.main(subject, name)
            if not cell:
                continue
            served = subject != "limit"
            rows.append((
                title, found.labels[subject], number(cell["rate"]),
                percent(ratio(cell, limit, rate)) if served else "", times(ratio(cell, peer, rate)) if served else "",
                number(cell["p50"]), number(cell["p99"]), times(ratio(cell, peer, p99)) if served else "",
                number(per_thousand(cell, "service"), 2) if served else "", number(per_thousand(cell, "database"), 2),
                times(ratio(cell, peer, per_cpu_second)) if served else ""))
            title = ""
    if not rows:
        return ""
    sums = []
    for subject in ("clientela", "native"):
        pairs = [(found.main(subject, name), found.main("peer", name)) for name in found.workloads()]
        shares = [value for value in (ratio(*pair, rate) for pair in pairs) if value]
        cheaper = [value for value in (ratio(*pair, per_cpu_second) for pair in pairs) if value]
        if shares and cheaper:
            sums.append(f"{found.labels[subject]} answers {spread(shares)} the peer's requests per second, and "
                        f"{spread(cheaper)} as many per CPU second of the service.")
    head = ("Workload", "", "requests/s", "of the limit", "× peer", "p50 ms", "p99 ms", "p99 × peer",
            "service CPU s", "database CPU s", "requests per service CPU s × peer")
    return (f"## Workloads, {found.setting['customers']:,} customers, {found.at} connections\n\n" + " ".join(sums)
            + "\n\nCPU seconds are per 1,000 requests.\n\n" + table(head, rows, words=2))


def spread(values):
    low, high = min(values), max(values)
    if len(values) == 1:
        return times(low)
    return f"{times(low)} to {times(high)} (median {times(statistics.median(values))})"


def connections(found):
    if len(found.connections) < 2:
        return ""
    rows = []
    for name in found.workloads():
        title = found.titles[name]
        for subject in found.subjects():
            cells = [found.main(subject, name, count) for count in found.connections]
            if subject == "limit" or not any(cells):
                continue
            row = [title, found.labels[subject]]
            for count, cell in zip(found.connections, cells):
                limit = found.main("limit", name, count)
                share = percent(ratio(cell, limit, rate)) if limit or not cell else number(cell["rate"]) + "/s"
                row.append(f"{share}, {number(cell['p99'], 2)} ms" if cell else "–")
            rows.append(row)
            title = ""
    return ("## By connections\n\nOf the limit's rate at as many connections (or requests per second, where there is no "
            "limit), and p99.\n\n"
            + table(("Workload", "", *found.connections), rows, words=2)
            + "\n\n![Rates by connections, as a share of the best rate of the limit](results-rate.svg)")


def large(found):
    rows = []
    for subject, measured in found.results.get("large", {}).items():
        for kind, title in (("merge", "merge"), ("undo", "its undo")):
            seconds = sorted(measured[kind])
            rows.append((found.labels[subject], title, f"{statistics.median(seconds) * 1000:.0f}",
                         f"{seconds[0] * 1000:.0f}–{seconds[-1] * 1000:.0f}", len(seconds)))
    if not rows:
        return ""
    return (f"## Merges with {found.setting['large']:,} calls\n\nTwo customers of whom the source has "
            f"{found.setting['large']:,} calls, an order and an address; one request after the other, each merge undone "
            "before the next. From the request to the whole answer, milliseconds.\n\n"
            + table(("", "", "median", "from–to", "n"), rows, words=2))


def start(found):
    rows = []
    for subject, starts in found.results["starts"].items():
        seconds = sorted(each["seconds"] for each in starts)
        peer = median(found, "peer-aot" if subject.endswith("-aot") else "peer")
        memory = found.results["memory"].get(subject)
        rows.append((found.labels[subject], f"{median(found, subject):.3f}", f"{seconds[0]:.3f}–{seconds[-1]:.3f}",
                     times(median(found, subject) / peer if peer else None), f"{median(found, subject, 'rss'):.0f}",
                     f"{memory:.0f}" if memory else "–"))
    if not rows:
        return ""
    migrations = ("The service also checks the schema's migrations when it starts; the peer has none."
                  if found.results["setting"].get("migrates_at_start", True) else
                  "The service does not look for migrations when it starts (`QUARKUS_FLYWAY_MIGRATE_AT_START=false`), as "
                  "in its deployment, where an init container applies them; the peer has none.")
    return (f"## Start and memory\n\nFrom the start of the process to the first answer to a get by id, median of "
            f"{len(next(iter(found.results['starts'].values())))}; what stays resident (RSS) a second later, and after "
            f"all load of the main part. {migrations} *× peer* compares a start with an AOT cache with the peer's with "
            "one.\n\n"
            + table(("", "first answer s", "from–to s", "× peer", "MB after the start", "MB after load"), rows))


def cold(found):
    rows = [(found.labels[subject], f"{each['first_answer']:.2f}", f"{each['reached']:.1f}", number(each["peak"]),
             number(each["rates"][0]))
            for subject, each in found.results["cold"].items()]
    if not rows:
        return ""
    return ("## Cold\n\nGet by id from 64 connections right after the first answer: seconds since the start of the "
            "process until a second had 90% of the peak rate (the best three seconds on end).\n\n"
            + table(("", "first answer s", "90% after s", "peak requests/s", "in the first whole second"), rows)
            + "\n\n![Requests per second after the start, as a share of the peak](results-cold.svg)")


def growth(found):
    sizes, names = grown(found)
    if not names:
        return ""
    rows = []
    for name in names:
        for subject in ("limit", "clientela", "peer"):
            cells = [found.sized(subject, name, size) for size in sizes]
            base = next((cell for cell in cells if cell), None)
            row = [found.titles[name] if subject == "limit" else "", found.labels[subject]]
            row += [f"{number(cell['rate'])} ({times(ratio(cell, base, rate))})" if cell else "–" for cell in cells]
            rows.append(row)
    return (f"## As the table grows\n\nRequests per second at {found.setting['growth_connections']} connections by the "
            "number of customers in the tenant (a tenth as many are in others), and how many times that of the "
            "smallest.\n\n"
            + table(("Workload", "", *(f"{size:,}" for size in sizes)), rows, words=2)
            + "\n\n![Rates by the number of customers](results-growth.svg)")


def grown(found):
    """The sizes and workloads that were measured at more than one size."""
    connections = found.setting["growth_connections"]
    sizes = sorted({key[4] for key in found.cells if key[3] == connections and key[0] in ("main", "growth")})
    measured = {key[2] for key in found.cells if key[0] == "growth"}
    return sizes, [name for name in found.titles if name in measured and len(sizes) > 1]


def trust(found):
    """What speaks for and against the figures."""
    lines = []
    drifts = [abs(cell["rate"] / found.main(key[1], "get", key[3])["rate"] - 1) for key, cell in found.cells.items()
              if key[0] == "repeat" and found.main(key[1], "get", key[3])]
    if drifts:
        lines.append("- Get by id was measured again after everything else: it differed by up to "
                     f"{percent(max(drifts))}. Differences of this size between subjects say nothing.")
    for key, cell in found.cells.items():
        if key[0] == "remembering":
            clientela, peer = (found.main(subject, "get", key[3]) for subject in ("clientela", "peer"))
            lines.append("- The service remembers a verified token for a minute, and all callers here send one token; "
                         "the peer verifies each request's, as Spring Security does. A peer that remembers them too "
                         f"has {times(ratio(cell, peer, rate))} the rate of the other one; Clientela (JVM) then has "
                         f"{times(ratio(clientela, cell, rate))} its rate, "
                         f"{times(ratio(clientela, cell, per_cpu_second))} its requests per CPU second and "
                         f"{times(ratio(clientela, cell, p99))} its p99 (get by id, "
                         f"{key[3]} connections).")
    for cell in found.results["cells"]:
        if cell["refused"] or cell["broken"]:
            codes = ", ".join(f"{code}: {count}" for code, count in sorted(cell.get("codes", {}).items()))
            lines.append(f"- {found.labels[cell['subject']]}, {found.titles[cell['workload']]}, "
                         f"{cell['connections']} connections: {cell['refused']} of {cell['requests']} refused, "
                         f"{cell['broken']} broken off"
                         + (f" (codes in another second: {codes})." if codes else "."))
    if not any(cell["refused"] or cell["broken"] for cell in found.results["cells"]):
        lines.append("- No request was refused or broken off.")
    loads = [cell["cpu"] / cell["seconds"] for cell in found.results["cells"] if cell["kind"] == "main"]
    if loads:
        lines.append(f"- The load generator took {number(min(loads), 2)} to {number(max(loads), 2)} of the "
                     f"{found.setting['cores']} cores, which what is measured did not have.")
    return "## How far to trust this\n\n" + "\n".join(lines)


def method(found):
    setting, protocols = found.setting, found.results.get("protocols", {})
    extended = [found.titles[name] for name, protocol in protocols.items() if protocol == "extended"]
    kept = ("prepared statements (`pgbench -M prepared`)" + (
        f", but for {', '.join(extended)}, where the service keeps none (`-M extended`)" if extended else ""))
    settings = ", ".join(f"`{key}={value}`" for key, value in setting["settings"].items())
    return f"""## How it was measured

- {setting["duration"]} s for each cell, after {setting["warm_up"]} s of get by id and an eighth of that of every other
  workload (a third as long where the table grows), and then get by id until it gets no faster, for 2 minutes more at
  most. Before each cell that writes, what was written is removed and the
  tables vacuumed. Every subject begins with a fresh copy of the same database.
- The service compares likely duplicates in the background, as it does when deployed (`clientela.duplicates.every`, 5 s).
  That is part of its figures where customers are created, found by an upsert, or merged; the peer and the limit have
  nothing of the kind, but the limit writes the entry of the queue. The queue is empty before each cell, and so is what is
  known of duplicates: who is compared meets those of the same cell only.
- Upsert: a CRM's record of a customer with external id, e-mail and phone. Every second request is of one who was sent
  before, and changes one field; the others are new. The peer looks and then writes, so that of two at once each may
  create; the service lets nobody in between. The limit takes random ones of the locks for that.
- Merge: pairs of the same person, of whom the source has {setting.get("calls_of_a_source", 0)} calls, an order and an
  address; no pair twice. Merges have no peer, and no limit: what pgbench sends again cannot depend on what it read.
- wrk holds its connections open and sends the next request when it has the answer to the last (closed loop), with one
  thread. A slow subject is thus asked less: its p99 is not what callers see who do not wait for each other.
- The limit: {kept}.
  The SQL is captured from the running service and checked to have the same plans. What pgbench does until all
  connections have prepared their statements (a second and more) is not counted.
- PostgreSQL chooses between generic and custom plans by itself (`plan_cache_mode=auto`); but for the search,
  the peer has `plan_cache_mode=force_custom_plan`, without which it can be hundreds of times as slow
  ([PLANS.md](PLANS.md)).
- PostgreSQL: {settings}; on the same machine, over TCP.
- JVM: `-Xmx{setting["heap"]}` for every service, all else as it comes; with an AOT cache also `-XX:+UseG1GC`, as in the
  image. The service's cache is made as for its image, the peer's as Spring Boot's manual says (a start and no request).
- CPU seconds are user and system time of the service's process, and of all of PostgreSQL's processes."""


# --- Plots ------------------------------------------------------------------------------------------------------------

WIDTH, HEIGHT, LEFT, TOP, BOTTOM, LEGEND = 340, 210, 46, 30, 38, 170


def plot(panels, labels, columns=3):
    """Panels (title, names along x, {subject: values}) side by side; a value is a share of 1, or None."""
    rows = math.ceil(len(panels) / columns)
    columns = min(columns, len(panels))
    shown = [name for name in labels if any(name in series for _, _, series in panels)]
    width, beside = columns * WIDTH, columns * WIDTH // LEGEND
    height = rows * HEIGHT + 18 * math.ceil(len(shown) / beside) + 8
    parts = ['<svg xmlns="http://www.w3.org/2000/svg" '
             f'viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
             'font-family="sans-serif" font-size="11" fill="#222222">',
             f'<rect width="{width}" height="{height}" fill="#ffffff"/>']
    for place, panel in enumerate(panels):
        parts.append(f'<g transform="translate({place % columns * WIDTH} {place // columns * HEIGHT})">')
        parts += panel_parts(*panel)
        parts.append("</g>")
    for place, name in enumerate(shown):
        x, y = 10 + place % beside * LEGEND, rows * HEIGHT + 14 + place // beside * 18
        parts.append(line([(x, y - 4), (x + 18, y - 4)], name))
        parts.append(f'<text x="{x + 23:.0f}" y="{y}">{html.escape(labels[name])}</text>')
    return "\n".join(parts + ["</svg>\n"])


def panel_parts(title, names, series):
    top = max([value for values in series.values() for value in values if value is not None] + [1])
    across, down = WIDTH - LEFT - 16, HEIGHT - TOP - BOTTOM
    x = lambda place: LEFT + across * (place / max(1, len(names) - 1))
    y = lambda value: TOP + down * (1 - value / top)
    yield f'<text x="{LEFT}" y="18" font-weight="bold">{html.escape(title)}</text>'
    for tenth in range(0, int(top * 4 + 1e-9) + 1):
        value = tenth / 4
        yield f'<path d="M{LEFT} {y(value):.1f}h{across}" stroke="#dddddd"/>'
        yield f'<text x="{LEFT - 5}" y="{y(value) + 4:.1f}" text-anchor="end">{value:.0%}</text>'
    every = math.ceil(len(names) / 9)
    for place, name in enumerate(names):
        if place % every == 0:
            yield f'<text x="{x(place):.1f}" y="{TOP + down + 16}" text-anchor="middle">{html.escape(str(name))}</text>'
    for subject, values in series.items():
        points = [(x(place), y(value)) for place, value in enumerate(values) if value is not None]
        yield line(points, subject)
        if len(names) <= 9:
            for across_, down_ in points:
                yield f'<circle cx="{across_:.1f}" cy="{down_:.1f}" r="2.5" fill="{COLORS[subject]}"/>'


def line(points, subject):
    dashes = ' stroke-dasharray="5 3"' if subject.endswith("-aot") else ""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{path}" fill="none" stroke="{COLORS[subject]}" stroke-width="2"{dashes}/>'


def rate_plot(found):
    """Rates by connections, as shares of the limit's best."""
    panels = []
    for name in found.workloads():
        cells = [found.main("limit", name, count) for count in found.connections]
        best = max((cell["rate"] for cell in cells if cell), default=0)
        if best and len(found.connections) > 1:
            panels.append((found.titles[name], found.connections, {
                subject: shares([found.main(subject, name, count) for count in found.connections], best)
                for subject in found.subjects()}))
    return plot(panels, found.labels) if panels else ""


def growth_plot(found):
    """Rates by the number of customers, as shares of the limit's best."""
    sizes, names = grown(found)
    panels = []
    for name in names:
        cells = {subject: [found.sized(subject, name, size) for size in sizes]
                 for subject in ("limit", "clientela", "peer")}
        best = max((cell["rate"] for cell in cells["limit"] if cell), default=0)
        if best:
            panels.append((found.titles[name], [f"{size:,}" for size in sizes],
                           {subject: shares(each, best) for subject, each in cells.items() if any(each)}))
    return plot(panels, found.labels, columns=2) if panels else ""


def cold_plot(found):
    """Rates by seconds since the start of measuring, as shares of the best peak of all."""
    colds = found.results["cold"]
    if not colds:
        return ""
    best = max(each["peak"] for each in colds.values())
    names = range(1, max(len(each["rates"]) for each in colds.values()) + 1)
    series = {subject: [value / best for value in each["rates"]] for subject, each in colds.items()}
    return plot([("Share of the best peak, by seconds under load", names, series)], found.labels, columns=1)


def shares(cells, best):
    return [cell["rate"] / best if cell else None for cell in cells]

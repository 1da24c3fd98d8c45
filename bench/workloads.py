"""The workloads, and the wrk scripts that send them.

A workload is one entry in WORKLOADS:

  title        its name in the report
  sample       a function that returns one such request (method, path, body as text or None) for a known customer at a
               place and a new customer of a number: the checks send it, and the limit of a read is built from its SQL. A
               list of functions if their statements differ.
  limit        for a workload that writes: the script of limit/*.sql for each sample
  lua          an expression whose value is a function that returns the next request; HARNESS has the available functions
  writes       whether the tables have to be restored after it
  plan         the plan_cache_mode of the peer for it, if PostgreSQL's own choice is bad
  parts        instead of a sample: (workload, weight) pairs that it is mixed from
  needs        the SQL file that has to be run before it: `crm`.sql or `pairs`.sql
  uses         the maximum number of pairs that it uses per second
  only         the subjects that implement it, if not all do; it needs no sample then
  customers    the customers that one request writes, if they are many; its figures are customers then
  connections  the numbers of connections for it, if not those of the run
"""

import json
import os
import re
import resource
import subprocess
import time
import urllib.parse

import people

KNOWN = 1000
"""The number of customers that are requested by id."""

# pgbench has only numeric variables, so the ids of the known customers are computed from a number: version 7 of RFC 9562,
# with a timestamp from 2021 to 2025 in decimal digits, so that they are spread over the index like the others.
FIRST_KNOWN, BETWEEN_KNOWN, END_OF_ID = 17700000000, 22999999, "70008000000000000000"

NEW_CUSTOMER = {"name": "{name}", "email": "{mailbox}.{n}@{host}", "phone": "{phone}", "document": "{document}",
                "birthday": "{birthday}", "address": "{address}", "tags": ["newsletter"], "source": "site",
                "location_id": "loc-01", "preferences": {"newsletter": True}}
TERMS = ["maria", "gonçalves", "silva santos", "wojciech", "98765"]
LIST = "/v1/customers"
UPSERT, BATCH, MERGE = LIST + "/upsert", LIST + "/batch", LIST + "/merge"

# The record of a customer that a CRM sends repeatedly. No other customer has a phone in these areas, so a customer matches
# by all three identifiers or by none.
CRM_CUSTOMER = {"external_id": "crm-{n}", "name": "{name}", "email": "{mailbox}.{n}@{host}",
                "phone": "({area}) 9{digits}", "birthday": "{birthday}", "address": "{address}", "tags": ["newsletter"],
                "source": "crm", "location_id": "loc-01", "preferences": {"newsletter": True},
                "attributes": {"crm_stage": "{stage}"}}
SENT_AREA, NEW_AREA = 33, 32
# The customers that the CRM has sent before. Their numbers are spread over the same range as those of the known ones.
CRM, FIRST_CRM, BETWEEN_CRM, END_OF_CRM_ID = 8000, 17700000001, 2874999, "70008000000000000003"
STAGES = ("won", "lost")
BATCH_SIZE = 1000

NOTES = ("Prefere contato pela manhã.", "Prefere contato à tarde.")

FIRST_PAIR = 17600000000
"""The pairs to be merged have ids like those of the known customers, with numbers from this one."""
END_OF_TARGET, END_OF_SOURCE = "70008000000000000001", "70008000000000000002"


def filled(template, number, **values):
    """A body as text: a template with the values of the person and the number of a customer."""
    values.update(people.of(number)._asdict(), n=number, digits=str(number)[-8:].rjust(8, "0"))
    return re.sub(r"{(\w+)}", lambda match: str(values[match.group(1)]), json.dumps(template, ensure_ascii=False))


def crm_customer(number, area):
    """The CRM's record of the customer with that number."""
    return filled(CRM_CUSTOMER, number, area=area, stage=STAGES[0])


def batch(bodies):
    return '{"customers":[' + ",".join(bodies) + "]}"


def get(path):
    return lambda place, number: ("GET", path, None)


WORKLOADS = {
    "get": {
        "title": "Get by id",
        "sample": lambda place, number: ("GET", known_path(place), None),
        "lua": 'any(ids, function(id) return call("GET", "/v1/customers/" .. id) end)',
    },
    "list": {
        "title": "List, first page of 20",
        "sample": get(LIST + "?count=none"),
        "lua": 'any({""}, function() return call("GET", "/v1/customers?count=none") end)',
    },
    "list-count": {
        "title": "List, with the total",
        "sample": get(LIST),
        "lua": 'any({""}, function() return call("GET", "/v1/customers") end)',
    },
    "search": {
        "title": "Search",
        "sample": [get(LIST + "?count=none&search=" + urllib.parse.quote_plus(term)) for term in TERMS],
        "lua": 'any(terms, function(term) return call("GET", "/v1/customers?count=none&search=" .. term) end)',
        # A generic plan takes hundreds of times as long (PLANS.md).
        "plan": "force_custom_plan",
    },
    "create": {
        "title": "Create",
        "sample": lambda place, number: ("POST", LIST, filled(NEW_CUSTOMER, number)),
        "limit": ["create"],
        "lua": f"""people(function(person)
            return function() return call("POST", "{LIST}", filled(new_customer, person(), {{}})) end
        end)""",
        "writes": True,
    },
    "status": {
        "title": "Change the status",
        "sample": lambda place, number: ("PUT", known_path(place) + "/status", '{"status":"inactive"}'),
        "limit": ["status"],
        "lua": """in_turn(ids, {"inactive", "active"}, function(id, status)
            return call("PUT", "/v1/customers/" .. id .. "/status", '{"status":"' .. status .. '"}')
        end)""",
        "writes": True,
    },
    "patch": {
        "title": "Change the notes (PATCH)",
        "sample": lambda place, number: ("PATCH", known_path(place), json.dumps({"notes": NOTES[0]})),
        "limit": ["patch"],
        "lua": f"""in_turn(ids, {{"{NOTES[0]}", "{NOTES[1]}"}}, function(id, notes)
            return call("PATCH", "/v1/customers/" .. id, '{{"notes":"' .. notes .. '"}}')
        end)""",
        "writes": True,
    },
    "upsert": {
        "title": "Upsert, half of them new",
        "sample": [lambda place, number: ("POST", UPSERT, crm_customer(crm_number(place), SENT_AREA)),
                   lambda place, number: ("POST", UPSERT, crm_customer(number, NEW_AREA))],
        "limit": ["upsert-existing", "upsert-new"],
        "lua": f"""people(function(person)
            return alternately(
                in_turn(sent, stages, function(number, stage)
                    return call("POST", "{UPSERT}", crm_customer(person(number), {SENT_AREA}, stage))
                end),
                function() return call("POST", "{UPSERT}", crm_customer(person(), {NEW_AREA}, stages[1])) end)
        end)""",
        "needs": "crm",
        "writes": True,
    },
    "batch-new": {
        "title": "Batch of 1,000 new, customers",
        "sample": lambda place, number: ("POST", BATCH, batch(
            crm_customer(number + index, NEW_AREA) for index in range(BATCH_SIZE))),
        "lua": f"""people(function(person)
            return function()
                return call("POST", "{BATCH}", batch({BATCH_SIZE}, function()
                    return crm_customer(person(), {NEW_AREA}, stages[1])
                end))
            end
        end)""",
        "customers": BATCH_SIZE,
        "connections": (1, 4),
        "only": ("clientela", "native"),
        "writes": True,
    },
    "batch-changed": {
        "title": "Batch of 1,000 changed, customers",
        "sample": lambda place, number: ("POST", BATCH, batch(
            crm_customer(crm_number(index), SENT_AREA) for index in range(BATCH_SIZE))),
        # Parts of all customers of the CRM, so that concurrent requests change different ones.
        "lua": f"""people(function(person)
            return in_turn(range({CRM // BATCH_SIZE}), stages, function(part, stage)
                local place = (part - 1) * {BATCH_SIZE}
                return call("POST", "{BATCH}", batch({BATCH_SIZE}, function()
                    place = place + 1
                    return crm_customer(person(sent[place]), {SENT_AREA}, stage)
                end))
            end)
        end)""",
        "customers": BATCH_SIZE,
        "connections": (1, 4),
        "needs": "crm",
        "only": ("clientela", "native"),
        "writes": True,
    },
    "merge": {
        "title": "Merge two customers",
        "lua": f'function() n = n + 1 return call("POST", "{MERGE}", merge(n - unused)) end',
        "needs": "pairs",
        "uses": 1000,
        "only": ("clientela", "native"),
        "writes": True,
    },
    "mixed": {
        "title": "90% get, 10% status",
        "parts": [("get", 9), ("status", 1)],
        "lua": "mixed({{%(get)s, 9}, {%(status)s, 1}})",
        "writes": True,
    },
}

# Requests are built before the load begins where possible, so that the load generator uses little CPU.
HARNESS = """
local ids, terms, new_customer, unused, headers = %(ids)s, %(terms)s, %(new_customer)s, %(unused)d, %(headers)s
local sent, stages, crm, n = %(sent)s, %(stages)s, %(crm)s, unused
local next_request, threads = nil, {}
codes, seconds = {}, {}

local function call(method, path, body) return wrk.format(method, path, headers, body) end

-- What `build` makes of a function that returns the person of a number, or of the next unused number. They are read only
-- for the workloads that need them.
local function people(build)
    local lines = {}
    for line in io.lines("%(people)s") do lines[#lines + 1] = line end
    return build(function(number)
        if not number then
            n = n + 1
            number = n
        end
        local person, pattern = {n = number, digits = tostring(number):sub(-8)}, "([^\t]*)\t?"
        %(fields)s = lines[number %% #lines + 1]:match(pattern:rep(%(field_count)d))
        return person
    end)
end

local function filled(template, person, values)
    return (template:gsub("{([%%w_]+)}", function(name) return values[name] or person[name] end))
end

local function crm_customer(person, area, stage) return filled(crm, person, {area = area, stage = stage}) end

local function batch(size, build)
    local bodies = {}
    for i = 1, size do bodies[i] = build() end
    return '{"customers":[' .. table.concat(bodies, ",") .. "]}"
end

local function range(size)
    local numbers = {}
    for i = 1, size do numbers[i] = i end
    return numbers
end

-- The body that merges the pair at `index`, from 1.
local function merge(index)
    local digits = string.format("0%%.0f", %(first_pair)d + index - 1)
    local id = '"' .. digits:sub(1, 8) .. "-" .. digits:sub(9) .. "%(dashed_end)s"
    return '{"target_id":' .. id .. '1","source_ids":[' .. id .. '2"]}'
end

-- The list in random order, the same in every run.
local function shuffled(list)
    for i = #list, 2, -1 do
        local j = math.random(i)
        list[i], list[j] = list[j], list[i]
    end
    return list
end

-- The request for a random one of the items.
local function any(items, build)
    local requests = {}
    for i, item in ipairs(items) do requests[i] = build(item) end
    return function() return requests[math.random(#requests)] end
end

-- All items in random order with the first state, then all with the second one, and so on: so that each request changes
-- the state of its item.
local function in_turn(items, states, build)
    local requests, next = {}, 0
    items = shuffled(items)
    for _, state in ipairs(states) do
        for _, item in ipairs(items) do requests[#requests + 1] = build(item, state) end
    end
    return function()
        next = next %% #requests + 1
        return requests[next]
    end
end

local function alternately(one, other)
    local first = false
    return function()
        first = not first
        return first and one() or other()
    end
end

-- The weights of the parts add up to 10.
local function mixed(parts)
    local tenths = {}
    for _, part in ipairs(parts) do
        for _ = 1, part[2] do tenths[#tenths + 1] = part[1] end
    end
    return function() return tenths[math.random(#tenths)]() end
end

function setup(thread) threads[#threads + 1] = thread end

function init(args)
    next_request = %(lua)s
end

request = %(request)s

%(response)s

function done(summary, latency)
    local found, spread = {}, {}
    for _, thread in ipairs(threads) do
        for code, count in pairs(thread:get("codes")) do found[code] = (found[code] or 0) + count end
        for second, count in pairs(thread:get("seconds")) do spread[second] = (spread[second] or 0) + count end
    end
    local function object(of)
        local members = {}
        for key, value in pairs(of) do members[#members + 1] = string.format('"%%s":%%d', key, value) end
        return "{" .. table.concat(members, ",") .. "}"
    end
    local errors = summary.errors
    io.write(string.format(
        '\\nRESULT {"requests":%%d,"seconds":%%.6f,"p50":%%.3f,"p99":%%.3f,"refused":%%d,"broken":%%d,"codes":%%s,"per_second":%%s}\\n',
        summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
        errors.status, errors.connect + errors.read + errors.write + errors.timeout, object(found), object(spread)))
end
"""

PLAIN = "function() return next_request() end"
# Requests are counted when they are sent: on a connection, that is when the previous response has arrived.
PER_SECOND = """function()
    local now = tostring(os.time())
    seconds[now] = (seconds[now] or 0) + 1
    return next_request()
end"""
# Makes wrk store every header and body, so only used where the status codes are needed.
CODES = "function response(status) local code = tostring(status) codes[code] = (codes[code] or 0) + 1 end"


def known_id(index):
    """The id of the known customer at `index`, from 0."""
    return dashed(f"0{FIRST_KNOWN + index * BETWEEN_KNOWN}{END_OF_ID}")


def known_path(place):
    return f"{LIST}/{known_id(place)}"


def crm_number(place):
    """The number of the customer at `place`, from 0, that the CRM has sent before."""
    return FIRST_CRM + place * BETWEEN_CRM


def pair(index):
    """The ids of the target and the source of the pair at `index`, from 0."""
    return tuple(dashed(f"0{FIRST_PAIR + index}{end}") for end in (END_OF_TARGET, END_OF_SOURCE))


def dashed(digits):
    """The text form of a UUID."""
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def samples(name):
    """The functions that return the sample requests of a workload; those of its parts if it has parts."""
    workload = WORKLOADS[name]
    if "parts" in workload:
        return [sample for part, _ in workload["parts"] for sample in samples(part)]
    sample = workload.get("sample", [])
    return sample if isinstance(sample, list) else [sample]


def script(folder, name, token, per_second=False, with_codes=False):
    """The Lua script with which wrk sends the requests of a workload."""
    expression = WORKLOADS[name]["lua"]
    if "parts" in WORKLOADS[name]:
        expression = expression % {part: WORKLOADS[part]["lua"] for part, _ in WORKLOADS[name]["parts"]}
    return HARNESS % {
        "ids": "{" + ",".join(f'"{known_id(i)}"' for i in range(KNOWN)) + "}",
        "terms": "{" + ",".join('"' + urllib.parse.quote_plus(term) + '"' for term in TERMS) + "}",
        "new_customer": "[==[" + json.dumps(NEW_CUSTOMER, ensure_ascii=False) + "]==]",
        "sent": "{" + ",".join(str(crm_number(place)) for place in range(CRM)) + "}",
        "stages": "{" + ",".join(f'"{stage}"' for stage in STAGES) + "}",
        "people": written_once(os.path.join(folder, "people"), people.lines),
        "fields": ", ".join("person." + field for field in people.Person._fields),
        "field_count": len(people.Person._fields),
        "crm": "[==[" + json.dumps(CRM_CUSTOMER, ensure_ascii=False) + "]==]",
        "first_pair": FIRST_PAIR,
        "dashed_end": dashed("0" * 12 + END_OF_TARGET)[13:-1],
        "headers": '{["Authorization"]="Bearer %s",["Content-Type"]="application/json"}' % token,
        # Lua writes numbers of up to 14 digits in full.
        "unused": int(time.time()) % 10**7 * 10**6,
        "lua": expression,
        "request": PER_SECOND if per_second else PLAIN,
        "response": CODES if with_codes else "",
    }


def wrk(folder, url, name, token, connections, seconds, **options):
    """Runs wrk and returns its results; latencies are in ms. `cpu` is wrk's own CPU time, in seconds.

    One thread: it sends more requests than any subject here can serve, and a second one would only take a core from the
    subject.
    """
    path = os.path.join(folder, "workload.lua")
    with open(path, "w") as file:
        file.write(script(folder, name, token, **options))
    before = children_cpu()
    done = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "-s", path, url],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    found = re.search(r"^RESULT (.*)$", done.stdout, re.MULTILINE)
    if not found:
        raise SystemExit(f"wrk failed:\n{done.stdout}")
    return {**json.loads(found.group(1)), "cpu": children_cpu() - before}


def written_once(path, text):
    """The path of a file with the text that a function returns."""
    if not os.path.exists(path):
        with open(path, "w") as file:
            file.write(text())
    return path


def children_cpu():
    """User and system time of all child processes that have ended, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime

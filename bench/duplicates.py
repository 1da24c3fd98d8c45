#!/usr/bin/env python3
"""Measures the quality of likely duplicates: loads people with known duplicates through the API, requests the pairs, and
prints precision, recall and F1 over all true pairs.

    ./mvnw package -DskipTests
    bench/duplicates.py FILE.csv …

The files are those of FEBRL (Freely Extensible Biomedical Record Linkage): `rec-N-org` and `rec-N-dup-K` are the same
person. Supported columns: rec_id, given_name, surname, name, street_number, address_1, address_2, suburb,
postcode, state, address, date_of_birth (YYYYMMDD or YYYY-MM-DD), soc_sec_id, document, email, phone(_number), company.
Fields that the API rejects (an invalid birthday) are left out and counted.

Needs the programs of world.py. Each file is loaded into its own tenant of one service with one database.
"""

import argparse
import csv
import http.client
import itertools
import json
import os
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import local

from world import World

CALLERS = 8
ADDRESS = ("street_number", "address_1", "address_2", "suburb", "postcode", "state")
FIELDS = {"soc_sec_id": "document", "document": "document", "email": "email", "phone": "phone", "phone_number": "phone",
          "company": "company_name", "company_name": "company_name", "address": "address", "name": "name"}


def person(row):
    """The request body for a record."""
    row = {key.strip(): (value or "").strip() for key, value in row.items() if key}
    name = " ".join(part for part in (row.get("given_name"), row.get("surname")) if part)
    address = " ".join(row[part] for part in ADDRESS if row.get(part))
    birthday = row.get("date_of_birth", "")
    if len(birthday) == 8 and birthday.isdigit():
        birthday = f"{birthday[:4]}-{birthday[4:6]}-{birthday[6:]}"
    fields = {"name": name, "address": address, "birthday": birthday}
    fields.update({field: row[column] for column, field in FIELDS.items() if row.get(column)})
    fields["external_id"] = row["rec_id"]
    return {key: value for key, value in fields.items() if value} | ({} if fields["name"] else {"name": "?"})


class Api:
    """A client of the API with one connection for each thread."""

    def __init__(self, port, token):
        self.port, self.token, self.thread = port, token, local()

    def call(self, method, path, body=None):
        if not hasattr(self.thread, "connection"):
            self.thread.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        self.thread.connection.request(method, path, json.dumps(body) if body else None,
                                       {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"})
        response = self.thread.connection.getresponse()
        return response.status, json.load(response)

    def create(self, customer):
        """Creates a customer without the fields that the API rejects, and returns those."""
        rejected = []
        while True:
            status, response = self.call("POST", "/v1/customers", customer)
            if status == 201:
                return rejected
            wrong = [error["field"].split("/")[1] for error in response.get("errors", [])]
            if status != 422 or not any(customer.pop(field, None) for field in wrong):
                sys.exit(f"{customer}: {status} {response}")
            rejected += wrong
            customer.setdefault("name", "?")

    def pairs(self, min_score):
        path = f"/v1/duplicates?page_size=200&count=none&min_score={min_score}" if min_score is not None \
            else "/v1/duplicates?page_size=200&count=none"
        cursor = ""
        while cursor is not None:
            status, page = self.call("GET", path + (f"&cursor={cursor}" if cursor else ""))
            if status != 200:
                sys.exit(f"{path}: {status} {page}")
            for pair in page["data"]:
                yield frozenset(customer["external_id"] for customer in pair["customers"]), pair["score"]
            cursor = page["meta"]["next_cursor"]


def true_pairs(records):
    groups = {}
    for record in records:
        groups.setdefault(record.split("-")[1], []).append(record)
    return {frozenset(pair) for group in groups.values() for pair in itertools.combinations(group, 2)}


def evaluate(api, file, min_score):
    with open(file, newline="", encoding="utf-8") as text:
        customers = [person(row) for row in csv.DictReader(text, skipinitialspace=True)]
    truth = true_pairs([customer["external_id"] for customer in customers])
    began = time.monotonic()
    with ThreadPoolExecutor(CALLERS) as pool:
        rejected = Counter(field for fields in pool.map(api.create, customers) for field in fields)
    loaded = time.monotonic()
    while api.call("GET", "/v1/duplicates?page_size=1&count=none")[1]["meta"]["pending"] > 0:
        time.sleep(0.1)
    compared = time.monotonic()
    found = dict(api.pairs(min_score))
    read = time.monotonic()
    correct = len(truth & found.keys())
    precision = correct / len(found) if found else 1.0
    recall = correct / len(truth) if truth else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    print(f"{os.path.basename(file)}: {len(customers)} records, {len(truth)} true pairs, {len(found)} found, "
          f"{correct} right")
    print(f"  precision {precision:.4f}  recall {recall:.4f}  F1 {f1:.4f}")
    print(f"  loaded in {loaded - began:.1f} s, compared {compared - loaded:.1f} s later, "
          f"read in {read - compared:.1f} s" + (f"; left out: {dict(rejected)}" if rejected else ""))
    return found, truth, {customer["external_id"]: customer for customer in customers}


def show(found, truth, customers, limit):
    for kind, pairs in (("missed", truth - found.keys()), ("wrong", found.keys() - truth)):
        for pair in itertools.islice(pairs, limit):
            print(f"  {kind}: " + "\n      ".join(json.dumps(customers[record]) for record in sorted(pair)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--min-score", type=float, help="instead of the recommended threshold")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="show N missed and N wrong pairs")
    options = parser.parse_args()
    with World() as world:
        database = world.database()
        service = world.clientela(database.port)
        service.wait("/q/health/ready")
        for index, file in enumerate(options.files):
            api = Api(service.port, world.token(tenant=f"file-{index}"))
            found, truth, customers = evaluate(api, file, options.min_score)
            if options.show:
                show(found, truth, customers, options.show)


if __name__ == "__main__":
    main()

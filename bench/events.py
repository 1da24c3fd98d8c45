#!/usr/bin/env python3
"""Live streams of events: the delay from a write to its readers, and the memory of many streams.

    ./mvnw package -DskipTests && bench/events.py [--streams 1000] [--rate 200] [--seconds 30]

Opens streams of ten tenants, one of each and then many, and creates customers at a rate. A delay is the time from the response
to a write, which follows its commit, to the event at a reader; one stream of each tenant is timed, all are read, by this one
process. Needs what world.py needs.
"""

import argparse
import asyncio
import json
import os
import statistics
import time

import world
from run import POSTGRESQL

TENANTS = 10
WRITERS = 20
HEAP = "256m"
WARM_UP = 60  # seconds of writes, as after some minutes of use
SETTLING = 5  # seconds before the memory is read


class Reader:
    """One stream. A timed one notes when the event of each customer came."""

    def __init__(self, port, token, timed):
        self.port, self.token, self.timed, self.came, self.events = port, token, timed, {}, 0

    async def open(self):
        self.stream, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.writer.write(f"GET /v1/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                     f"Authorization: Bearer {self.token}\r\n\r\n".encode())
        status = await self.stream.readline()
        if b" 200 " not in status:
            raise SystemExit(f"a stream was answered with {status.decode()}")
        while not (await self.stream.readline()).startswith(b"retry:"):
            pass
        self.task = asyncio.create_task(self.read())

    async def read(self):
        while line := await self.stream.readline():
            if line.startswith(b"data: "):
                self.events += 1
                if self.timed:
                    self.came[json.loads(line[len(b"data: "):])["subject"]["id"]] = time.monotonic()

    def close(self):
        self.task.cancel()
        self.writer.close()


class Writer:
    """A connection that creates customers, one after the other."""

    def __init__(self, port, token):
        self.port, self.token, self.written = port, token, {}

    async def run(self, interval, end, first):
        stream, writer = await asyncio.open_connection("127.0.0.1", self.port)
        due = time.monotonic() + first
        while due < end:
            await asyncio.sleep(due - time.monotonic())
            body = b'{"name":"Jane Smith"}'
            writer.write(f"POST /v1/customers HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                         f"Authorization: Bearer {self.token}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
            head = await stream.readuntil(b"\r\n\r\n")
            length = next(int(line.split(b":")[1]) for line in head.lower().split(b"\r\n")
                          if line.startswith(b"content-length:"))
            customer = json.loads(await stream.readexactly(length))
            if b" 201 " in head:  # 503: the service has more to do than it can
                self.written[customer["id"]] = time.monotonic()
            due += interval
        writer.close()


async def write(port, tokens, rate, seconds):
    """Creates customers of all tenants at a rate; returns when each was written."""
    writers = [Writer(port, tokens[i % TENANTS]) for i in range(WRITERS)]
    end = time.monotonic() + seconds
    await asyncio.gather(*(writer.run(WRITERS / rate, end, i / rate) for i, writer in enumerate(writers)))
    return {customer: at for writer in writers for customer, at in writer.written.items()}


async def measure(service, tokens, streams, arguments):
    before = world.rss_megabytes(service.pid)
    readers = [Reader(service.port, tokens[i % TENANTS], i < TENANTS) for i in range(streams)]
    for reader in readers:
        await reader.open()
    await asyncio.sleep(SETTLING)
    opened = world.rss_megabytes(service.pid)
    cpu = world.cpu_seconds([service.pid])
    written = await write(service.port, tokens, arguments.rate, arguments.seconds)
    cpu = world.cpu_seconds([service.pid]) - cpu
    await asyncio.sleep(SETTLING)
    came = {customer: at for reader in readers for customer, at in reader.came.items()}
    delays = sorted(max(0.0, came[customer] - at) * 1000 for customer, at in written.items() if customer in came)
    print(f"| {streams:,} | {len(written) / arguments.seconds:,.0f} | {sum(r.events for r in readers):,} "
          f"| {len(written.keys() - came.keys())} | {statistics.median(delays):.1f} "
          f"| {delays[int(len(delays) * 0.99)]:.1f} | {delays[-1]:.1f} | {opened - before:.0f} "
          f"| {world.rss_megabytes(service.pid) - before:.0f} | {cpu / arguments.seconds:.2f} |", flush=True)
    for reader in readers:
        reader.close()


async def measure_all(here, service, arguments):
    tokens = [here.token(f"tenant-{i}") for i in range(TENANTS)]
    await write(service.port, tokens, arguments.rate, WARM_UP)
    await asyncio.sleep(SETTLING)
    for streams in (TENANTS, arguments.streams):
        await measure(service, tokens, streams, arguments)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--streams", type=int, default=1000)
    parser.add_argument("--rate", type=float, default=200, help="writes in a second")
    parser.add_argument("--seconds", type=int, default=30)
    arguments = parser.parse_args()
    with world.World() as here:
        database = here.database(**POSTGRESQL)
        database.migrate()
        service = here.clientela(
            database.port, command=["java", f"-Xmx{HEAP}", "-jar", os.path.join(world.APPLICATION, "quarkus-run.jar")],
            QUARKUS_FLYWAY_MIGRATE_AT_START="false", CLIENTELA_DUPLICATES_EVERY="0S")
        service.wait("/q/health/ready")
        print("| streams | writes/s | events read | missing | delay p50, ms | p99 | max | RSS of open streams, MB "
              "| RSS after the writes, MB | CPU, cores |\n|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|", flush=True)
        asyncio.run(measure_all(here, service, arguments))


if __name__ == "__main__":
    main()

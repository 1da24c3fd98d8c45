"""What the benchmark and the fault runs share: a PostgreSQL server, tokens, and services as processes.

Needs Python 3.9, PostgreSQL's server programs (found by PG_BIN, pg_config or under /usr/lib/postgresql) and openssl.
All files are in one folder. At the end every started process is stopped and the folder is deleted.
"""

import base64
import glob
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# The packaged service; CLIENTELA_APP names another build of it.
APPLICATION = os.environ.get("CLIENTELA_APP", os.path.join(ROOT, "target", "quarkus-app"))
ISSUER = "https://issuer.bench.example"
AUDIENCE = "clientela"
TICKS = os.sysconf("SC_CLK_TCK")


def free_port():
    """A TCP port that is currently unused."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run(*command, **options):
    """Runs a command and returns its output; ends the run with the output if the command fails."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}")
    return done.stdout


def cpu_seconds(pids):
    """User and system time of processes so far, in seconds; processes that have ended are ignored."""
    total = 0
    for pid in pids:
        try:
            with open(f"/proc/{pid}/stat") as stat:
                fields = stat.read().rsplit(") ", 1)[1].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def rss_megabytes(pid):
    """The resident set of a process now, in MB (10^6 bytes)."""
    with open(f"/proc/{pid}/status") as status:
        for line in status:
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024 / 1e6
    return 0.0


class World:
    """The folder and the processes of one run. Use it with `with`."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="clientela-bench-", dir="/var/tmp")
        os.chmod(self.folder, 0o755)
        self.started = []
        self.key = os.path.join(self.folder, "key.pem")
        self.public_key = os.path.join(self.folder, "public.pem")
        run("openssl", "genrsa", "-out", self.key, "2048")
        run("openssl", "rsa", "-in", self.key, "-pubout", "-out", self.public_key)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for each in reversed(self.started):
            each.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def token(self, tenant="bench", groups=("admin",), seconds=24 * 3600, age=0, **further):
        """A signed token (RFC 7519, RS256) issued `age` seconds ago and valid for `seconds` from then, with `further`
        claims."""
        issued = int(time.time()) - age
        claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": "bench", "tenant": tenant, "groups": list(groups),
                  "iat": issued, "exp": issued + seconds, **further}
        parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=")
                 for part in ({"alg": "RS256", "typ": "JWT"}, claims)]
        signature = subprocess.run(["openssl", "dgst", "-sha256", "-sign", self.key], input=b".".join(parts),
                                   stdout=subprocess.PIPE, check=True).stdout
        return b".".join(parts + [base64.urlsafe_b64encode(signature).rstrip(b"=")]).decode()

    def database(self, **settings):
        """A new PostgreSQL server with an empty database `clientela`."""
        server = Database(self.folder, settings)
        self.started.append(server)
        return server

    def service(self, name, command, environment):
        """Starts a service as a process with `environment` in addition to PATH and HOME."""
        service = Service(self.folder, name, command, environment)
        self.started.append(service)
        return service

    def clientela(self, database_port, command=None, name="clientela", **environment):
        """Starts the service in production mode on that database; the default `command` runs the packaged service on
        the JVM. Further settings are environment variables."""
        jar = os.path.join(APPLICATION, "quarkus-run.jar")
        settings = {
            "QUARKUS_DATASOURCE_REACTIVE_URL": f"postgresql://127.0.0.1:{database_port}/clientela",
            "QUARKUS_DATASOURCE_JDBC_URL": f"jdbc:postgresql://127.0.0.1:{database_port}/clientela",
            "QUARKUS_DATASOURCE_USERNAME": "clientela",
            "QUARKUS_DATASOURCE_PASSWORD": "clientela",
            "MP_JWT_VERIFY_PUBLICKEY_LOCATION": self.public_key,
            "MP_JWT_VERIFY_ISSUER": ISSUER,
            "MP_JWT_VERIFY_AUDIENCES": AUDIENCE,
            "QUARKUS_HTTP_PORT": str(free_port()),
            **environment,
        }
        service = self.service(name, command or ["java", "-jar", jar], settings)
        service.port = int(settings["QUARKUS_HTTP_PORT"])
        return service


class Database:
    """A PostgreSQL server on a free port that trusts local connections of the superuser `clientela`."""

    def __init__(self, folder, settings):
        self.bin = self._find()
        self.data = os.path.join(folder, f"postgresql-{free_port()}")
        self.port = free_port()
        self.process = None
        # PostgreSQL refuses to run as root.
        self.owner = {"user": "postgres", "group": pwd.getpwnam("postgres").pw_gid} if os.geteuid() == 0 else {}
        os.mkdir(self.data, 0o700)
        if self.owner:
            shutil.chown(self.data, "postgres")
        self._run("initdb", "-D", self.data, "-U", "clientela", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        with open(os.path.join(self.data, "postgresql.conf"), "a") as file:
            for key, value in {"port": self.port, "unix_socket_directories": "", "listen_addresses": "127.0.0.1",
                               "max_connections": 200, **settings}.items():
                file.write(f"{key} = '{value}'\n")
        self.start()
        self.psql("CREATE DATABASE clientela", database="postgres")

    @staticmethod
    def _find():
        candidates = [os.environ.get("PG_BIN", "")]
        candidates += sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: -int(path.split("/")[4]))
        if shutil.which("pg_config"):
            candidates.append(run("pg_config", "--bindir").strip())
        for folder in candidates:
            if os.path.exists(os.path.join(folder, "initdb")):
                return folder
        raise SystemExit("PostgreSQL's server programs were not found: install them, or set PG_BIN to their folder.")

    def _run(self, program, *arguments):
        return run(os.path.join(self.bin, program), *arguments, cwd="/", **self.owner)

    @property
    def pid(self):
        return self.process.pid

    def pids(self):
        """The server's processes: the postmaster and its children."""
        children = subprocess.run(["pgrep", "-P", str(self.pid)], stdout=subprocess.PIPE, text=True).stdout.split()
        return [self.pid] + [int(child) for child in children]

    def start(self):
        with open(os.path.join(self.data, "log"), "ab") as log:
            self.process = subprocess.Popen([os.path.join(self.bin, "postgres"), "-D", self.data], cwd="/",
                                            stdout=log, stderr=log, **self.owner)
        for _ in range(600):
            ready = subprocess.run([os.path.join(self.bin, "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)])
            if ready.returncode == 0:
                return
            time.sleep(0.1)
        raise SystemExit("PostgreSQL does not start: " + self.data)

    def kill_9(self):
        """Kills all processes at once, as a failure of the machine would; `start` recovers from the log (WAL)."""
        for pid in self.pids():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.process.wait()
        time.sleep(0.2)

    def kill(self):
        """Stops the server at once (immediate shutdown)."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait()

    def psql(self, sql, database="clientela", **variables):
        """Runs SQL and returns what psql prints, without headers and padding."""
        command = ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", str(self.port),
                   "-U", "clientela", "-d", database]
        for name, value in variables.items():
            command += ["-v", f"{name}={value}"]
        return run(*command, input=sql)

    def migrate(self):
        """Applies the migrations in order, without Flyway's bookkeeping."""
        files = glob.glob(os.path.join(ROOT, "src/main/resources/db/migration/V*.sql"))
        version = lambda path: [int(part) for part in os.path.basename(path)[1:].split("__")[0].split("_")]
        for path in sorted(files, key=version):
            with open(path) as file:
                sql = file.read()
            # An index that is built concurrently has no transaction.
            self.psql(sql if "CONCURRENTLY" in sql else f"BEGIN;\n{sql}\nCOMMIT;")


class Service:
    """A service that runs as a process and listens on `port` of 127.0.0.1."""

    def __init__(self, folder, name, command, environment):
        self.command, self.name = command, name
        self.environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "LC_ALL": "C.UTF-8",
                            **environment}
        self.log = os.path.join(folder, f"{name}-{free_port()}.log")
        self.port = None
        self.process = None
        self.start()

    def start(self):
        self.began = time.monotonic()
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(self.command, env=self.environment, stdout=log, stderr=log)

    @property
    def pid(self):
        return self.process.pid

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def wait(self, path, token=None, seconds=60):
        """Waits until a GET of `path` returns 200, and returns the seconds since the start of the process."""
        request = urllib.request.Request(self.url + path)
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        while True:
            try:
                with urllib.request.urlopen(request, timeout=5):
                    return time.monotonic() - self.began
            except (OSError, urllib.error.URLError) as failure:
                if self.process.poll() is not None or time.monotonic() - self.began > seconds:
                    raise SystemExit(f"{self.name} does not respond ({failure}):\n{self.tail()}") from failure
            time.sleep(0.01)

    def tail(self, lines=30):
        with open(self.log, errors="replace") as log:
            return "".join(log.readlines()[-lines:])

    def kill_9(self):
        self.process.kill()
        self.process.wait()

    def terminate(self, seconds=60):
        """Stops the service with SIGTERM and returns its exit code."""
        self.process.terminate()
        return self.process.wait(seconds)

    def kill(self):
        if self.process.poll() is None:
            self.kill_9()

#!/bin/bash
# Starts the service in the working directory on an empty PostgreSQL of its own and sends it typical requests. The JVM
# records loaded and linked classes and execution profiles, and writes them to app.aot when it exits.
#
# Requires openssl and PostgreSQL's server programs (in PG_BIN or under /usr/lib/postgresql). All files except app.aot
# are deleted.
set -eu -o pipefail

http=8099
database=8098
issuer=https://training.invalid
folder=$(mktemp -d)
chmod 755 "$folder"
binaries=${PG_BIN:-$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)}

# PostgreSQL refuses to run as root.
as_owner() {
    if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

clean() {
    [ -z "${service:-}" ] || kill -KILL "$service" 2>/dev/null || true
    as_owner "$binaries/pg_ctl" stop -D "$folder/data" -m immediate >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap clean EXIT

mkdir -m 700 "$folder/data"
[ "$(id -u)" != 0 ] || chown postgres "$folder/data"
as_owner "$binaries/initdb" -D "$folder/data" -U training -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
as_owner "$binaries/pg_ctl" start -w -D "$folder/data" -l "$folder/data/log" \
    -o "-c port=$database -c listen_addresses=127.0.0.1 -c unix_socket_directories=" >/dev/null

openssl genrsa -out "$folder/key.pem" 2048 2>/dev/null
openssl rsa -in "$folder/key.pem" -pubout -out "$folder/public.pem" 2>/dev/null

base64url() {
    openssl base64 -A | tr '+/' '-_' | tr -d '='
}

token() {
    local now parts
    now=$(date +%s)
    parts=$(printf '{"alg":"RS256","typ":"JWT"}' | base64url).$(printf \
        '{"iss":"%s","aud":"clientela","sub":"training","tenant":"training","groups":["admin"],"iat":%d,"exp":%d}' \
        "$issuer" "$now" $((now + 3600)) | base64url)
    printf '%s.%s' "$parts" "$(printf %s "$parts" | openssl dgst -sha256 -sign "$folder/key.pem" | base64url)"
}

export QUARKUS_HTTP_PORT=$http
export QUARKUS_DATASOURCE_REACTIVE_URL=postgresql://127.0.0.1:$database/postgres
export QUARKUS_DATASOURCE_JDBC_URL=jdbc:postgresql://127.0.0.1:$database/postgres
export QUARKUS_DATASOURCE_USERNAME=training QUARKUS_DATASOURCE_PASSWORD=training
export MP_JWT_VERIFY_PUBLICKEY_LOCATION=$folder/public.pem
export MP_JWT_VERIFY_ISSUER=$issuer MP_JWT_VERIFY_AUDIENCES=clientela

# Sends a request through the shell's sockets, since the image has no HTTP client: `send METHOD PATH [BODY [HEADER]]`
# stores the status and the body of the response in these variables.
status='' body=''
send() {
    exec 3<>"/dev/tcp/127.0.0.1/$http" || return 1
    printf '%s %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nConnection: close\r\n%b' \
        "$1" "$2" "$bearer" "${4:+$4\\r\\n}" >&3
    if [ -n "${3:-}" ]; then
        printf 'Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s' "${#3}" "$3" >&3
    else
        printf '\r\n' >&3
    fi
    local version rest line
    read -r version status rest <&3
    while read -r line <&3 && [ "$line" != $'\r' ]; do :; done
    body=$(cat <&3)
    exec 3>&-
}

expect() {
    local expected=$1
    shift
    send "$@"
    [ "$status" = "$expected" ] || { echo "training: $1 $2 returned $status, not $expected: $body" >&2; exit 1; }
}

bearer=$(token)
java -XX:+UseG1GC -XX:AOTCacheOutput=app.aot -jar quarkus-run.jar &
service=$!
# Two minutes at most.
for _ in $(seq 1200); do
    send GET /q/health/live 2>/dev/null && [ "$status" = 200 ] && break
    kill -0 "$service"
    sleep 0.1
done

expect 200 GET /q/health/started
expect 200 GET /q/health/live
expect 200 GET /q/health/ready
expect 200 GET /q/openapi
customer='{"name":"Maria da Silva","email":"maria@example.com","phone":"+55 12 3923-5555",'
customer+='"document":"529.982.247-25","tags":["vip"]}'
# Further rounds do not make the start faster.
for round in 1 2 3; do
    expect 201 POST /v1/customers "$customer" "Idempotency-Key: training-$round"
    id=$(sed -E 's/.*"id":"([^"]+)".*/\1/' <<<"$body")
    expect 200 GET "/v1/customers/$id"
    expect 200 GET "/v1/customers?page_size=5&search=silva"
    expect 200 PATCH "/v1/customers/$id" '{"company_name":"Silva & Filhos"}' 'If-Match: "1"'
    expect 304 GET "/v1/customers/$id" '' 'If-None-Match: "2"'
    expect 200 GET "/v1/customers/$id/history"
    expect 422 POST /v1/customers '{"name":"","colour":"blue"}'
    expect 404 GET /v1/customers/00000000-0000-4000-8000-000000000000
    expect 204 DELETE "/v1/customers/$id"
    expect 200 GET /q/health/ready
    expect 200 GET /q/metrics
done
bearer=none
expect 401 GET /v1/customers

kill -TERM "$service"
wait "$service" || true # 143: ended by SIGTERM
service=
# The process that writes the cache can end after the JVM.
for _ in $(seq 120); do
    [ -s app.aot ] && [ ! -e app.aot.config ] && break
    sleep 1
done
[ -s app.aot ]

#!/bin/bash
# Starts the service in the working directory once, without a database, and asks what it can answer so: the JVM notes
# which classes it loads and links, and how its code runs, and leaves them in app.aot when it ends.
set -eu

port=8099
export QUARKUS_HTTP_PORT=$port
# Settings that let it start; nothing listens there.
export QUARKUS_DATASOURCE_REACTIVE_URL=postgresql://localhost:1/training
export QUARKUS_DATASOURCE_JDBC_URL=jdbc:postgresql://localhost:1/training
export QUARKUS_DATASOURCE_USERNAME=training QUARKUS_DATASOURCE_PASSWORD=training
export QUARKUS_FLYWAY_MIGRATE_AT_START=false
export MP_JWT_VERIFY_PUBLICKEY_LOCATION=file:/dev/null
export MP_JWT_VERIFY_ISSUER=https://training.invalid

# The status of a GET, by the shell's own sockets: the image need not have a client.
status() {
    exec 3<>"/dev/tcp/localhost/$port" || return 1
    printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\nConnection: close\r\n\r\n' "$1" "${2:-none}" >&3
    local version status rest
    read -r version status rest <&3
    cat <&3 >/dev/null
    exec 3>&-
    echo "$status"
}

expect() {
    local got
    got=$(status "$2" "${3:-none}")
    [ "$got" = "$1" ] || { echo "training: $2 answered $got, not $1" >&2; exit 1; }
}

java -XX:+UseG1GC -XX:AOTCacheOutput=app.aot -jar quarkus-run.jar &
service=$!
for _ in $(seq 120); do
    [ "$(status /q/health/live 2>/dev/null || true)" = 200 ] && break
    kill -0 "$service"
    sleep 1
done

expect 200 /q/health/live
expect 503 /q/health/ready
expect 200 /q/openapi
expect 200 /q/metrics
expect 401 /v1/customers 'Bearer training'

kill -TERM "$service"
wait "$service" || true # 143: ended by the signal, as asked
# The JVM can end before the process that writes the cache does.
for _ in $(seq 120); do
    [ -s app.aot ] && [ ! -e app.aot.config ] && break
    sleep 1
done
[ -s app.aot ]

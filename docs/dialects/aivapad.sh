#!/usr/bin/env bash
# The requests of the documentation of Aivapad's customers API, with host, key and ids replaced:
#   URL=http://localhost:8080 KEY=… docs/dialects/aivapad.sh
# Ends with the first request that is not answered as documented.
set -euo pipefail
: "${URL:?}" "${KEY:?}"
curl() { command curl -sS --fail-with-body "$@"; }

echo "--- create"
id=$(curl -X POST "$URL/api/external/v1/customers" \
  -H "Authorization: Bearer $KEY" \
  -H "Content-Type: application/json" \
  -d '{
    "name": "Jane Smith",
    "email": "jane@example.com",
    "phone": "+1 (800) 123-4567",
    "status": "active",
    "type": "individual"
  }' | tee /dev/stderr | grep -o '"id":"[^"]*"' | cut -d'"' -f4)

printf '\n--- list\n'
curl -X GET "$URL/api/external/v1/customers" \
  -H "Authorization: Bearer $KEY"

printf '\n--- get\n'
curl -X GET "$URL/api/external/v1/customers/$id" \
  -H "Authorization: Bearer $KEY"

printf '\n--- update status\n'
curl -X PUT "$URL/api/external/v1/customers/$id/status" \
  -H "Authorization: Bearer $KEY" \
  -H "Content-Type: application/json" \
  -d '{
    "status": "inactive"
  }'

printf '\n--- update\n'
curl -X PUT "$URL/api/external/v1/customers/$id" \
  -H "Authorization: Bearer $KEY" \
  -H "Content-Type: application/json" \
  -d '{
    "name": "Jane A. Smith",
    "phone": "+1 (800) 987-6543",
    "notes": "Enterprise account"
  }'

printf '\n--- delete\n'
curl -X DELETE "$URL/api/external/v1/customers/$id" \
  -H "Authorization: Bearer $KEY"

#!/usr/bin/env bash
# The requests of the documentation of Voki's customers API, with host, token, tenant and ids replaced:
#   URL=http://localhost:8080 TOKEN=… TENANT=… docs/dialects/voki.sh
# Ends with the first request that is not answered as documented.
set -euo pipefail
: "${URL:?}" "${TOKEN:?}" "${TENANT:?}"
curl() { command curl -sS --fail-with-body "$@"; }
id_in() { grep -o '"id":"[^"]*"' | head -1 | cut -d'"' -f4; }

echo "--- create"
ana=$(curl -X POST $URL/api/v1/customers \
  -H "Authorization: Bearer $TOKEN" \
  -H "X-Tenant: $TENANT" \
  -H "Content-Type: application/json" \
  -d '{
    "customer": {
      "name": "Ana Costa",
      "email": "ana@email.com",
      "phone": "+5511977776655",
      "document": "987.654.321-00"
    }
  }' | tee /dev/stderr | id_in)
carlos=$(curl -X POST $URL/api/v1/customers \
  -H "Authorization: Bearer $TOKEN" \
  -H "X-Tenant: $TENANT" \
  -H "Content-Type: application/json" \
  -d '{
    "customer": {
      "name": "Carlos Ferreira",
      "email": "carlos@email.com",
      "phone": "+5511999998888",
      "document": "123.456.789-00"
    }
  }' | tee /dev/stderr | id_in)

printf '\n--- list\n'
curl -X GET "$URL/api/v1/customers?search=carlos&page=1" \
  -H "Authorization: Bearer $TOKEN" \
  -H "X-Tenant: $TENANT"

printf '\n--- get\n'
curl -X GET $URL/api/v1/customers/$carlos \
  -H "Authorization: Bearer $TOKEN" \
  -H "X-Tenant: $TENANT"

printf '\n--- update\n'
curl -X PUT $URL/api/v1/customers/$carlos \
  -H "Authorization: Bearer $TOKEN" \
  -H "X-Tenant: $TENANT" \
  -H "Content-Type: application/json" \
  -d '{
    "customer": {
      "notes": "VIP customer - priority treatment"
    }
  }'

printf '\n--- merge\n'
curl -X POST $URL/api/v1/customers/merge \
  -H "Authorization: Bearer $TOKEN" \
  -H "X-Tenant: $TENANT" \
  -H "Content-Type: application/json" \
  -d '{
    "target_id": "'$carlos'",
    "source_ids": ["'$ana'"]
  }'

printf '\n--- delete\n'
curl -X DELETE $URL/api/v1/customers/$carlos \
  -H "Authorization: Bearer $TOKEN" \
  -H "X-Tenant: $TENANT"

#!/usr/bin/env bash
# The requests of the documentation of Dooki's customers API, with host, alias and key replaced:
#   URL=http://localhost:8080 KEY=ck_… TENANT=… docs/dialects/dooki.sh
# Ends with the first request that is not answered as documented.
set -euo pipefail
: "${URL:?}" "${KEY:?}" "${TENANT:?}"
curl() { command curl -sS --fail-with-body "$@"; }

alias=$TENANT
token=$(cut -d_ -f2 <<<"$KEY")
secret=$(cut -d_ -f3 <<<"$KEY")

# The documentation creates no customers.
id=$(curl --request POST --url "$URL/v1/customers" --header "Authorization: Bearer $KEY" \
  --header "Content-Type: application/json" --data '{"name": "Maria Silva", "phone": "(16) 98187-5668"}' \
  | grep -o '"number":[0-9]*' | cut -d: -f2)

echo "--- list"
curl --request GET \
--url $URL/v2/${alias}/customers \
--header "User-Secret-Key: $secret" \
--header "User-Token: $token"

printf '\n--- list with related data\n'
curl --request GET \
--url "$URL/v2/${alias}/customers?page=1&limit=10&include=addresses,stats,clusters" \
--header "User-Secret-Key: $secret" \
--header "User-Token: $token"

printf '\n--- get\n'
curl --request GET \
--url $URL/v2/${alias}/customers/$id \
--header "User-Secret-Key: $secret" \
--header "User-Token: $token"

printf '\n--- addresses\n'
curl --request GET \
--url $URL/v2/${alias}/customers/$id/addresses \
--header "User-Secret-Key: $secret" \
--header "User-Token: $token"

printf '\n--- clusters\n'
curl --request GET \
--url $URL/v2/${alias}/customers/$id/clusters \
--header "User-Secret-Key: $secret" \
--header "User-Token: $token"
printf '\n--- end\n'

#!/usr/bin/env bash
# The requests of the documentation of the storefront's customers API, with the bodies of its examples:
#   URL=http://localhost:8080 KEY=ck_… TENANT=… docs/dialects/storefront.sh
# The key needs the scopes of staff. The service needs a key for signing tokens, since the customer logs in.
# Ends with the first request that is not answered as documented.
set -euo pipefail
: "${URL:?}" "${KEY:?}" "${TENANT:?}"
curl() { command curl -sS --fail-with-body -H "Content-Type: application/json" "$@"; }
staff() { curl -H "Authorization: Bearer $KEY" "$@"; }
member() { grep -o "\"$1\":\"\?[^\",]*" | head -1 | cut -d: -f2 | tr -d '"'; }

# The documentation neither creates customers nor logs them in.
email=jane-$RANDOM@example.com
jane=$(staff -X POST $URL/v1/customers -d '{"name": "Jane Smith", "email": "'$email'"}')
customer_id=$(member number <<<"$jane")
user_id=$customer_id
staff -X PUT "$URL/v1/customers/$(member id <<<"$jane")/password" -d '{"new_password": "correct horse battery"}'
log_in() {
  curl -X POST $URL/v1/sessions -H "X-Tenant: $TENANT" -d '{"email": "'$email'", "password": "'"$1"'"}' | member access_token
}
token=$(log_in "correct horse battery")
me() { curl -H "Authorization: Bearer $token" "$@"; }

echo "--- my profile"
me -X GET $URL/api/customers/me

printf '\n--- update my profile\n'
me -X PUT $URL/api/customers/me -d '{
"first_name": null,
"last_name": null,
"phone": null,
"email": null
}'

printf '\n--- my preferences\n'
me -X GET $URL/api/customers/me/preferences

printf '\n--- update my preferences\n'
me -X PUT $URL/api/customers/me/preferences -d '{
"order_updates": true,
"promotions": true,
"newsletter": true
}'

printf '\n--- export my data\n'
me -X GET $URL/api/customers/me/data-export

printf '\n--- change my password\n'
me -X PUT $URL/api/customers/me/password -d '{
"current_password": "correct horse battery",
"new_password": "another horse battery"
}'

printf '\n--- list\n'
staff -X GET "$URL/api/customers?page=1&page_size=20&search=jane&segment=lead"

printf '\n--- analytics\n'
staff -X GET $URL/api/customers/analytics/overview

printf '\n--- export\n'
staff -X GET $URL/api/customers/export

printf '\n--- get\n'
staff -X GET $URL/api/customers/$customer_id

printf '\n--- update\n'
staff -X PUT $URL/api/customers/$customer_id -d '{
"first_name": null,
"last_name": null,
"phone": null,
"is_active": null
}'

printf '\n--- role\n'
staff -X PUT $URL/api/customers/$user_id/role -d '{
"role": "string"
}'

printf '\n--- delete my account\n'
token=$(log_in "another horse battery")
me -X DELETE $URL/api/customers/me

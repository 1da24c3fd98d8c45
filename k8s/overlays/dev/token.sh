#!/bin/sh
# Prints an admin's token for the tenant acme, valid for 8 hours, signed with the private key in the file given.
set -eu
base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
now=$(date +%s)
header=$(printf '{"alg":"RS256","typ":"JWT"}' | base64url)
claims=$(printf '{"iss":"%s","aud":"clientela","sub":"dev-admin","tenant":"acme","groups":["admin"],"iat":%d,"exp":%d}' \
    https://clientela-dev.example "$now" "$((now + 28800))" | base64url)
signature=$(printf '%s.%s' "$header" "$claims" | openssl dgst -sha256 -sign "$1" | base64url)
printf '%s.%s.%s\n' "$header" "$claims" "$signature"

#!/usr/bin/env bash
# Prints PostgreSQL's plans for the queries of the customer list as a Markdown table. See README.md.
#
#   bench/plans.sh [database URL]       or with PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE
#
# Exits with 1 if any checked plan reads the whole table (Seq Scan on customer), with 2 if a query fails.
set -euo pipefail
export LC_ALL=C PGCLIENTENCODING=UTF8

TENANT=${TENANT:-bench}
PAGE_SIZE=20
DEEP_OFFSET=$((10000 * PAGE_SIZE))
psql=(psql -X -q -A -t -v ON_ERROR_STOP=1)
[ $# -gt 0 ] && psql+=(-d "$1")

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

query() { "${psql[@]}" -v tenant="$TENANT" || exit 2; }

# The columns that Hibernate selects: all but search_text.
COLUMNS=$(query <<'SQL'
SELECT string_agg('c.' || attname, ',' ORDER BY attname) FROM pg_attribute
WHERE attrelid = 'customer'::regclass AND attnum > 0 AND NOT attisdropped AND attname <> 'search_text';
SQL
)

# --- The queries --------------------------------------------------------------------------------------------------
# Each has the form that Hibernate generates: offset and limit are parameters, and the tenant comes first.

script=$work/script.sql
names=$work/names
: >"$script"
: >"$names"
number=0

# statement <checked|other> <label> <SQL> <arguments>
statement() {
    number=$((number + 1))
    printf '%s\t%s\n' "$1" "$2" >>"$names"
    {
        echo "PREPARE q$number AS $3;"
        for mode in custom generic; do
            echo "SET plan_cache_mode = force_${mode}_plan;"
            # The first run warms the cache; the second one counts.
            echo "\\o /dev/null"
            echo "EXECUTE q$number($4);"
            echo "\\o"
            echo "\\echo '#' $number $mode"
            echo "EXPLAIN (ANALYZE, BUFFERS) EXECUTE q$number($4);"
        done
        echo "DEALLOCATE q$number;"
    } >>"$script"
}

# page <label> <sort column> <asc|desc> <condition with $2...> <arguments of it>: the first page, and page 10,000
page() {
    local label=$1 sort=$2 direction=$3 condition=$4 values=$5 used=1 operator='>' order
    order="c.$sort,c.id"
    if [ "$direction" = desc ]; then
        operator='<'
        order="c.$sort desc,c.id desc"
    fi
    [ -n "$values" ] && used=$((1 + $(tr -dc '|' <<<"$values" | wc -c) + 1))
    local arguments=":'tenant'${values:+,${values//|/,}}"
    local start="SELECT $COLUMNS FROM customer c WHERE c.tenant_id=\$1"
    statement checked "$label, first page" \
        "$start$condition ORDER BY $order OFFSET \$$((used + 1)) ROWS FETCH FIRST \$$((used + 2)) ROWS ONLY" \
        "$arguments,0,$((PAGE_SIZE + 1))"
    statement checked "$label, page 10,000" \
        "$start$condition AND (c.$sort,c.id)$operator(\$$((used + 1)),\$$((used + 2))) ORDER BY $order OFFSET \$$((used + 3)) ROWS FETCH FIRST \$$((used + 4)) ROWS ONLY" \
        "$arguments,:'${sort}_${direction}_key',:'${sort}_${direction}_id',0,$((PAGE_SIZE + 1))"
}

by_name() { page "$1" sort_name asc "$2" "$3"; }

SORTS="name:sort_name email:sort_email created_at:created_at updated_at:updated_at last_call_at:sort_last_call total_spent:total_spent"

# The cursor of page 10,000 in each order: the key of the last row of the page before it.
for pair in $SORTS; do
    sort=${pair#*:}
    for direction in asc desc; do
        echo "SELECT $sort AS ${sort}_${direction}_key, id AS ${sort}_${direction}_id FROM customer
              WHERE tenant_id = :'tenant' ORDER BY $sort $direction, id $direction
              OFFSET $((DEEP_OFFSET - PAGE_SIZE - 1)) LIMIT 1 \\gset"
    done
done >>"$script"
# Existing values: those of a customer in the middle of the e-mail index that has all of them.
cat >>"$script" <<'SQL'
SELECT email_key, phone_key, document_key, external_id, cluster_id, substr(phone_key, 4, 6) AS some_digits,
    substr(phone_key, 6) AS line_digits
FROM customer
WHERE tenant_id = :'tenant' AND sort_email > 'maria' AND email_key IS NOT NULL AND phone_key IS NOT NULL
    AND document_key IS NOT NULL AND external_id IS NOT NULL AND cluster_id IS NOT NULL
ORDER BY sort_email LIMIT 1 \gset
SQL

for pair in $SORTS; do
    for direction in asc desc; do
        page "sort ${pair%:*} $direction" "${pair#*:}" "$direction" '' ''
    done
done

for value in active inactive blocked; do by_name "status=$value" ' AND c.status=$2' "'$value'"; done
for value in individual company; do by_name "type=$value" ' AND c.type=$2' "'$value'"; done
# As of the end of the generated orders, and as PostgreSQL guesses; SegmentFilter chooses between two plans.
by_name 'segment=lead' ' AND c.last_counted_at IS NULL' ''
by_name 'segment=vip' " AND (c.total_spent >= 1000 OR c.spending_orders >= 10)
    AND c.last_counted_at >= timestamptz '2025-07-05 00:00:00+00'" ''
for value in newsletter birthday-club lawsuit nowhere; do
    by_name "tag=$value" ' AND c.tags@>cast(array[$2] as varchar array)' "'$value'"
done
by_name 'cluster_id' ' AND c.id IN (SELECT o.id FROM customer o WHERE o.tenant_id = $1 AND o.cluster_id = $2
    UNION ALL SELECT m.customer_id FROM cluster_member m WHERE m.tenant_id = $1 AND m.cluster_id = $2)' ":'cluster_id'"
for value in loc-00 loc-39 nowhere; do by_name "location_id=$value" ' AND c.location_id=$2' "'$value'"; done
for value in store import nowhere; do by_name "source=$value" ' AND c.source=$2' "'$value'"; done
# known_by <label> <kind> <condition with $2> <argument>
known_by() {
    by_name "$1" " AND c.id = ANY(ARRAY(SELECT o.id FROM customer o WHERE o.tenant_id=\$1 AND $3
        UNION ALL SELECT a.customer_id FROM customer_alias a WHERE a.tenant_id=\$1 AND a.kind='$2' AND a.key=\$3))" "$4|$4"
}
SAME_EMAIL='o.sort_email=$2 AND o.email_key IS NOT NULL'
known_by 'email' email "$SAME_EMAIL" ":'email_key'"
known_by 'email, no match' email "$SAME_EMAIL" "'nobody@example.org'"
known_by 'phone' phone 'o.phone_key=$2' ":'phone_key'"
known_by 'document' document 'o.document_key=$2' ":'document_key'"
known_by 'external_id' external_id 'o.external_id=$2' ":'external_id'"
for field in created updated; do
    by_name "${field}_from, half" " AND c.${field}_at>=\$2" "'2024-07-15Z'"
    by_name "${field}_from, newest few" " AND c.${field}_at>=\$2" "'2025-12-30 23:50Z'"
    by_name "${field}_from, no match" " AND c.${field}_at>=\$2" "'2030-01-01Z'"
    by_name "${field}_to, half" " AND c.${field}_at<\$2" "'2024-07-15Z'"
    by_name "${field}_to, oldest few" " AND c.${field}_at<\$2" "'2021-01-15Z'"
    by_name "${field}_to, no match" " AND c.${field}_at<\$2" "'2001-01-01Z'"
    by_name "${field}_from and _to, one day" " AND c.${field}_at>=\$2 AND c.${field}_at<\$3" \
        "'2024-05-15Z'|'2024-05-16Z'"
done

LIKE="c.search_text like (('%'||clientela_fold(\$2))||'%') escape '\\'"
for value in maria MARIA silva gonçalves wojciech xyzxyz 'maria silva' 'maria.9999'; do
    by_name "search=$value" " AND $LIKE" "'$value'"
done
DIGITS=" AND ($LIKE or c.search_text like (('%'||\$3)||'%') escape '')"
by_name 'search=six digits of a phone' "$DIGITS" ":'some_digits'|:'some_digits'"
by_name 'search=nine digits of a phone' "$DIGITS" ":'line_digits'|:'line_digits'"
by_name 'search=119' "$DIGITS" "'119'|'119'"
by_name 'search=(00) 0000-0000, no match' "$DIGITS" "'(00) 0000-0000'|'0000000000'"

# Not checked: counting and skipping have to read many rows.
COUNT='SELECT count(*) FROM customer c WHERE c.tenant_id=$1'
statement other 'count, all' "$COUNT" ":'tenant'"
statement other 'count, status=active' "$COUNT AND c.status=\$2" ":'tenant','active'"
statement other 'count, created_from half' "$COUNT AND c.created_at>=\$2" ":'tenant','2024-07-15Z'"
statement other 'count, tag=newsletter' "$COUNT AND c.tags@>cast(array[\$2] as varchar array)" ":'tenant','newsletter'"
statement other 'count, search=maria' "$COUNT AND $LIKE" ":'tenant','maria'"
statement other 'count, search=wojciech' "$COUNT AND $LIKE" ":'tenant','wojciech'"
statement other 'sort name asc, page 10,000 by number' \
    "SELECT $COLUMNS FROM customer c WHERE c.tenant_id=\$1 AND c.id=ANY(ARRAY(
        SELECT id FROM customer WHERE tenant_id=\$1 ORDER BY sort_name,id OFFSET \$2 ROWS FETCH FIRST \$3 ROWS ONLY))
        ORDER BY c.sort_name,c.id" \
    ":'tenant',$((DEEP_OFFSET - PAGE_SIZE)),$((PAGE_SIZE + 1))"
owners_by() {
    echo "UNION SELECT owner.id FROM unnest(cast(array[$2] AS text[])) AS requested CROSS JOIN LATERAL (
        $1 LIMIT 21) AS owner"
}
owners_by_alias() {
    owners_by "SELECT customer_id AS id FROM customer_alias
        WHERE tenant_id = \$1 AND kind = '$1' AND key = requested" "$2"
}
OWN='SELECT id FROM customer WHERE tenant_id = $1 AND'
statement other 'customers that have an identifier' \
    "SELECT id FROM customer WHERE tenant_id = \$1 AND id = ANY(ARRAY(
        $OWN external_id = ANY(cast(array[\$2] AS text[])) $(owners_by "$OWN document_key = requested" '$3')
        $(owners_by "$OWN sort_email = requested AND email_key IS NOT NULL" '$4')
        $(owners_by "$OWN phone_key = requested" '$5') $(owners_by_alias external_id '$2')
        $(owners_by_alias document '$3') $(owners_by_alias email '$4') $(owners_by_alias phone '$5'))) ORDER BY id" \
    ":'tenant',:'external_id',:'document_key',:'email_key',:'phone_key'"

# --- The results --------------------------------------------------------------------------------------------------

query <"$script" >"$work/results"
[ -n "${KEEP:-}" ] && cp "$work/results" "$KEEP"

echo 'SELECT version();' | query | sed 's/ on .*//; s/$/, /' | tr -d '\n'
echo "SELECT (SELECT count(*) FROM customer WHERE tenant_id = :'tenant') || ' customers in the tenant, ' || count(*)
    || ' in all' FROM customer;" | query

awk -F'\t' '
    FILENAME == ARGV[1] { checked[FNR] = $1; label[FNR] = $2; last = FNR; next }
    /^# [0-9]+ (custom|generic)$/ { split($0, head, " "); key = head[2] " " head[3]; next }
    match($0, /(Index Scan|Index Only Scan)( Backward)? using [a-z_0-9]+/) ||
    match($0, /Bitmap Index Scan on [a-z_0-9]+/) {
        found = substr($0, RSTART, RLENGTH); sub(/.* /, "", found)
        if (!((key, found) in seen)) { seen[key, found] = 1; used[key] = used[key] (used[key] ? ", " : "") found }
    }
    /Seq Scan on customer / { sequential[key] = 1 }
    /^ *(->)? *(Incremental )?Sort / { sorted[key] = 1 }
    /Execution Time:/ { sub(/.*Execution Time: /, ""); sub(/ ms/, ""); time[key] = $0 }
    function row(i, mode,    k) {
        k = i " " mode
        printf "| %s | %s | %s | %s | %s |\n", label[i], mode, used[k] ? used[k] : "none",
            sequential[k] ? "**yes**" : "no", time[k]
        if (checked[i] == "checked" && (sequential[k] || !(k in time))) bad++
    }
    function table(kind,    i) {
        print "| Query | Plan | Index | Seq scan | ms |\n|---|---|---|---|---:|"
        for (i = 1; i <= last; i++) if (checked[i] == kind) { row(i, "custom"); row(i, "generic") }
    }
    END {
        print ""; table("checked")
        print "\nNot checked:\n"; table("other")
        if (bad) { printf "\n%d checked plans read the whole table.\n", bad; exit 1 }
        print "\nNo checked plan reads the whole table."
    }' "$names" "$work/results"

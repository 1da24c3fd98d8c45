-- Pairs of customers for the workload `merge` of workloads.py: a target with a call, and a source of the same name and
-- e-mail with a phone, an address, an order and `calls` calls.
--
--   psql -v pairs=1000 -v first=17600000000 -v target=70008000000000000001 -v source=70008000000000000002 -v calls=3
--        -f bench/pairs.sql
\set ON_ERROR_STOP on

-- Names are taken from the tenant: with one name for all pairs no customers would be compared, as too many share its keys.
CREATE TEMPORARY TABLE person AS
SELECT row_number() OVER (ORDER BY id) - 1 AS place, name, first_name, last_name
FROM customer WHERE tenant_id = 'bench' AND type = 'individual' AND email_key NOT LIKE 'bench-%' LIMIT 20000;

CREATE TEMPORARY TABLE side AS
SELECT pair, is_source, ('0' || :first + pair || CASE WHEN is_source THEN :'source' ELSE :'target' END)::uuid AS id,
    CASE WHEN is_source THEN :calls ELSE 1 END AS calls, timestamptz '2025-06-01 00:00:00+00' AS called_from
FROM generate_series(0, :pairs - 1) AS pair, (VALUES (false), (true)) AS which (is_source);

INSERT INTO customer (
    tenant_id, id, number, name, first_name, last_name, email, email_key, phone, phone_key, tags, source, location_id,
    attributes, call_count, last_call_at, total_orders, spending_orders, total_spent, first_order_at, last_order_at,
    created_at, updated_at)
SELECT
    'bench', id, nextval('customer_number'), name, first_name, last_name,
    'bench-pair-' || pair || '@example.com', 'bench-pair-' || pair || '@example.com',
    CASE WHEN is_source THEN '(33) 8' || lpad(pair::text, 7, '0') END,
    CASE WHEN is_source THEN '+55338' || lpad(pair::text, 7, '0') END,
    CASE WHEN is_source THEN '{newsletter,wholesale}' ELSE '{newsletter}' END::varchar[],
    CASE WHEN is_source THEN 'import' ELSE 'store' END, 'loc-01',
    CASE WHEN is_source THEN '{"points":10}' ELSE '{}' END,
    calls, called_from + calls * interval '1 minute', is_source::integer, is_source::integer, is_source::integer * 129.90,
    CASE WHEN is_source THEN called_from END, CASE WHEN is_source THEN called_from END,
    called_from, called_from
FROM side JOIN person ON place = pair % (SELECT count(*) FROM person);

INSERT INTO customer_call (
    tenant_id, id, customer_id, origin_id, direction, started_at, duration_seconds, outcome, created_at, updated_at)
SELECT 'bench',
    (lpad(to_hex((extract(epoch FROM started_at) * 1000)::bigint), 12, '0') || '7' || substr(hash, 1, 3) || '8'
        || substr(hash, 5, 15))::uuid,
    id, id, 'inbound', started_at, 180, 'answered', started_at, started_at
FROM side, generate_series(1, calls) AS call,
    LATERAL (SELECT called_from + call * interval '1 minute' AS started_at, md5(id::text || call) AS hash) AS made;

INSERT INTO customer_order (
    tenant_id, id, customer_id, origin_id, status, total, currency, placed_at, created_at, updated_at)
SELECT 'bench', id, id, id, 'paid', 129.90, 'BRL', called_from, called_from, called_from FROM side WHERE is_source;

INSERT INTO customer_address (
    tenant_id, id, customer_id, origin_id, line1, city, state, country, is_default, created_at, updated_at)
SELECT 'bench', id, id, id, 'Rua das Flores, 123', 'Governador Valadares', 'MG', 'BR', true, called_from, called_from
FROM side WHERE is_source;

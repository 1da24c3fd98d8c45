-- The customers that the CRM updates in the workloads `upsert` and `batch-changed` of workloads.py, of the people in
-- bench_person.
--
--   psql -v customers=8000 -v first=17700000001 -v between=2874999 -v end=70008000000000000003 -v area=33 -v people=100000
--        -f bench/crm.sql
\set ON_ERROR_STOP on

INSERT INTO customer (
    tenant_id, id, number, external_id, name, first_name, last_name, email, email_key, phone, phone_key, birthday, address,
    tags, source, location_id, newsletter, attributes, created_at, updated_at)
SELECT
    'bench', ('0' || crm || :'end')::uuid, nextval('customer_number'), 'crm-' || crm, name, first, last,
    mailbox || '.' || crm || '@' || host, mailbox || '.' || crm || '@' || host,
    '(' || :'area' || ') 9' || right(crm::text, 8), '+55' || :'area' || '9' || right(crm::text, 8),
    birthday::date, address, '{newsletter}', 'crm', 'loc-01', true, '{"crm_stage":"new"}',
    timestamptz '2026-01-01 00:00:00+00', timestamptz '2026-01-01 00:00:00+00'
FROM generate_series(0, :customers - 1) AS sent, LATERAL (SELECT :first + sent::bigint * :between AS crm) AS number,
    bench_person
WHERE place = crm % :people;

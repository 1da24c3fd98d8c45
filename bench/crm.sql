-- The customers that the CRM updates in the workload `upsert` of workloads.py: one for each known number.
--
--   psql -v known=1000 -v first=17700000000 -v between=22999999 -v end=70008000000000000001 -v area=33 -f bench/crm.sql
\set ON_ERROR_STOP on

INSERT INTO customer (
    tenant_id, id, number, external_id, name, first_name, last_name, email, email_key, phone, phone_key, birthday, address,
    tags, source, location_id, newsletter, attributes, created_at, updated_at)
SELECT
    'bench', ('0' || crm || :'end')::uuid, nextval('customer_number'), 'bench-crm-' || crm,
    'Maria Eduarda Gonçalves', 'Maria', 'Eduarda Gonçalves',
    'bench-crm-' || crm || '@example.com', 'bench-crm-' || crm || '@example.com',
    '(' || :'area' || ') 9' || right(crm, 8), '+55' || :'area' || '9' || right(crm, 8),
    '1987-06-05', 'Rua das Flores, 123', '{newsletter}', 'crm', 'loc-01', true, '{"crm_stage":"new"}',
    timestamptz '2026-01-01 00:00:00+00', timestamptz '2026-01-01 00:00:00+00'
FROM generate_series(0, :known - 1) AS place, LATERAL (SELECT (:first + place::bigint * :between)::text AS crm) AS number;

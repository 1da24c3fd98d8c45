-- POST /v1/customers/upsert of a customer of crm.sql, whose attributes change: locks on the identifiers, the search for
-- the owner, the customer and its event. As in upsert-new.sql, the search sees the rows of before the locks.
\set known :first_known + random(:first_place, :last_place) * :between

WITH locks AS MATERIALIZED (
    SELECT count(pg_advisory_xact_lock(lock)) AS held
    FROM (
        SELECT hashtextextended('bench' || key, 0) AS lock
        FROM unnest(ARRAY[
            'bench-crm-' || :known::text,
            'bench-crm-' || :known::text || '@example.com',
            '+55' || :sent_area::text || '9' || right(:known::text, 8)]) AS key
        ORDER BY lock
    ) AS ordered
), owner AS (
    SELECT id FROM customer
    WHERE tenant_id = 'bench' AND (
        external_id = 'bench-crm-' || :known::text
        OR email_key = 'bench-crm-' || :known::text || '@example.com'
        OR phone_key = '+55' || :sent_area::text || '9' || right(:known::text, 8))
    UNION
    SELECT customer_id FROM customer_alias
    WHERE tenant_id = 'bench' AND (kind, key) IN (
        ('external_id', 'bench-crm-' || :known::text),
        ('email', 'bench-crm-' || :known::text || '@example.com'),
        ('phone', '+55' || :sent_area::text || '9' || right(:known::text, 8)))
), locked AS (
    SELECT id AS locked_id, attributes AS attributes_before FROM customer
    WHERE tenant_id = 'bench' AND id = (SELECT id FROM owner) AND (SELECT held FROM locks) > 0
    FOR NO KEY UPDATE
), updated AS (
    UPDATE customer SET
        attributes = CASE attributes_before
            WHEN '{"crm_stage":"won"}' THEN '{"crm_stage":"lost"}' ELSE '{"crm_stage":"won"}' END,
        version = version + 1, updated_at = clock_timestamp()
    FROM locked
    WHERE tenant_id = 'bench' AND id = locked_id
    RETURNING *
), event AS (
    INSERT INTO customer_event (
        tenant_id, id, customer_id, customer_version, type, at, actor, request_id, changes)
    SELECT tenant_id, gen_random_uuid(), id, version, 'customer.updated', updated_at, 'bench', gen_random_uuid()::text,
        format('{"attributes": {"from": %s, "to": %s}}', attributes_before, attributes)
    FROM updated
)
SELECT * FROM updated;

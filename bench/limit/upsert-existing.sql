-- POST /v1/customers/upsert of a customer of crm.sql, whose attributes change: locks on the identifiers, the search for
-- the owner, the customer and its event. As in upsert-new.sql, the search sees the rows of before the locks.
\set n :first_crm + random(:first_place, :last_crm) * :between_crm
\set place mod(:n, :people)

WITH person AS MATERIALIZED (
    SELECT 'crm-' || :n::text AS external_id, mailbox || '.' || :n::text || '@' || host AS email,
        '+55' || :sent_area::text || '9' || right(:n::text, 8) AS phone_key
    FROM bench_person WHERE place = :place
), locks AS MATERIALIZED (
    SELECT count(pg_advisory_xact_lock(lock)) AS held
    FROM (
        SELECT hashtextextended('bench' || key, 0) AS lock
        FROM person, unnest(ARRAY[external_id, email, phone_key]) AS key
        ORDER BY lock
    ) AS ordered
), owner AS (
    SELECT id FROM customer
    WHERE tenant_id = 'bench' AND (
        external_id = (SELECT external_id FROM person)
        OR email_key = (SELECT email FROM person)
        OR phone_key = (SELECT phone_key FROM person))
    UNION
    SELECT customer_id FROM customer_alias
    WHERE tenant_id = 'bench' AND (
        kind = 'external_id' AND key = (SELECT external_id FROM person)
        OR kind = 'email' AND key = (SELECT email FROM person)
        OR kind = 'phone' AND key = (SELECT phone_key FROM person))
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

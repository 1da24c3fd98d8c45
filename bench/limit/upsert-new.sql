-- POST /v1/customers/upsert of a customer that does not exist: locks on the identifiers, the search for owners, and what
-- create.sql writes. The search sees the rows of before the locks, so that this is faster than any statement that
-- prevents two customers: that one has to lock in a statement of its own.
\set step :step + 1
\set n :step * :connections + :client_id
\set place mod(:n, :people)

WITH person AS MATERIALIZED (
    SELECT bench_person.*, ('02' || lpad(:n::text, 18, '0') || '700080000000')::uuid AS id, clock_timestamp() AS now,
        'crm-' || :n::text AS external_id, mailbox || '.' || :n::text || '@' || host AS email,
        '(' || :new_area::text || ') 9' || right(:n::text, 8) AS given_phone,
        '+55' || :new_area::text || '9' || right(:n::text, 8) AS given_phone_key
    FROM bench_person WHERE place = :place
), locks AS MATERIALIZED (
    SELECT count(pg_advisory_xact_lock(lock)) AS held
    FROM (
        SELECT hashtextextended('bench' || key, 0) AS lock
        FROM person, unnest(ARRAY[external_id, email, given_phone_key]) AS key
        ORDER BY lock
    ) AS ordered
), owner AS (
    SELECT id FROM customer
    WHERE tenant_id = 'bench' AND (
        external_id = (SELECT external_id FROM person)
        OR email_key = (SELECT email FROM person)
        OR phone_key = (SELECT given_phone_key FROM person))
    UNION
    SELECT customer_id FROM customer_alias
    WHERE tenant_id = 'bench' AND (
        kind = 'external_id' AND key = (SELECT external_id FROM person)
        OR kind = 'email' AND key = (SELECT email FROM person)
        OR kind = 'phone' AND key = (SELECT given_phone_key FROM person))
), created AS (
    INSERT INTO customer (
        tenant_id, id, number, external_id, name, first_name, last_name, email, email_key, phone, phone_key, birthday,
        address, tags, source, location_id, newsletter, attributes, created_at, updated_at)
    SELECT 'bench', id, nextval('customer_number'), external_id, name, first, last, email, email, given_phone,
        given_phone_key, birthday::date, address, '{newsletter}', 'crm', 'loc-01', true, '{"crm_stage":"won"}', now, now
    FROM person, locks
    WHERE held > 0 AND NOT EXISTS (SELECT FROM owner)
    RETURNING *
), event AS (
    INSERT INTO customer_event (
        tenant_id, id, customer_id, customer_version, type, at, actor, request_id, changes)
    SELECT tenant_id, id, id, version, 'customer.created', updated_at, 'bench', gen_random_uuid()::text,
        format('{"id": {"from": null, "to": "%s"}, "number": {"from": null, "to": %s}, '
            || '"external_id": {"from": null, "to": "%s"}, "type": {"from": null, "to": "%s"}, '
            || '"status": {"from": null, "to": "%s"}, "role": {"from": null, "to": "%s"}, '
            || '"name": {"from": null, "to": "%s"}, "first_name": {"from": null, "to": "%s"}, '
            || '"last_name": {"from": null, "to": "%s"}, "email": {"from": null, "to": "%s"}, '
            || '"email_verified": {"from": null, "to": false}, "phone": {"from": null, "to": "%s"}, '
            || '"source": {"from": null, "to": "%s"}, "birthday": {"from": null, "to": "%s"}, '
            || '"address": {"from": null, "to": "%s"}, "tags": {"from": null, "to": ["newsletter"]}, '
            || '"location_id": {"from": null, "to": "%s"}, '
            || '"preferences": {"from": null, "to": {"order_updates": null, "promotions": null, "newsletter": true, '
            || '"whatsapp": null}}, "attributes": {"from": null, "to": %s}, "call_count": {"from": null, "to": 0}, '
            || '"anonymized": {"from": null, "to": false}, "created_at": {"from": null, "to": "%s"}}',
            id, number, external_id, type, status, role, name, first_name, last_name, email, phone, source, birthday,
            address, location_id, attributes, replace((created_at AT TIME ZONE 'UTC')::text, ' ', 'T') || 'Z')
    FROM created
)
SELECT * FROM created;

-- POST /v1/customers: the customer and its event. The service locks and looks up only external ids here, and there is
-- none.
\set step :step + 1
\set n :step * :connections + :client_id
\set place mod(:n, :people)

WITH person AS (
    SELECT ('02' || lpad(:n::text, 18, '0') || '700080000000')::uuid AS id, clock_timestamp() AS now,
        mailbox || '.' || :n::text || '@' || host AS email, bench_person.*
    FROM bench_person WHERE place = :place
), created AS (
    INSERT INTO customer (
        tenant_id, id, number, name, first_name, last_name, email, email_key, phone, phone_key, document, document_key,
        document_type, document_valid, birthday, address, tags, source, location_id, newsletter, created_at, updated_at)
    SELECT 'bench', id, nextval('customer_number'), name, first, last, email, email, phone, phone_key, document,
        document_key, 'cpf', true, birthday::date, address, '{newsletter}', 'site', 'loc-01', true, now, now
    FROM person
    RETURNING *
), event AS (
    INSERT INTO customer_event (
        tenant_id, id, customer_id, customer_version, type, at, actor, request_id, changes)
    SELECT tenant_id, id, id, version, 'customer.created', updated_at, 'bench', gen_random_uuid()::text,
        format('{"id": {"from": null, "to": "%s"}, "number": {"from": null, "to": %s}, '
            || '"type": {"from": null, "to": "%s"}, "status": {"from": null, "to": "%s"}, '
            || '"role": {"from": null, "to": "%s"}, "name": {"from": null, "to": "%s"}, '
            || '"first_name": {"from": null, "to": "%s"}, "last_name": {"from": null, "to": "%s"}, '
            || '"email": {"from": null, "to": "%s"}, "email_verified": {"from": null, "to": false}, '
            || '"phone": {"from": null, "to": "%s"}, "document": {"from": null, "to": "%s"}, '
            || '"document_type": {"from": null, "to": "%s"}, "document_valid": {"from": null, "to": true}, '
            || '"source": {"from": null, "to": "%s"}, "birthday": {"from": null, "to": "%s"}, '
            || '"address": {"from": null, "to": "%s"}, "tags": {"from": null, "to": ["newsletter"]}, '
            || '"location_id": {"from": null, "to": "%s"}, '
            || '"preferences": {"from": null, "to": {"order_updates": null, "promotions": null, "newsletter": true, '
            || '"whatsapp": null}}, "attributes": {"from": null, "to": {}}, "call_count": {"from": null, "to": 0}, '
            || '"anonymized": {"from": null, "to": false}, "created_at": {"from": null, "to": "%s"}}',
            id, number, type, status, role, name, first_name, last_name, email, phone, document, document_type, source,
            birthday, address, location_id, replace((created_at AT TIME ZONE 'UTC')::text, ' ', 'T') || 'Z')
    FROM created
)
SELECT * FROM created;

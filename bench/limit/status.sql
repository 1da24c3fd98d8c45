-- PUT /v1/customers/{id}/status to the other status: the customer and its event.
\set known :first_known + random(:first_place, :last_known) * :between

WITH locked AS (
    SELECT id AS locked_id, status AS status_before FROM customer
    WHERE tenant_id = 'bench' AND id = ('0' || :known::text || :end_of_id::text)::uuid
    FOR NO KEY UPDATE
), updated AS (
    UPDATE customer SET
        status = CASE status_before WHEN 'active' THEN 'inactive' ELSE 'active' END,
        version = version + 1, updated_at = clock_timestamp()
    FROM locked
    WHERE tenant_id = 'bench' AND id = locked_id
    RETURNING *
), event AS (
    INSERT INTO customer_event (
        tenant_id, id, customer_id, customer_version, type, at, actor, request_id, changes)
    SELECT tenant_id, gen_random_uuid(), id, version, 'customer.status_changed', updated_at, 'bench',
        gen_random_uuid()::text, format('{"status": {"from": "%s", "to": "%s"}}', status_before, status)
    FROM updated
)
SELECT * FROM updated;

-- PATCH /v1/customers/{id} of the notes to the other text: the customer and its event.
\set known :first_known + random(:first_place, :last_known) * :between

WITH locked AS (
    SELECT id AS locked_id, notes AS notes_before FROM customer
    WHERE tenant_id = 'bench' AND id = ('0' || :known::text || :end_of_id::text)::uuid
    FOR NO KEY UPDATE
), updated AS (
    UPDATE customer SET
        notes = CASE notes_before WHEN :notes THEN :other_notes ELSE :notes END,
        version = version + 1, updated_at = clock_timestamp()
    FROM locked
    WHERE tenant_id = 'bench' AND id = locked_id
    RETURNING *
), event AS (
    INSERT INTO customer_event (
        tenant_id, id, customer_id, customer_version, type, at, actor, request_id, changes)
    SELECT tenant_id, gen_random_uuid(), id, version, 'customer.updated', updated_at, 'bench', gen_random_uuid()::text,
        format('{"notes": {"from": %s, "to": "%s"}}', coalesce('"' || notes_before || '"', 'null'), notes)
    FROM updated
)
SELECT * FROM updated;

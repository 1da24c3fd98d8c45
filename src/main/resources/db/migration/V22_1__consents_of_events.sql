-- The consents of customers who were there before, from their events. Deleting a customer withdraws nothing. As json and
-- not jsonb, which would convert all values.
INSERT INTO customer_consent (tenant_id, customer_id, customer_version, preference, granted, at, actor, source, request_id)
SELECT e.tenant_id, e.customer_id, e.customer_version, preference.name, preference.granted, e.at, e.actor,
       CASE WHEN e.type = 'customer.merged' THEN 'merge'
            WHEN e.type = 'customer.merge_undone' THEN 'merge_undone'
            WHEN e.actor = e.customer_id::text THEN 'self_service'
            ELSE 'api' END,
       e.request_id
FROM customer_event e
CROSS JOIN LATERAL (SELECT e.changes::json -> 'preferences' AS preferences OFFSET 0) AS changed
CROSS JOIN LATERAL (
    SELECT name, (changed.preferences -> 'from' ->> name)::boolean AS was,
           (changed.preferences -> 'to' ->> name)::boolean AS granted
    FROM unnest(ARRAY['order_updates', 'promotions', 'newsletter', 'whatsapp']) AS name) AS preference
WHERE e.changes LIKE '%"preferences"%' AND e.type <> 'customer.deleted'
  AND preference.was IS DISTINCT FROM preference.granted
ON CONFLICT DO NOTHING;

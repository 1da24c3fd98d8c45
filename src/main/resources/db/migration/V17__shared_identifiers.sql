-- Customers who share an identifier with more than fifty others were compared with nobody because of it. They are
-- compared again, by the keys that are stored.
INSERT INTO duplicate_queue (tenant_id, customer_id, customer_version)
SELECT DISTINCT tenant_id, customer_id, 0
FROM duplicate_key
WHERE (tenant_id, key) IN (SELECT tenant_id, key FROM duplicate_key GROUP BY tenant_id, key HAVING count(*) > 50)
ON CONFLICT DO NOTHING;

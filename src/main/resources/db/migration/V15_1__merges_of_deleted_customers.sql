-- What merges stored of customers that are part of a customer deleted since: a delete takes it along from now on.
CREATE TEMPORARY TABLE part_of_deleted ON COMMIT DROP AS
WITH RECURSIVE chain AS (
    SELECT tenant_id, id, merged_into FROM merged_customer
    UNION
    SELECT chain.tenant_id, chain.id, m.merged_into
    FROM chain JOIN merged_customer m ON m.tenant_id = chain.tenant_id AND m.id = chain.merged_into)
SELECT m.tenant_id, m.id FROM merged_customer m
WHERE NOT EXISTS (SELECT 1 FROM chain JOIN customer c ON c.tenant_id = chain.tenant_id AND c.id = chain.merged_into
                  WHERE chain.tenant_id = m.tenant_id AND chain.id = m.id);

DELETE FROM merged_customer m USING part_of_deleted d WHERE d.tenant_id = m.tenant_id AND d.id = m.id;

UPDATE merge SET changes = '{}'
WHERE NOT EXISTS (SELECT 1 FROM customer c WHERE c.tenant_id = merge.tenant_id AND c.id = merge.target_id)
  AND NOT EXISTS (SELECT 1 FROM merged_customer m WHERE m.tenant_id = merge.tenant_id AND m.id = merge.target_id);

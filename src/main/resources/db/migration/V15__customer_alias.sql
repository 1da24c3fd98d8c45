-- The identifiers by which customers were known before they were merged. They go on leading to the customer that they
-- are part of now, beside that customer's own identifiers.
CREATE TABLE customer_alias (
    tenant_id   text NOT NULL,
    kind        text NOT NULL CHECK (kind IN ('external_id', 'document', 'email', 'phone')),
    -- In the form in which it is matched.
    key         text NOT NULL,
    -- A live customer: a merge of this one moves the alias on.
    customer_id uuid NOT NULL,
    -- The merge that made it an alias; the undo of that merge removes it.
    merge_id    uuid NOT NULL,

    CONSTRAINT customer_alias_pkey PRIMARY KEY (tenant_id, kind, key, customer_id, merge_id),
    CONSTRAINT customer_alias_customer_fkey FOREIGN KEY (tenant_id, customer_id)
        REFERENCES customer (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT customer_alias_merge_fkey FOREIGN KEY (tenant_id, merge_id) REFERENCES merge (tenant_id, id)
);

CREATE INDEX customer_alias_by_customer ON customer_alias (tenant_id, customer_id);
CREATE INDEX customer_alias_by_merge ON customer_alias (tenant_id, merge_id);

-- Customers who were merged before. An external id that another customer got since stays with that one.
INSERT INTO customer_alias (tenant_id, kind, key, customer_id, merge_id)
WITH RECURSIVE chain AS (
    SELECT tenant_id, id, merged_into FROM merged_customer
    UNION
    SELECT chain.tenant_id, chain.id, m.merged_into
    FROM chain JOIN merged_customer m ON m.tenant_id = chain.tenant_id AND m.id = chain.merged_into)
SELECT m.tenant_id, alias.kind, alias.key, survivor.id, m.merge_id
FROM merged_customer m
JOIN chain ON chain.tenant_id = m.tenant_id AND chain.id = m.id
JOIN customer survivor ON survivor.tenant_id = chain.tenant_id AND survivor.id = chain.merged_into
CROSS JOIN LATERAL (VALUES
    ('external_id', cast(m.snapshot AS jsonb) ->> 'external_id'),
    ('document', cast(m.snapshot AS jsonb) ->> 'document_key'),
    ('email', cast(m.snapshot AS jsonb) ->> 'email_key'),
    ('phone', cast(m.snapshot AS jsonb) ->> 'phone_key')) AS alias (kind, key)
WHERE alias.key IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM customer owner
                  WHERE owner.tenant_id = m.tenant_id AND owner.external_id = alias.key AND owner.id <> survivor.id
                    AND alias.kind = 'external_id')
ON CONFLICT DO NOTHING;

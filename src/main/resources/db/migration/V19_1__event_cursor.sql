-- How far each reader has followed the events of each tenant, and which instance of the service does so now.
CREATE TABLE event_cursor (
    tenant_id      text        NOT NULL,
    reader         text        NOT NULL,
    -- The last event that was read. Without a row, or with these defaults, none was.
    transaction_id xid8        NOT NULL DEFAULT '0',
    event_id       uuid        NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    leased_by      uuid,
    leased_until   timestamptz,

    CONSTRAINT event_cursor_pkey PRIMARY KEY (tenant_id, reader)
);

-- What transactions before this one changed is compared or in duplicate_queue. Transactions that are open now are
-- followed. The version before goes on writing both the queue and events.
INSERT INTO event_cursor (tenant_id, reader, transaction_id)
WITH RECURSIVE tenant AS (
    (SELECT tenant_id FROM customer_event ORDER BY tenant_id LIMIT 1)
    UNION ALL
    SELECT (SELECT e.tenant_id FROM customer_event e WHERE e.tenant_id > tenant.tenant_id ORDER BY e.tenant_id LIMIT 1)
    FROM tenant WHERE tenant.tenant_id IS NOT NULL)
SELECT tenant_id, 'duplicates', pg_snapshot_xmin(pg_current_snapshot()) FROM tenant WHERE tenant_id IS NOT NULL;

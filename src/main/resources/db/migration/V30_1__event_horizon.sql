-- How far the events of each tenant are deleted, so that a reader that has not read them learns of it. Deletions do not
-- follow the order of readers exactly: all up to this position counts as deleted.
CREATE TABLE event_horizon (
    tenant_id      text NOT NULL,
    -- The last deleted event in the order of readers.
    transaction_id xid8 NOT NULL,
    event_id       uuid NOT NULL,
    -- The greatest id of a deleted event, which tells the id of a deleted event from one that never was.
    newest_id      uuid NOT NULL,

    CONSTRAINT event_horizon_pkey PRIMARY KEY (tenant_id)
);

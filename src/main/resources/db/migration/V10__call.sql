-- The calls with customers. How many there are, and when the last was, is kept with the customer.
CREATE TABLE customer_call (
    tenant_id        text        NOT NULL,
    id               uuid        NOT NULL,
    customer_id      uuid        NOT NULL,
    -- The customer it was first added to, who may have been merged into another one since: an undone merge gives it back.
    origin_id        uuid        NOT NULL,
    external_id      text        CHECK (char_length(external_id) <= 128),
    direction        text        NOT NULL CHECK (direction IN ('inbound', 'outbound')),
    started_at       timestamptz NOT NULL,
    duration_seconds integer     CHECK (duration_seconds >= 0),
    outcome          text,
    notes            text,
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL,

    CONSTRAINT customer_call_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT customer_call_customer_fkey FOREIGN KEY (tenant_id, customer_id)
        REFERENCES customer (tenant_id, id) ON DELETE CASCADE
);

-- A customer's list, newest first, and the page behind a cursor.
CREATE INDEX customer_call_by_customer ON customer_call (tenant_id, customer_id, started_at, id);

-- The same call is added once, however often its system reports it.
CREATE UNIQUE INDEX customer_call_by_external_id ON customer_call (tenant_id, external_id)
    WHERE external_id IS NOT NULL;

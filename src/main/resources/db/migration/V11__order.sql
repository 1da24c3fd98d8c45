-- The orders of customers. What they come to is kept with the customer.
CREATE TABLE customer_order (
    tenant_id   text           NOT NULL,
    id          uuid           NOT NULL,
    customer_id uuid           NOT NULL,
    -- The customer it was first added to, who may have been merged into another one since: an undone merge gives it back.
    origin_id   uuid           NOT NULL,
    external_id text           CHECK (char_length(external_id) <= 128),
    number      text,
    status      text           NOT NULL
                CHECK (status IN ('pending', 'paid', 'shipped', 'completed', 'canceled', 'refunded')),
    -- Small enough that a customer's total_spent takes a hundred thousand of the largest.
    total       numeric(14, 2) NOT NULL CHECK (total >= 0),
    currency    text           NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    placed_at   timestamptz    NOT NULL,
    created_at  timestamptz    NOT NULL,
    updated_at  timestamptz    NOT NULL,

    CONSTRAINT customer_order_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT customer_order_customer_fkey FOREIGN KEY (tenant_id, customer_id)
        REFERENCES customer (tenant_id, id) ON DELETE CASCADE
);

-- A customer's list, newest first, and the page behind a cursor.
CREATE INDEX customer_order_by_customer ON customer_order (tenant_id, customer_id, placed_at, id);

-- The same order is added once, however often its system reports it.
CREATE UNIQUE INDEX customer_order_by_external_id ON customer_order (tenant_id, external_id)
    WHERE external_id IS NOT NULL;

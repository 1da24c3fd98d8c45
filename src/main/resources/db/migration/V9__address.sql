-- The structured addresses of customers.
CREATE TABLE customer_address (
    tenant_id   text        NOT NULL,
    id          uuid        NOT NULL,
    customer_id uuid        NOT NULL,
    -- The customer it was first added to, who may have been merged into another one since: an undone merge gives it back.
    origin_id   uuid        NOT NULL,
    label       text,
    line1       text,
    line2       text,
    district    text,
    city        text,
    state       text,
    postal_code text,
    country     text        CHECK (country ~ '^[A-Z]{2}$'),
    is_default  boolean     NOT NULL DEFAULT false,
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,

    CONSTRAINT customer_address_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT customer_address_customer_fkey FOREIGN KEY (tenant_id, customer_id)
        REFERENCES customer (tenant_id, id) ON DELETE CASCADE
);

-- A customer's list, in the order of adding, and the page behind a cursor.
CREATE INDEX customer_address_by_customer ON customer_address (tenant_id, customer_id, created_at, id);

-- One default address a customer, whoever writes at the same time.
CREATE UNIQUE INDEX customer_address_default ON customer_address (tenant_id, customer_id) WHERE is_default;

-- Customers who were deleted so long ago that their history is deleted, too. Their history is empty, and not that of a
-- customer who never existed.
CREATE TABLE deleted_customer (
    tenant_id  text        NOT NULL,
    id         uuid        NOT NULL,
    deleted_at timestamptz NOT NULL,

    CONSTRAINT deleted_customer_pkey PRIMARY KEY (tenant_id, id)
);

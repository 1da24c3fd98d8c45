-- Answers to requests that carried an Idempotency-Key. A row is written in the transaction of the work itself: either
-- both are there or neither.
CREATE TABLE idempotency_key (
    tenant_id   text        NOT NULL,
    actor       text        NOT NULL,
    key         text        NOT NULL,
    fingerprint bytea       NOT NULL,
    status      integer     NOT NULL,
    location    text,
    etag        text,
    body        text        NOT NULL,
    created_at  timestamptz NOT NULL,

    CONSTRAINT idempotency_key_pkey PRIMARY KEY (tenant_id, actor, key)
);

-- For the removal of answers past their 24 hours.
CREATE INDEX idempotency_key_by_age ON idempotency_key (created_at);

-- What happened to each customer, written in the transaction that did it. Rows are only ever added; they outlive the
-- customer, so that who deleted it can be told.
CREATE TABLE customer_event (
    tenant_id        text        NOT NULL,
    id               uuid        NOT NULL,
    customer_id      uuid        NOT NULL,
    -- The customer's version that this event led to. Changes to one customer are serialised by its row lock, so that
    -- this, and not a clock, is their order.
    customer_version bigint      NOT NULL,
    type             text        NOT NULL,
    at               timestamptz NOT NULL,
    actor            text,
    request_id       text,
    -- {"<field>": {"from": …, "to": …}}
    changes          text        NOT NULL DEFAULT '{}',
    -- The writing transaction: a reader that follows the table in commit order needs it.
    transaction_id   xid8        NOT NULL DEFAULT pg_current_xact_id(),

    CONSTRAINT customer_event_pkey PRIMARY KEY (tenant_id, id)
);

CREATE INDEX customer_event_by_customer ON customer_event (tenant_id, customer_id, customer_version, id);

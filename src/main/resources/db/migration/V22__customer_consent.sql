-- What each customer consented to, who said so, when and how: the evidence that GDPR art. 7(1) and LGPD art. 8 §2 ask
-- for. Written in the transaction of the change; rows are only ever added. They have no personal data beside ids, so
-- that they outlive the history, an erasure and the customer's row: no foreign key leads to it.
CREATE TABLE customer_consent (
    tenant_id        text        NOT NULL,
    customer_id      uuid        NOT NULL,
    -- The customer's version that the change led to: the order of a customer's rows.
    customer_version bigint      NOT NULL,
    -- A member of the customer's preferences.
    preference       text        NOT NULL,
    -- Null: what the customer wants is unknown again.
    granted          boolean,
    at               timestamptz NOT NULL,
    actor            text,
    -- self_service: the customer; api: the business; merge and merge_undone: taken from other customers, or given back.
    source           text        NOT NULL CHECK (source IN ('self_service', 'api', 'merge', 'merge_undone')),
    request_id       text,

    CONSTRAINT customer_consent_pkey PRIMARY KEY (tenant_id, customer_id, preference, customer_version)
);

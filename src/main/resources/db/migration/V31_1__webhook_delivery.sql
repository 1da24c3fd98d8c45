-- Events to be sent to webhooks, and what came of it. The row of the webhook is the lock of its deliveries.
CREATE TABLE webhook_delivery (
    tenant_id       text        NOT NULL,
    webhook_id      uuid        NOT NULL,
    -- Of the event; that of a test is of no event.
    id              uuid        NOT NULL,
    type            text        NOT NULL,
    subject_type    text        NOT NULL,
    subject_id      uuid        NOT NULL,
    -- With the id, the order of the events of one subject.
    subject_version bigint      NOT NULL,
    -- waiting: for an earlier one of its subject; at most one of a subject is pending.
    status          text        NOT NULL CHECK (status IN ('waiting', 'pending', 'succeeded', 'failed')),
    attempts        integer     NOT NULL DEFAULT 0,
    -- When a pending one is to be sent: of one that is being sent, the end of the lease.
    due_at          timestamptz,
    leased_by       uuid,
    -- Of the last attempt.
    response_status integer,
    duration_ms     integer,
    error           text,
    response_body   text,
    created_at      timestamptz NOT NULL,
    finished_at     timestamptz,

    CONSTRAINT webhook_delivery_pkey PRIMARY KEY (tenant_id, webhook_id, id),
    CONSTRAINT webhook_delivery_webhook_fkey FOREIGN KEY (tenant_id, webhook_id)
        REFERENCES webhook (tenant_id, id) ON DELETE CASCADE
);

-- What is to be sent next.
CREATE INDEX webhook_delivery_due ON webhook_delivery (tenant_id, webhook_id, due_at) WHERE status = 'pending';
-- What follows in the order of a subject.
CREATE INDEX webhook_delivery_waiting
    ON webhook_delivery (tenant_id, subject_id, webhook_id, subject_version, id) WHERE status IN ('waiting', 'pending');
-- The list of those that failed; any other list has few between those that it shows.
CREATE INDEX webhook_delivery_failed ON webhook_delivery (tenant_id, webhook_id, id) WHERE status = 'failed';
-- Those past their time.
CREATE INDEX webhook_delivery_finished ON webhook_delivery (finished_at) WHERE finished_at IS NOT NULL;
-- What an erasure removes.
CREATE INDEX webhook_delivery_with_body ON webhook_delivery (tenant_id, subject_id) WHERE response_body IS NOT NULL;

-- Addresses of a tenant's own systems to which events are sent (ADR 22).
CREATE TABLE webhook (
    tenant_id       text        NOT NULL CHECK (tenant_id <> ''),
    id              uuid        NOT NULL,
    url             text        NOT NULL,
    -- customer.created, customer.*, or * for all.
    types           text[]      NOT NULL,
    description     text,
    payload         text        NOT NULL CHECK (payload IN ('thin', 'full')),
    -- It gets the events that this snapshot does not see: those committed since it was last switched on.
    since           pg_snapshot NOT NULL,
    -- Null while it is switched on.
    disabled_at     timestamptz,
    disabled_reason text,
    -- The first of the failures since which no delivery succeeded.
    failing_since   timestamptz,
    version         bigint      NOT NULL,
    created_at      timestamptz NOT NULL,
    created_by      text,
    updated_at      timestamptz NOT NULL,
    -- Nobody sees it any more; it waits for the deletion of its deliveries.
    deleted_at      timestamptz,

    CONSTRAINT webhook_pkey PRIMARY KEY (tenant_id, id)
);

CREATE INDEX webhook_active ON webhook (tenant_id, id) WHERE disabled_at IS NULL;
CREATE INDEX webhook_disabled ON webhook (disabled_at) WHERE disabled_at IS NOT NULL;
CREATE INDEX webhook_deleted ON webhook (deleted_at) WHERE deleted_at IS NOT NULL;

-- Keys of signatures, which must be known to sign (docs/operations.md). Several are valid while they are rotated.
CREATE TABLE webhook_secret (
    tenant_id  text        NOT NULL,
    webhook_id uuid        NOT NULL,
    secret     text        NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz,

    CONSTRAINT webhook_secret_pkey PRIMARY KEY (tenant_id, webhook_id, secret),
    CONSTRAINT webhook_secret_webhook_fkey FOREIGN KEY (tenant_id, webhook_id)
        REFERENCES webhook (tenant_id, id) ON DELETE CASCADE
);

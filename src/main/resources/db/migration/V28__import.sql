-- Files that callers send to be imported (ADR 20). A file is stored in pieces of whole rows as it arrives, and worked
-- off piece by piece, each in one transaction with what it wrote; then the piece is deleted.
CREATE TABLE import_job (
    tenant_id       text        NOT NULL CHECK (tenant_id <> ''),
    id              uuid        NOT NULL,
    -- What the rows are: customers, orders…
    type            text        NOT NULL,
    -- How to read the file and what to do with its rows, as JSON.
    options         text        NOT NULL,
    status          text        NOT NULL
        CHECK (status IN ('uploading', 'queued', 'running', 'completed', 'failed', 'canceled')),
    -- Who sent it: its rows are written on behalf of this caller.
    actor           text,
    location_id     text,
    confined        boolean     NOT NULL,
    request_id      text,
    -- The CSV header as it was sent, so that refused rows can be given back under it.
    header          bytea,
    -- SHA-256 of the file and the options.
    digest          bytea,
    size_bytes      bigint      NOT NULL DEFAULT 0,
    row_count       bigint      NOT NULL DEFAULT 0,
    piece_count     integer     NOT NULL DEFAULT 0,
    -- The position: the piece that is next, and how many of its rows are done.
    next_piece      integer     NOT NULL DEFAULT 0,
    next_row        integer     NOT NULL DEFAULT 0,
    bytes_done      bigint      NOT NULL DEFAULT 0,
    created         bigint      NOT NULL DEFAULT 0,
    updated         bigint      NOT NULL DEFAULT 0,
    unchanged       bigint      NOT NULL DEFAULT 0,
    failed          bigint      NOT NULL DEFAULT 0,
    error_code      text,
    error_message   text,
    -- The instance of the service that works on it, until when. Null: free for any.
    leased_by       uuid,
    leased_until    timestamptz,
    -- When something arrived or was done last: the job that has waited longest is next.
    worked_at       timestamptz NOT NULL,
    created_at      timestamptz NOT NULL,
    -- When the file was complete: a tenant's imports run one after the other in this order.
    queued_at       timestamptz,
    started_at      timestamptz,
    finished_at     timestamptz,

    CONSTRAINT import_job_pkey PRIMARY KEY (tenant_id, id)
);

-- The list of a tenant's imports; the id breaks ties.
CREATE INDEX import_job_by_time ON import_job (tenant_id, created_at, id);
-- The few that are not finished, of all tenants.
CREATE INDEX import_job_unfinished ON import_job (tenant_id, created_at, id)
    WHERE status IN ('uploading', 'queued', 'running');
-- Those past their time.
CREATE INDEX import_job_finished ON import_job (finished_at) WHERE finished_at IS NOT NULL;

CREATE TABLE import_piece (
    tenant_id  text    NOT NULL,
    import_id  uuid    NOT NULL,
    number     integer NOT NULL,
    -- The line of the file at which it begins, from 1.
    first_line bigint  NOT NULL,
    row_count  integer NOT NULL,
    -- Bytes of the file.
    data       bytea   NOT NULL,

    CONSTRAINT import_piece_pkey PRIMARY KEY (tenant_id, import_id, number),
    CONSTRAINT import_piece_job_fkey FOREIGN KEY (tenant_id, import_id)
        REFERENCES import_job (tenant_id, id) ON DELETE CASCADE
);

-- Written once and read once: to compress it would cost more than it saves.
ALTER TABLE import_piece ALTER COLUMN data SET STORAGE EXTERNAL;

-- The rows that were refused, as they were sent, and why.
CREATE TABLE import_refusal (
    tenant_id text   NOT NULL,
    import_id uuid   NOT NULL,
    line      bigint NOT NULL,
    data      bytea  NOT NULL,
    -- A JSON array of field, code and message.
    errors    text   NOT NULL,

    CONSTRAINT import_refusal_pkey PRIMARY KEY (tenant_id, import_id, line),
    CONSTRAINT import_refusal_job_fkey FOREIGN KEY (tenant_id, import_id)
        REFERENCES import_job (tenant_id, id) ON DELETE CASCADE
);

-- What an import with dry_run would have written so far, which its later rows must see: the rows of customers by the
-- names of their columns, and the identifiers that would lead to them.
CREATE TABLE import_preview (
    tenant_id   text NOT NULL,
    import_id   uuid NOT NULL,
    customer_id uuid NOT NULL,
    customer    json NOT NULL,

    CONSTRAINT import_preview_pkey PRIMARY KEY (tenant_id, import_id, customer_id),
    CONSTRAINT import_preview_job_fkey FOREIGN KEY (tenant_id, import_id)
        REFERENCES import_job (tenant_id, id) ON DELETE CASCADE
);

CREATE TABLE import_preview_identifier (
    tenant_id   text NOT NULL,
    import_id   uuid NOT NULL,
    kind        text NOT NULL,
    key         text NOT NULL,
    customer_id uuid NOT NULL,

    CONSTRAINT import_preview_identifier_pkey PRIMARY KEY (tenant_id, import_id, kind, key, customer_id),
    CONSTRAINT import_preview_identifier_preview_fkey FOREIGN KEY (tenant_id, import_id, customer_id)
        REFERENCES import_preview (tenant_id, import_id, customer_id) ON DELETE CASCADE
);

-- For the deletion with the customer that they lead to.
CREATE INDEX import_preview_identifier_by_customer ON import_preview_identifier (tenant_id, import_id, customer_id);

-- Addresses, calls and orders that an import with dry_run would have written so far, as far as later rows find them: by
-- their external ids. The rows are kept by the names of their columns.
CREATE TABLE import_preview_item (
    tenant_id   text NOT NULL,
    import_id   uuid NOT NULL,
    external_id text NOT NULL,
    item        json NOT NULL,

    CONSTRAINT import_preview_item_pkey PRIMARY KEY (tenant_id, import_id, external_id),
    CONSTRAINT import_preview_item_job_fkey FOREIGN KEY (tenant_id, import_id)
        REFERENCES import_job (tenant_id, id) ON DELETE CASCADE
);

-- Merges, and the customers that they made part of others. A merged-away customer has no row in `customer`, so that no
-- list, count, search, match or unique key has to leave it out.
CREATE TABLE merge (
    tenant_id       text        NOT NULL,
    id              uuid        NOT NULL,
    target_id       uuid        NOT NULL,
    -- The target's version that the merge led to: the order of a target's merges, whatever the clocks say.
    target_version  bigint      NOT NULL,
    -- In the order given, which decides whose values fill blanks.
    source_ids      varchar[]   NOT NULL,
    moved_addresses bigint      NOT NULL,
    moved_calls     bigint      NOT NULL,
    moved_orders    bigint      NOT NULL,
    -- What an undo takes back: {"<field>": {"from": …, "to": …}} of the target, and the clusters that it joined.
    changes         text        NOT NULL,
    added_clusters  varchar[]   NOT NULL,
    merged_at       timestamptz NOT NULL,
    merged_by       text,
    undone_at       timestamptz,
    undone_by       text,

    CONSTRAINT merge_pkey PRIMARY KEY (tenant_id, id)
);

CREATE INDEX merge_by_target ON merge (tenant_id, target_id, target_version);

CREATE TABLE merged_customer (
    tenant_id       text        NOT NULL,
    id              uuid        NOT NULL,
    merge_id        uuid        NOT NULL,
    merged_into     uuid        NOT NULL,
    -- The row that the customer had, as JSON by column, and what of it hung in other tables.
    snapshot        text        NOT NULL,
    clusters        varchar[]   NOT NULL,
    default_address uuid,

    CONSTRAINT merged_customer_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT merged_customer_merge_fkey FOREIGN KEY (tenant_id, merge_id) REFERENCES merge (tenant_id, id)
);

CREATE INDEX merged_customer_by_merge ON merged_customer (tenant_id, merge_id);
CREATE INDEX merged_customer_by_survivor ON merged_customer (tenant_id, merged_into);

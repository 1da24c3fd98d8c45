-- Groups into which a tenant sorts its customers. A customer has at most one main cluster, customer.cluster_id, and is a
-- member of any number beside it.
CREATE TABLE cluster (
    tenant_id   text        NOT NULL CHECK (tenant_id ~ '^[A-Za-z0-9._-]{1,64}$'),
    id          uuid        NOT NULL,
    name        text        NOT NULL CHECK (name <> ''),
    description text,
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,

    -- Two clusters whose names differ in case only could not be told apart by a person.
    name_key    text GENERATED ALWAYS AS (lower(name COLLATE "und-x-icu")) STORED,
    sort_name   text COLLATE "C" GENERATED ALWAYS AS (clientela_fold(name)) STORED,

    CONSTRAINT cluster_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT cluster_name_key UNIQUE (tenant_id, name_key)
);

CREATE INDEX cluster_by_name ON cluster (tenant_id, sort_name, id);

CREATE TABLE cluster_member (
    tenant_id   text NOT NULL,
    cluster_id  uuid NOT NULL,
    customer_id uuid NOT NULL,

    CONSTRAINT cluster_member_pkey PRIMARY KEY (tenant_id, cluster_id, customer_id),
    -- No cascade from the cluster: each customer who loses theirs is told so in the history, which only the service
    -- can write. Who joins while it is being deleted makes the delete fail instead.
    CONSTRAINT cluster_member_cluster_fkey FOREIGN KEY (tenant_id, cluster_id) REFERENCES cluster (tenant_id, id),
    CONSTRAINT cluster_member_customer_fkey FOREIGN KEY (tenant_id, customer_id) REFERENCES customer (tenant_id, id)
        ON DELETE CASCADE
);

-- The clusters of a customer.
CREATE INDEX cluster_member_by_customer ON cluster_member (tenant_id, customer_id, cluster_id);

-- Every cluster_id was refused until now, so that no row can speak against it.
ALTER TABLE customer ADD CONSTRAINT customer_cluster_fkey
    FOREIGN KEY (tenant_id, cluster_id) REFERENCES cluster (tenant_id, id);

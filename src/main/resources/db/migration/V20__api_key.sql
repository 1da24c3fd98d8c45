-- Keys with which callers without an issuer authenticate (ADR 12). A key that was revoked stays, so that lists and the
-- audit trail can name it.
CREATE TABLE api_key (
    tenant_id    text        NOT NULL CHECK (tenant_id ~ '^[A-Za-z0-9._-]{1,64}$'),
    id           uuid        NOT NULL,
    name         text        NOT NULL CHECK (name <> ''),
    prefix       text        NOT NULL,
    scopes       text[]      NOT NULL CHECK (cardinality(scopes) > 0),
    location     text,
    created_at   timestamptz NOT NULL,
    created_by   text,
    expires_at   timestamptz,
    last_used_at timestamptz,
    revoked_at   timestamptz,

    CONSTRAINT api_key_pkey PRIMARY KEY (tenant_id, id)
);

-- A key carries its id and no tenant.
CREATE INDEX api_key_by_id ON api_key (id);

-- The secrets with which a key works now: the newest, and during an overlap those before it. Only their digests are
-- stored. A revoked key has none.
CREATE TABLE api_key_secret (
    tenant_id   text        NOT NULL,
    key_id      uuid        NOT NULL,
    -- SHA-256 of the 256 random bits.
    hash        bytea       NOT NULL CHECK (octet_length(hash) = 32),
    created_at  timestamptz NOT NULL,
    -- The end of its overlap; null for the newest.
    valid_until timestamptz,

    CONSTRAINT api_key_secret_pkey PRIMARY KEY (tenant_id, key_id, hash),
    CONSTRAINT api_key_secret_key_fkey FOREIGN KEY (tenant_id, key_id) REFERENCES api_key (tenant_id, id)
);

-- What was done to each key, written in the transaction that did it. Rows are only ever added.
CREATE TABLE api_key_event (
    tenant_id  text        NOT NULL,
    id         uuid        NOT NULL,
    key_id     uuid        NOT NULL,
    type       text        NOT NULL,
    -- By the database's clock, while the key's row is locked: the order of a key's events.
    at         timestamptz NOT NULL,
    actor      text,
    request_id text,
    details    text        NOT NULL,

    CONSTRAINT api_key_event_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT api_key_event_key_fkey FOREIGN KEY (tenant_id, key_id) REFERENCES api_key (tenant_id, id)
);

CREATE INDEX api_key_event_by_time ON api_key_event (tenant_id, at, id);
CREATE INDEX api_key_event_by_key ON api_key_event (tenant_id, key_id, at, id);

-- What is known of likely duplicates. All of it follows from the customers and can be made again. No foreign key leads
-- to them: whoever looks for duplicates must not stand in the way of merges and deletes, and what belongs to nobody any
-- more is neither shown nor kept for long.

-- Customers to be compared with others, because they are new or changed in what is compared, or gone. Written with the
-- change; a version happens once, so that no two writers meet here.
CREATE TABLE duplicate_queue (
    tenant_id        text   NOT NULL,
    customer_id      uuid   NOT NULL,
    customer_version bigint NOT NULL,

    CONSTRAINT duplicate_queue_pkey PRIMARY KEY (tenant_id, customer_id, customer_version)
);

-- What customers must have in common to be compared at all.
CREATE TABLE duplicate_key (
    tenant_id   text   NOT NULL,
    key         bigint NOT NULL,
    customer_id uuid   NOT NULL,

    CONSTRAINT duplicate_key_pkey PRIMARY KEY (tenant_id, key, customer_id)
);

CREATE INDEX duplicate_key_by_customer ON duplicate_key (tenant_id, customer_id);

-- Customers who are likely the same, each pair once.
CREATE TABLE duplicate_pair (
    tenant_id text          NOT NULL,
    a         uuid          NOT NULL,
    b         uuid          NOT NULL,
    score     numeric(7, 6) NOT NULL CHECK (score BETWEEN 0 AND 1),
    reasons   varchar[]     NOT NULL,

    CONSTRAINT duplicate_pair_pkey PRIMARY KEY (tenant_id, a, b),
    CHECK (a < b)
);

CREATE INDEX duplicate_pair_by_score ON duplicate_pair (tenant_id, score DESC, a, b);
CREATE INDEX duplicate_pair_by_second ON duplicate_pair (tenant_id, b);

-- Pairs of whom somebody said that they are not the same.
CREATE TABLE duplicate_dismissal (
    tenant_id    text        NOT NULL,
    a            uuid        NOT NULL,
    b            uuid        NOT NULL,
    dismissed_at timestamptz NOT NULL,
    dismissed_by text,

    CONSTRAINT duplicate_dismissal_pkey PRIMARY KEY (tenant_id, a, b),
    CHECK (a < b)
);

-- Customers who were there before: they are new to this.
INSERT INTO duplicate_queue (tenant_id, customer_id, customer_version)
SELECT tenant_id, id, version FROM customer;

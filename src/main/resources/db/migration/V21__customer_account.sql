-- What customers log in with, and what ends their tokens. A customer without a row has no password and was never blocked.
CREATE TABLE customer_account (
    tenant_id     text        NOT NULL,
    customer_id   uuid        NOT NULL,
    -- The customer's e-mail in the form in which it is matched; null without a password or an e-mail.
    email_key     text,
    -- Argon2id in the PHC string format.
    password_hash text,
    -- Tokens of this service name the session in which they were issued: those of an earlier one are refused.
    session       bigint      NOT NULL,
    -- Tokens of other issuers name no session: those issued before this time are refused.
    tokens_from   timestamptz NOT NULL,

    CONSTRAINT customer_account_pkey PRIMARY KEY (tenant_id, customer_id),
    CONSTRAINT customer_account_customer_fkey FOREIGN KEY (tenant_id, customer_id)
        REFERENCES customer (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT customer_account_email_check CHECK (email_key IS NULL OR password_hash IS NOT NULL)
);

-- Of several customers with one e-mail, only one has a password; it is found by the e-mail.
CREATE UNIQUE INDEX customer_account_login ON customer_account (tenant_id, email_key);

-- One-time tokens, by their SHA-256. A customer has one for each purpose: a new one replaces it.
CREATE TABLE customer_token (
    tenant_id   text        NOT NULL,
    customer_id uuid        NOT NULL,
    purpose     text        NOT NULL CHECK (purpose IN ('email_verification', 'password_reset')),
    hash        bytea       NOT NULL,
    -- The e-mail that the token was issued for: it is void once the customer's differs.
    email_key   text        NOT NULL,
    expires_at  timestamptz NOT NULL,

    CONSTRAINT customer_token_pkey PRIMARY KEY (tenant_id, customer_id, purpose),
    CONSTRAINT customer_token_customer_fkey FOREIGN KEY (tenant_id, customer_id)
        REFERENCES customer (tenant_id, id) ON DELETE CASCADE
);

CREATE UNIQUE INDEX customer_token_by_hash ON customer_token (tenant_id, hash);
CREATE INDEX customer_token_by_expiry ON customer_token (expires_at);

-- Failed checks of passwords, counted for each account and each address. All instances of the service share them.
CREATE TABLE failed_attempt (
    tenant_id text        NOT NULL,
    kind      text        NOT NULL CHECK (kind IN ('account', 'address')),
    -- The SHA-256 of the e-mail, the customer's id or the address, in hexadecimal.
    key       text        NOT NULL,
    count     integer     NOT NULL,
    -- The time of the first one.
    since     timestamptz NOT NULL,

    CONSTRAINT failed_attempt_pkey PRIMARY KEY (tenant_id, kind, key)
);

CREATE INDEX failed_attempt_by_age ON failed_attempt (since);

-- The password of a merged customer, which an undo gives back.
ALTER TABLE merged_customer ADD COLUMN password_hash text;

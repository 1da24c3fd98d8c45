-- The customers of all tenants. Only live customers have a row here.
--
-- The primary key leads with tenant_id, as every key of this schema does: no row can be reached without its tenant,
-- and the table can be distributed by tenant_id without a change.
CREATE SEQUENCE customer_number AS bigint START WITH 1001;

CREATE TABLE customer (
    tenant_id          text         NOT NULL CHECK (tenant_id ~ '^[A-Za-z0-9._-]{1,64}$'),
    id                 uuid         NOT NULL,
    number             bigint       NOT NULL,
    version            bigint       NOT NULL DEFAULT 1,
    external_id        text         CHECK (char_length(external_id) <= 128),
    type               text         NOT NULL DEFAULT 'individual' CHECK (type IN ('individual', 'company')),
    status             text         NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'inactive', 'blocked')),
    role               text         NOT NULL DEFAULT 'customer',
    name               text         NOT NULL CHECK (name <> ''),
    first_name         text,
    last_name          text,
    company_name       text,
    -- An identifier is kept as it was given and, beside it, in the form in which it is matched.
    email              text,
    email_key          text,
    email_verified     boolean      NOT NULL DEFAULT false,
    phone              text,
    phone_key          text,
    document           text,
    document_key       text,
    document_type      text         CHECK (document_type IN ('cpf', 'cnpj', 'other')),
    document_valid     boolean,
    state_registration text,
    source             text,
    avatar             text,
    birthday           date,
    address            text,
    tags               varchar[]    NOT NULL DEFAULT '{}',
    location_id        text,
    cluster_id         uuid,
    segment            text         CHECK (segment IN ('lead', 'new', 'regular', 'vip', 'at_risk', 'dormant')),
    value              numeric(19, 2),
    auto_payment       boolean,
    notes              text,
    order_updates      boolean,
    promotions         boolean,
    newsletter         boolean,
    whatsapp           boolean,
    social_driver      text,
    social_id          text,
    utm_source         text,
    utm_campaign       text,
    -- JSON exactly as the caller wrote it: jsonb would reorder members and rewrite numbers.
    attributes         text         NOT NULL DEFAULT '{}',
    call_count         integer      NOT NULL DEFAULT 0,
    last_call_at       timestamptz,
    total_orders       integer      NOT NULL DEFAULT 0,
    total_spent        numeric(19, 2) NOT NULL DEFAULT 0,
    anonymized         boolean      NOT NULL DEFAULT false,
    created_at         timestamptz  NOT NULL,
    updated_at         timestamptz  NOT NULL,

    -- Sort keys are never null, so that one index serves the first page, any cursor and both directions.
    sort_name      text COLLATE "C" GENERATED ALWAYS AS (clientela_fold(name)) STORED,
    -- A customer without e-mail comes after every e-mail (U+10FFFF is the last code point).
    sort_email     text COLLATE "C" GENERATED ALWAYS AS (coalesce(email_key, U&'\+10FFFF')) STORED,
    -- A customer never called counts as called longest ago.
    sort_last_call timestamptz GENERATED ALWAYS AS (coalesce(last_call_at, timestamptz '0001-01-01 00:00:00+00')) STORED,
    -- What `search` looks through. The line breaks keep a match from running over two fields.
    search_text    text GENERATED ALWAYS AS (
        clientela_fold(
            name
            || coalesce(E'\n' || company_name, '')
            || coalesce(E'\n' || email, '')
            || coalesce(E'\n' || phone_key, '')
            || coalesce(E'\n' || regexp_replace(phone, '[^0-9]', '', 'g'), '')
            || coalesce(E'\n' || document_key, '')
            || coalesce(E'\n' || document, ''))) STORED,

    CONSTRAINT customer_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT customer_external_id_key UNIQUE (tenant_id, external_id)
);

ALTER SEQUENCE customer_number OWNED BY customer.number;

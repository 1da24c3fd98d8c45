-- Synthetic customers for measurements: the same in every run, derived from hashes of the row number.
--
--   psql -v tenant=bench -v customers=1000000 -f bench/generate.sql
--
-- `tenant` gets `customers` rows; the tenants other-001 to other-100 share a tenth as many.
-- The schema must be migrated, and these tenants must have no rows in customer and cluster.
\set ON_ERROR_STOP on
\if :{?tenant}
\else
    \set tenant bench
\endif
\if :{?customers}
\else
    \set customers 1000000
\endif
\timing on
SET client_encoding = 'UTF8';

-- A number from 0 (inclusive) to 1 (exclusive), always the same for the same row and purpose.
CREATE FUNCTION pg_temp.chance(row_number bigint, purpose bigint) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (hashint8extended(row_number, purpose) & 2147483647) / 2147483648.0::double precision;

-- An element of a list; those at the front are more frequent (the first of 64 in one of eight draws).
CREATE FUNCTION pg_temp.pick(list text[], chance double precision) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN list[1 + floor(cardinality(list) * chance * chance)::integer];

-- An id of version 7 (RFC 9562) with a given timestamp.
CREATE FUNCTION pg_temp.id_at(created_at timestamptz, row_number bigint) RETURNS uuid
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (lpad(to_hex(floor(extract(epoch FROM created_at) * 1000)::bigint), 12, '0')
        || '7' || substr(md5(row_number::text), 1, 3)
        || substr('89ab', 1 + (row_number % 4)::integer, 1) || substr(md5(row_number::text), 5, 15))::uuid;

BEGIN;

CREATE TEMPORARY TABLE word_list AS SELECT
    '{Maria,José,Ana,João,Antônio,Francisco,Carlos,Paulo,Pedro,Lucas,Luiz,Marcos,Luís,Gabriel,Rafael,Francisca,Daniel,
      Marcelo,Bruno,Eduardo,Felipe,Raimundo,Rodrigo,Manoel,Mateus,André,Fernando,Fábio,Leonardo,Gustavo,Guilherme,
      Leandro,Tiago,Ânderson,Ricardo,Márcio,Jorge,Sebastião,Alexandre,Roberto,Édson,Diego,Vítor,Sérgio,Cláudio,
      Antônia,Adriana,Juliana,Márcia,Fernanda,Patrícia,Aline,Sandra,Camila,Amanda,Bruna,Jéssica,Letícia,Júlia,Luciana,
      Vanessa,Mariana,Gabriela,Valéria,Cecília,Zuleica,Inês,Íris,Úrsula,Jürgen,Zoë,Łukasz}'::text[] AS first_names,
    '{Silva,Santos,Oliveira,Souza,Rodrigues,Ferreira,Alves,Pereira,Lima,Gomes,Costa,Ribeiro,Martins,Carvalho,Almeida,
      Lopes,Soares,Fernandes,Vieira,Barbosa,Rocha,Dias,Nascimento,Andrade,Moreira,Nunes,Marques,Machado,Mendes,Freitas,
      Cardoso,Ramos,Gonçalves,Santana,Teixeira,Araújo,Conceição,Simões,Guimarães,Assunção,Müller,Köhler,Schäfer,
      Weiß,Muñoz,Peña,Yamaguchi,Nakamura,Rossi,Bianchi,Kowalski,Abdalla,Haddad,D''Ávila,Sá,Brandão,Leão,Galvão,
      Magalhães,Frazão,Falcão,Beltrão,Patrício,Quintão}'::text[] AS last_names,
    '{Comércio Ltda,Serviços ME,Indústria S.A.,Transportes Ltda,Alimentos Ltda,Informática ME,Confecções Ltda,
      Padaria e Confeitaria}'::text[] AS trades,
    '{gmail.com,hotmail.com,outlook.com,yahoo.com.br,uol.com.br,bol.com.br,terra.com.br,icloud.com,empresa.com.br}'
        ::text[] AS mail_hosts,
    '{11,21,31,41,51,61,71,81,85,19,47,48,27,62,92,91,16,13,12,43}'::text[] AS area_codes,
    '{store,whatsapp,site,instagram,marketplace,referral,import}'::text[] AS sources;

INSERT INTO cluster (tenant_id, id, name, created_at, updated_at)
SELECT tenant_id, pg_temp.id_at(timestamptz '2021-01-01 00:00:00+00', n), 'Cluster ' || n, now(), now()
FROM generate_series(0, 199) AS n,
    LATERAL (
        SELECT :'tenant' AS tenant_id
        UNION ALL
        SELECT 'other-' || lpad(i::text, 3, '0') FROM generate_series(1, 100) AS i
    ) AS place;

INSERT INTO customer (
    tenant_id, id, number, version, external_id, type, status, name, first_name, last_name, company_name,
    email, email_key, email_verified, phone, phone_key, document, document_key, document_type, document_valid,
    source, birthday, address, tags, location_id, cluster_id, value, auto_payment, notes,
    order_updates, promotions, utm_source, utm_campaign, attributes,
    call_count, last_call_at, total_orders, total_spent, spending_orders, first_order_at, last_order_at,
    first_counted_at, last_counted_at, created_at, updated_at)
SELECT
    tenant_id,
    pg_temp.id_at(created_at, n),
    nextval('customer_number'),
    1 + floor(5 * pg_temp.chance(n, 1))::bigint,
    CASE WHEN pg_temp.chance(n, 2) < 0.7 THEN 'erp-' || n END,
    CASE WHEN company THEN 'company' ELSE 'individual' END,
    CASE WHEN pg_temp.chance(n, 3) < 0.90 THEN 'active' WHEN pg_temp.chance(n, 3) < 0.97 THEN 'inactive' ELSE 'blocked' END,
    CASE WHEN company THEN company_name ELSE first_name || ' ' || last_name END,
    CASE WHEN NOT company THEN first_name END,
    CASE WHEN NOT company THEN last_name END,
    CASE WHEN company THEN company_name END,
    email,
    lower(email),
    email IS NOT NULL AND pg_temp.chance(n, 4) < 0.4,
    '(' || area || ') 9' || substr(line, 1, 4) || '-' || substr(line, 5, 4),
    '+55' || area || '9' || line,
    CASE WHEN company THEN regexp_replace(document, '^(..)(...)(...)(....)(..)$', '\1.\2.\3/\4-\5')
        ELSE regexp_replace(document, '^(...)(...)(...)(..)$', '\1.\2.\3-\4') END,
    document,
    CASE WHEN document IS NULL THEN NULL WHEN company THEN 'cnpj' ELSE 'cpf' END,
    -- The check digits are random, too.
    CASE WHEN document IS NOT NULL THEN false END,
    CASE WHEN pg_temp.chance(n, 5) < 0.9 THEN pg_temp.pick(sources, pg_temp.chance(n, 6)) END,
    CASE WHEN NOT company AND pg_temp.chance(n, 7) < 0.5 THEN date '1940-01-01' + floor(25000 * pg_temp.chance(n, 8))::integer END,
    CASE WHEN pg_temp.chance(n, 9) < 0.5 THEN 'Rua ' || last_name || ', ' || floor(3000 * pg_temp.chance(n, 10))::integer END,
    array_remove(ARRAY[
        CASE WHEN pg_temp.chance(n, 11) < 0.30 THEN 'newsletter' END,
        CASE WHEN pg_temp.chance(n, 12) < 0.10 THEN 'wholesale' END,
        CASE WHEN pg_temp.chance(n, 13) < 0.02 THEN 'birthday-club' END,
        CASE WHEN pg_temp.chance(n, 14) < 0.0001 THEN 'lawsuit' END], NULL),
    CASE WHEN pg_temp.chance(n, 15) < 0.95 THEN 'loc-' || lpad(floor(40 * pg_temp.chance(n, 16) * pg_temp.chance(n, 16))::text, 2, '0') END,
    CASE WHEN pg_temp.chance(n, 17) < 0.5
        THEN pg_temp.id_at(timestamptz '2021-01-01 00:00:00+00', floor(200 * pg_temp.chance(n, 18))::bigint) END,
    CASE WHEN pg_temp.chance(n, 20) < 0.1 THEN round((1000 * pg_temp.chance(n, 21))::numeric, 2) END,
    CASE WHEN pg_temp.chance(n, 22) < 0.2 THEN pg_temp.chance(n, 22) < 0.1 END,
    CASE WHEN pg_temp.chance(n, 23) < 0.05 THEN 'Prefere atendimento à tarde; entregar na portaria.' END,
    CASE WHEN pg_temp.chance(n, 24) < 0.5 THEN true END,
    CASE WHEN pg_temp.chance(n, 24) < 0.5 THEN pg_temp.chance(n, 24) < 0.3 END,
    CASE WHEN pg_temp.chance(n, 25) < 0.1 THEN 'newsletter' END,
    CASE WHEN pg_temp.chance(n, 25) < 0.1 THEN 'spring-' || extract(year FROM created_at) END,
    CASE WHEN pg_temp.chance(n, 26) < 0.1 THEN '{"points": ' || floor(1000 * pg_temp.chance(n, 27))::integer || '}' ELSE '{}' END,
    CASE WHEN called THEN 1 + floor(10 * pg_temp.chance(n, 28))::integer ELSE 0 END,
    CASE WHEN called THEN created_at + (until - created_at) * pg_temp.chance(n, 29) END,
    orders,
    -- Many round amounts, so that many customers have equal totals.
    CASE WHEN orders = 0 THEN 0 WHEN pg_temp.chance(n, 30) < 0.6 THEN orders * 50
        ELSE round((orders * 200 * pg_temp.chance(n, 31))::numeric, 2) END,
    orders,
    first_order_at,
    last_order_at,
    first_order_at,
    last_order_at,
    created_at,
    CASE WHEN pg_temp.chance(n, 32) < 0.3 THEN created_at
        ELSE created_at + (until - created_at) * (pg_temp.chance(n, 32) * pg_temp.chance(n, 33)) END
FROM word_list,
    LATERAL (
        SELECT :'tenant' AS tenant_id, n, sqrt(n::double precision / (:customers)) AS age
        FROM generate_series(1, (:customers)::bigint) AS n
        UNION ALL
        SELECT 'other-' || lpad((1 + n % 100)::text, 3, '0'), n, sqrt((n - (:customers)) / ((:customers) / 10.0))
        FROM generate_series((:customers)::bigint + 1, (:customers) + (:customers) / 10) AS n
    ) AS place,
    LATERAL (
        SELECT
            timestamptz '2026-01-01 00:00:00+00' AS until,
            timestamptz '2021-01-01 00:00:00+00' + interval '1825 days' * age AS created_at,
            pg_temp.chance(n, 40) < 0.1 AS company,
            pg_temp.chance(n, 41) < 0.5 AS called,
            -- Most have few orders, a few have very many.
            CASE WHEN pg_temp.chance(n, 42) < 0.4 THEN 0
                ELSE 1 + floor(200 * power(pg_temp.chance(n, 43), 6))::integer END AS orders,
            pg_temp.pick(first_names, pg_temp.chance(n, 44))
                || CASE WHEN pg_temp.chance(n, 45) < 0.25
                    THEN ' ' || pg_temp.pick(first_names, pg_temp.chance(n, 46)) ELSE '' END AS first_name,
            -- One in 100,000 has a name that no other row has.
            CASE WHEN n % 100000 = 777 THEN 'Wojciechowski'
                ELSE pg_temp.pick(last_names, pg_temp.chance(n, 47))
                    || CASE WHEN pg_temp.chance(n, 48) < 0.6
                        THEN ' ' || pg_temp.pick(last_names, pg_temp.chance(n, 49)) ELSE '' END
                END AS last_name,
            pg_temp.pick(last_names, pg_temp.chance(n, 50)) || ' & ' || pg_temp.pick(last_names, pg_temp.chance(n, 51))
                || ' ' || pg_temp.pick(trades, pg_temp.chance(n, 52)) AS company_name,
            CASE WHEN pg_temp.chance(n, 53) < 0.6 THEN pg_temp.pick(area_codes, pg_temp.chance(n, 54)) END AS area,
            lpad(floor(100000000 * pg_temp.chance(n, 55))::bigint::text, 8, '0') AS line
    ) AS person,
    LATERAL (
        SELECT
            CASE WHEN pg_temp.chance(n, 56) < 0.92 THEN
                replace(replace(initcap(unaccent(person.first_name)), ' ', '.'), '''', '') || '.' || n || '@'
                    || pg_temp.pick(mail_hosts, pg_temp.chance(n, 57)) END AS email,
            CASE WHEN pg_temp.chance(n, 58) >= 0.3 THEN NULL
                WHEN company THEN lpad(floor(1e8 * pg_temp.chance(n, 59))::bigint::text, 8, '0') || '0001'
                    || lpad(floor(100 * pg_temp.chance(n, 60))::bigint::text, 2, '0')
                ELSE lpad(floor(1e11 * (pg_temp.chance(n, 61) + pg_temp.chance(n, 62) / 2147483648))::bigint::text,
                    11, '0')
                END AS document
    ) AS contact,
    -- All orders count as spent.
    LATERAL (
        SELECT CASE WHEN orders > 0 THEN created_at + (until - created_at) * (
            CASE WHEN orders = 1 THEN pg_temp.chance(n, 63) ELSE 1 - power(pg_temp.chance(n, 63), 2) END) END
            AS last_order_at
    ) AS last_order,
    LATERAL (
        SELECT CASE WHEN orders = 1 THEN last_order_at
            WHEN orders > 1 THEN created_at + (last_order_at - created_at) * power(pg_temp.chance(n, 64), 2) END
            AS first_order_at
    ) AS first_order;

COMMIT;

VACUUM ANALYZE customer;
SELECT count(*) AS customers, count(DISTINCT tenant_id) AS tenants,
    pg_size_pretty(pg_relation_size('customer')) AS heap, pg_size_pretty(pg_indexes_size('customer')) AS indexes
FROM customer;

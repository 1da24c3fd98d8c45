-- The database role of the service: it reads and writes rows, and cannot change the schema.
--
--     CLIENTELA_SERVICE_PASSWORD=… psql "postgresql://…/clientela" -f roles.sql
--
-- Run it in the service's database as the database's owner with CREATEROLE, or as a superuser; with psql 15 or newer.
-- It may be run at any time and any number of times, before the first migration or after the last.
\set ON_ERROR_STOP on
\getenv password CLIENTELA_SERVICE_PASSWORD
\if :{?password}
\else
    DO $$ BEGIN RAISE EXCEPTION 'Set CLIENTELA_SERVICE_PASSWORD.'; END $$;
\endif

-- The owner of the database also owns the schema and runs the migrations.
SELECT pg_get_userbyid(datdba) AS owner FROM pg_database WHERE datname = current_database() \gset

SELECT 'CREATE ROLE clientela_service'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'clientela_service') \gexec
ALTER ROLE clientela_service LOGIN PASSWORD :'password';

-- Privileges to create tables that PostgreSQL grants to PUBLIC (the second only before 15).
REVOKE TEMPORARY ON DATABASE :"DBNAME" FROM PUBLIC;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;

GRANT CONNECT ON DATABASE :"DBNAME" TO clientela_service;
GRANT USAGE ON SCHEMA public TO clientela_service;

-- Existing objects, and those that a migration will add.
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO clientela_service;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO clientela_service;
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO clientela_service;
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public
    GRANT USAGE ON SEQUENCES TO clientela_service;

-- Only the owner uses the history of migrations. The first migration creates this table, with the privileges above: run
-- this file once more after it.
SELECT 'REVOKE ALL ON flyway_schema_history FROM clientela_service'
 WHERE to_regclass('public.flyway_schema_history') IS NOT NULL \gexec

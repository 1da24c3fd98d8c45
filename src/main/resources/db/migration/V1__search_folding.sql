-- How text is compared when a person searches or sorts: without accents, without case.
--
-- The three extensions are "trusted" (PostgreSQL 13+): the owner of the database may create them.
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;

-- unaccent() is only STABLE because it looks its dictionary up by name at run time. The SQL-standard body binds the
-- dictionary when the function is made, so that IMMUTABLE is true and generated columns may use it, whatever the
-- search_path of the caller. The ICU collation lower-cases every script, in a database of any locale.
CREATE FUNCTION clientela_fold(value text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN lower(unaccent('unaccent'::regdictionary, value) COLLATE "und-x-icu");

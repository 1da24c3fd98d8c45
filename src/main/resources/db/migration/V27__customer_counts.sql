-- The overview counts customers by status, source and location in this index alone. Equal entries are stored once, in the
-- order of the table, so that a customer costs some eight bytes, and all of them are read fast. The tenant is not its first
-- column: PostgreSQL expects few customers of a tenant that has grown since its last ANALYZE, and would then read all of them
-- in this smallest index to find a few by other columns.
DROP INDEX CONCURRENTLY IF EXISTS customer_counts;
CREATE INDEX CONCURRENTLY customer_counts ON customer (status, tenant_id, source, location_id);

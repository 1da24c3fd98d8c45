-- The overview counts customers by status, source and location in this index alone. Equal entries are stored once, in the
-- order of the table, so that a customer costs some eight bytes, and all of them are read fast.
DROP INDEX CONCURRENTLY IF EXISTS customer_counts;
CREATE INDEX CONCURRENTLY customer_counts ON customer (tenant_id, status, source, location_id);

-- Reads by number look here for those that are not of a customer of their own.
DROP INDEX CONCURRENTLY IF EXISTS merged_customer_by_number;
CREATE INDEX CONCURRENTLY merged_customer_by_number ON merged_customer (tenant_id, number);

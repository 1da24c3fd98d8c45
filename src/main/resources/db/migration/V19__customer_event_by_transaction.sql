-- Readers follow the events of a tenant in this order, as far as no transaction that could still add one is open.
DROP INDEX CONCURRENTLY IF EXISTS customer_event_by_transaction;
CREATE INDEX CONCURRENTLY customer_event_by_transaction ON customer_event (tenant_id, transaction_id, id);

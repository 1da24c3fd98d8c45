-- The segments of customers with counted orders are ranges of the time of the last one. What else decides on a segment
-- is beside it, and the id, so that the customers of a segment are found in the index alone.
-- The release before this one filtered by the column segment, which is always null, so it found nobody by this index.
DROP INDEX CONCURRENTLY IF EXISTS customer_by_last_order;
CREATE INDEX CONCURRENTLY customer_by_last_order ON customer (tenant_id, last_counted_at)
    INCLUDE (first_counted_at, spending_orders, total_spent, id) WHERE last_counted_at IS NOT NULL;
DROP INDEX CONCURRENTLY IF EXISTS customer_by_segment;

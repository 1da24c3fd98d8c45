-- The list of a cluster sorts its customers and members together, so no statement uses the order of names that
-- customer_by_cluster has. Without the name, new customers are added at the end of their cluster, not at a random page.
DROP INDEX CONCURRENTLY IF EXISTS customer_by_main_cluster;
CREATE INDEX CONCURRENTLY customer_by_main_cluster ON customer (tenant_id, cluster_id, id) WHERE cluster_id IS NOT NULL;
DROP INDEX CONCURRENTLY IF EXISTS customer_by_cluster;

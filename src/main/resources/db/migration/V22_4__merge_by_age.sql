-- For deleting what merges store after its time: the merges that still store something.
DROP INDEX CONCURRENTLY IF EXISTS merge_by_age;
CREATE INDEX CONCURRENTLY merge_by_age ON merge (merged_at) WHERE undone_at IS NULL AND expired_at IS NULL;

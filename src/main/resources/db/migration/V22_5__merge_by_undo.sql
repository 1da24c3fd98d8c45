-- For deleting the values of undone merges after their time: those that still have some.
DROP INDEX CONCURRENTLY IF EXISTS merge_by_undo;
CREATE INDEX CONCURRENTLY merge_by_undo ON merge (undone_at) WHERE undone_at IS NOT NULL AND changes <> '{}';

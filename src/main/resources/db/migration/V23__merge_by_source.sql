-- The merges of a customer as a source, undone ones too: an erasure has to find what each of them copied.
DROP INDEX CONCURRENTLY IF EXISTS merge_by_source;
CREATE INDEX CONCURRENTLY merge_by_source ON merge USING gin (tenant_id, source_ids);

-- When what an undo needs was deleted, because the merge is older than the service keeps it; null while it is kept.
ALTER TABLE merge ADD COLUMN expired_at timestamptz;

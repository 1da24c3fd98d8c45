-- The clusters from before.
UPDATE cluster SET number = nextval('cluster_number') WHERE number IS NULL;

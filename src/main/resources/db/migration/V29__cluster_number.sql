-- A short number of each cluster, for clients whose ids are integers. The release before this one adds clusters without
-- naming the column, and so with the next number, too.
CREATE SEQUENCE cluster_number AS bigint;

ALTER TABLE cluster ADD COLUMN number bigint;
ALTER TABLE cluster ALTER COLUMN number SET DEFAULT nextval('cluster_number');

ALTER SEQUENCE cluster_number OWNED BY cluster.number;

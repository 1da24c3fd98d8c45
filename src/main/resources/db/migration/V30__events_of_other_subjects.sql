-- Events of clusters, API keys, imports and webhooks are in the same order as those of customers. Their customer_id is
-- the id of the subject, which has no version.
ALTER TABLE customer_event ADD COLUMN subject_type text NOT NULL DEFAULT 'customer';
ALTER TABLE customer_event ALTER COLUMN customer_version DROP NOT NULL;

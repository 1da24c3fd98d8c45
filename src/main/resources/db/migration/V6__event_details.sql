-- What an event was about beside the customer's fields: the call that was added, who was merged with whom.
ALTER TABLE customer_event ADD COLUMN details text NOT NULL DEFAULT '{}';

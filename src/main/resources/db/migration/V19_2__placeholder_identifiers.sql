-- Identifiers that match nobody in upserts are no evidence of duplicates either. Customers who have one of those that
-- were evidence until now are compared again.
INSERT INTO duplicate_queue (tenant_id, customer_id, customer_version)
SELECT tenant_id, id, 0 FROM customer
WHERE email_key ~ '^(no|do[._-]?not[._-]?reply|semmail)@|^[^@]*$|@[^.]*$'
   OR document_key IN ('12345678900', '12345678909', '01234567890', '12345678', '123456789')
   OR phone_key ~ '1234567890$'
ON CONFLICT DO NOTHING;

-- One index for each order a list can have: it serves the first page, the page behind a cursor, and both directions.
CREATE INDEX customer_by_name ON customer (tenant_id, sort_name, id);
CREATE INDEX customer_by_email ON customer (tenant_id, sort_email, id);
CREATE INDEX customer_by_created_at ON customer (tenant_id, created_at, id);
CREATE INDEX customer_by_updated_at ON customer (tenant_id, updated_at, id);
CREATE INDEX customer_by_last_call ON customer (tenant_id, sort_last_call, id);
CREATE INDEX customer_by_total_spent ON customer (tenant_id, total_spent, id);

-- Identifiers, in the form in which they are matched. external_id has its unique key.
CREATE INDEX customer_by_email_key ON customer (tenant_id, email_key) WHERE email_key IS NOT NULL;
CREATE INDEX customer_by_phone_key ON customer (tenant_id, phone_key) WHERE phone_key IS NOT NULL;
CREATE INDEX customer_by_document_key ON customer (tenant_id, document_key) WHERE document_key IS NOT NULL;
CREATE UNIQUE INDEX customer_by_number ON customer (tenant_id, number);

-- Filters that pick few rows out of many.
CREATE INDEX customer_by_location ON customer (tenant_id, location_id, sort_name, id) WHERE location_id IS NOT NULL;
CREATE INDEX customer_by_cluster ON customer (tenant_id, cluster_id, sort_name, id) WHERE cluster_id IS NOT NULL;
CREATE INDEX customer_by_segment ON customer (tenant_id, segment, sort_name, id) WHERE segment IS NOT NULL;
CREATE INDEX customer_by_source ON customer (tenant_id, source, sort_name, id) WHERE source IS NOT NULL;
CREATE INDEX customer_by_status ON customer (tenant_id, status, sort_name, id);
CREATE INDEX customer_by_type ON customer (tenant_id, type, sort_name, id);
CREATE INDEX customer_by_tag ON customer USING gin (tenant_id, tags);

-- Part of name, company, e-mail; digits of phone and document. btree_gin lets the tenant lead a GIN index.
CREATE INDEX customer_by_text ON customer USING gin (tenant_id, search_text gin_trgm_ops);

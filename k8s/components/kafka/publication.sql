-- Publishes new events, for the connector in this directory; run it as the owner of the tables, who must be a superuser or
-- have REPLICATION. What an erasure or the retention changes in old events is not published.
CREATE ROLE clientela_replication LOGIN REPLICATION;
GRANT SELECT ON customer_event TO clientela_replication;
CREATE PUBLICATION clientela_events FOR TABLE customer_event WITH (publish = 'insert');

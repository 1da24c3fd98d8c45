-- What a customer's orders come to is kept with the customer, so that neither a list nor its statistics count rows.
ALTER TABLE customer
    -- Those that count as spent: neither canceled nor refunded.
    ADD COLUMN spending_orders integer NOT NULL DEFAULT 0,
    ADD COLUMN first_order_at timestamptz,
    ADD COLUMN last_order_at timestamptz;

-- A customer's segment follows from the orders of the default currency that are neither canceled nor refunded. So the
-- times of the first and the last of these are kept, too, beside spending_orders and total_spent.
-- The column segment is no longer used. It stays for now: the release before this one writes NULL to it.
ALTER TABLE customer
    ADD COLUMN first_counted_at timestamptz,
    ADD COLUMN last_counted_at timestamptz;

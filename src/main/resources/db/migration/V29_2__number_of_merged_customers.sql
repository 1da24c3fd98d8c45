-- The number that a customer had before the merge: it goes on leading to the customer who remained, also when the
-- snapshot is erased.
ALTER TABLE merged_customer ADD COLUMN number bigint;

-- The service reserves numbers in blocks: each value of the sequence begins one. A version of the service from before this
-- uses the values as numbers, which no block of another value contains.
ALTER SEQUENCE customer_number INCREMENT BY 50;

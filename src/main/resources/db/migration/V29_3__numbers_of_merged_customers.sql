-- The numbers of customers who were merged before, but for those whose snapshot is erased. Run it again after a rolling
-- update: what the release before this one merged meanwhile lacks its number.
UPDATE merged_customer SET number = cast(cast(snapshot AS jsonb) ->> 'number' AS bigint)
WHERE number IS NULL AND cast(snapshot AS jsonb) ->> 'number' IS NOT NULL;

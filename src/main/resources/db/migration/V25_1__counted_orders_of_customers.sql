-- The totals of customers with orders, as Activity counts them. Run it again after a rolling update: what the release
-- before this one wrote meanwhile lacks the times of counted orders.
UPDATE customer c SET spending_orders = orders.spending, total_spent = orders.spent,
    first_counted_at = orders.first_counted, last_counted_at = orders.last_counted
FROM (SELECT tenant_id, customer_id, count(*) AS spending, sum(total) AS spent,
             min(placed_at) AS first_counted, max(placed_at) AS last_counted
      FROM customer_order
      WHERE status NOT IN ('canceled', 'refunded') AND currency = '${default_currency}'
      GROUP BY tenant_id, customer_id) AS orders
WHERE c.tenant_id = orders.tenant_id AND c.id = orders.customer_id
  AND (c.first_counted_at, c.last_counted_at) IS DISTINCT FROM (orders.first_counted, orders.last_counted);

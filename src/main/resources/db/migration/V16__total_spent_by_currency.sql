-- A customer's total_spent added orders of different currencies. It counts those of the default currency from now on.
UPDATE customer c SET total_spent = orders.spent, spending_orders = orders.spending
FROM (SELECT tenant_id, customer_id,
             count(*) FILTER (WHERE counts) AS spending, coalesce(sum(total) FILTER (WHERE counts), 0) AS spent
      FROM (SELECT tenant_id, customer_id, total,
                   status NOT IN ('canceled', 'refunded') AND currency = '${default_currency}' AS counts
            FROM customer_order
            WHERE (tenant_id, customer_id) IN (SELECT tenant_id, customer_id FROM customer_order
                                               WHERE currency <> '${default_currency}')) AS counted
      GROUP BY tenant_id, customer_id) AS orders
WHERE c.tenant_id = orders.tenant_id AND c.id = orders.customer_id;

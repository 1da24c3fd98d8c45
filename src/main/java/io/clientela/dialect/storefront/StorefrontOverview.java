package io.clientela.dialect.storefront;

import io.clientela.customer.CustomerView;
import io.clientela.insight.OverviewView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The customers in figures.
 *
 * @param activeRate the part of active customers, from 0 to 1
 * @param segments the number of customers of each segment
 * @param topCustomers who spent most
 */
@RegisterForReflection
record StorefrontOverview(
        long totalCustomers,
        long newThisMonth,
        BigDecimal activeRate,
        Map<String, Long> segments,
        List<TopCustomer> topCustomers) {
    /** @param totalSpent money as text with two decimals */
    @RegisterForReflection
    record TopCustomer(long id, String email, String firstName, String lastName, int totalOrders, String totalSpent) {
        static TopCustomer of(CustomerView customer, OverviewView.TopCustomer top) {
            var fields = customer.fields();
            return new TopCustomer(
                    customer.number(),
                    StorefrontCustomer.text(fields.email()),
                    StorefrontCustomer.text(fields.firstName()),
                    StorefrontCustomer.text(fields.lastName()),
                    top.totalOrders(),
                    StorefrontStats.money(top.totalSpent()));
        }
    }

    /** @param customers the top customers by id; those who were deleted since the overview was computed are left out */
    static StorefrontOverview of(OverviewView overview, Map<UUID, CustomerView> customers) {
        return new StorefrontOverview(
                overview.totalCustomers(),
                overview.newThisMonth(),
                overview.activeRate(),
                overview.segments(),
                overview.topCustomers().stream()
                        .filter(top -> customers.containsKey(top.id()))
                        .map(top -> TopCustomer.of(customers.get(top.id()), top))
                        .toList());
    }
}

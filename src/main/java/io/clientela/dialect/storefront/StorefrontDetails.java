package io.clientela.dialect.storefront;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.clientela.activity.AddressView;
import io.clientela.activity.OrderView;
import io.clientela.activity.StatsView;
import io.clientela.customer.CustomerView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** A customer as the storefront shows one to its staff, with orders, newest first, and addresses. */
@RegisterForReflection
record StorefrontDetails(
        @JsonUnwrapped StorefrontCustomer customer,
        StorefrontStats stats,
        List<StorefrontOrder> orders,
        List<AddressView> addresses,
        String segment,
        String adminNotes) {
    private static final String STATS = "stats";
    private static final String ORDERS = "orders";

    /** What a customer must have included. */
    static final String[] INCLUSIONS = {STATS, ORDERS};

    @SuppressWarnings("unchecked") // as the inclusion of orders has them
    static StorefrontDetails of(CustomerView customer, List<AddressView> addresses) {
        var included = customer.included();
        return new StorefrontDetails(
                StorefrontCustomer.of(customer),
                StorefrontStats.of((StatsView) included.get(STATS)),
                ((List<OrderView>) included.get(ORDERS))
                        .stream().map(StorefrontOrder::of).toList(),
                addresses,
                customer.segment().toString(),
                customer.fields().notes());
    }
}

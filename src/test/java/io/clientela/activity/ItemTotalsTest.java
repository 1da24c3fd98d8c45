package io.clientela.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientela.customer.ActivityTotals;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Totals of customers while many orders of theirs are added and changed. */
class ItemTotalsTest {
    private static final Instant JANUARY = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant MAY = Instant.parse("2026-05-01T00:00:00Z");

    private final OrderType type = new OrderType(null, () -> "BRL");
    private final UUID customer = UUID.randomUUID();

    private CustomerOrder order(String total, Instant placedAt) {
        var order = type.newEntity();
        order.assignTo("t", customer);
        type.write(order, new OrderInput(null, null, null, new BigDecimal(total), null, placedAt));
        return order;
    }

    private static ActivityTotals of(int orders, Instant first, Instant last, String spent) {
        return ActivityTotals.NONE
                .withOrder(first, Optional.of(new BigDecimal(spent)))
                .plus(new ActivityTotals(0, null, orders - 1, null, last, ActivityTotals.NONE.spending()));
    }

    @Test
    void changedOrderLeavesNothingOfItsOldState() {
        var stored = order("10.00", MAY);
        var others = ActivityTotals.NONE.withOrder(JANUARY, Optional.of(new BigDecimal("1.00")));
        var totals = new ItemTotals<>(type, List.of(stored), Map.of(customer, others));

        stored.total = new BigDecimal("20.00");
        stored.placedAt = MARCH;

        var changed = totals.changed(customer);
        assertThat(changed.totalOrders()).isEqualTo(2);
        assertThat(changed.firstOrderAt()).isEqualTo(JANUARY);
        assertThat(changed.lastOrderAt()).isEqualTo(MARCH);
        assertThat(changed.spending().totalSpent()).isEqualByComparingTo("21.00");
    }

    @Test
    void canceledOrderCountsButIsNotSpent() {
        var stored = order("10.00", MAY);
        var totals = new ItemTotals<>(type, List.of(stored), Map.of(customer, ActivityTotals.NONE));

        stored.status = OrderStatus.CANCELED;

        assertThat(totals.changed(customer).totalOrders()).isEqualTo(1);
        assertThat(totals.changed(customer).spending()).isEqualTo(ActivityTotals.NONE.spending());
    }

    @Test
    void newOrderIsCountedOnceThoughItChanges() {
        var before = of(3, JANUARY, MARCH, "5.00");
        var totals = new ItemTotals<>(type, List.of(), Map.of());
        var added = order("10.00", MAY);

        assertThat(totals.added(before, added).spending().totalSpent()).isEqualByComparingTo("15.00");
        added.total = new BigDecimal("1.00");

        assertThat(totals.changed(customer).totalOrders()).isEqualTo(4);
        assertThat(totals.changed(customer).spending().totalSpent()).isEqualByComparingTo("6.00");
    }

    @Test
    void ordersAddedBesideStoredOneAreCountedWithIt() {
        var stored = order("10.00", MARCH);
        var totals = new ItemTotals<>(type, List.of(stored), Map.of(customer, ActivityTotals.NONE));
        totals.added(ActivityTotals.NONE.withOrder(MARCH, Optional.of(new BigDecimal("10.00"))), order("1.00", MAY));

        stored.total = new BigDecimal("2.00");

        assertThat(totals.changed(customer).totalOrders()).isEqualTo(2);
        assertThat(totals.changed(customer).spending().totalSpent()).isEqualByComparingTo("3.00");
    }
}

package io.clientela.dialect.storefront;

import io.clientela.activity.OrderStatus;
import io.clientela.activity.OrderView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/** An order of a customer, its total as text with two decimals. */
@RegisterForReflection
record StorefrontOrder(
        UUID id,
        String externalId,
        String number,
        OrderStatus status,
        String total,
        String currency,
        Instant placedAt) {
    static StorefrontOrder of(OrderView order) {
        return new StorefrontOrder(
                order.id(),
                order.externalId(),
                order.number(),
                order.status(),
                StorefrontStats.money(order.total()),
                order.currency(),
                order.placedAt());
    }
}

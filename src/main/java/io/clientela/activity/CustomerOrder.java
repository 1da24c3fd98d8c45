package io.clientela.activity;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.IdClass;
import java.math.BigDecimal;
import java.time.Instant;

/** An order of a customer. */
@Entity
@IdClass(ItemKey.class)
class CustomerOrder extends CustomerItem {
    String externalId;
    String number;

    @Enumerated(EnumType.STRING)
    OrderStatus status;

    BigDecimal total;
    String currency;
    Instant placedAt;
}

package io.clientela.activity;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.IdClass;
import java.time.Instant;

/** A call with a customer. */
@Entity
@IdClass(ItemKey.class)
class CustomerCall extends CustomerItem {
    String externalId;

    @Enumerated(EnumType.STRING)
    CallDirection direction;

    Instant startedAt;
    Integer durationSeconds;
    String outcome;
    String notes;
}

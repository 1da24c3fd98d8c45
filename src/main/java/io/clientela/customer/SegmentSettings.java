package io.clientela.customer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Min;
import java.math.BigDecimal;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/**
 * Where the segments of customers begin. Only orders of the default currency that are neither canceled nor refunded
 * count. A day is 24 hours. All replicas must have the same values.
 */
@ConfigMapping(prefix = "clientela.segments")
public interface SegmentSettings {
    /** The sum of orders from which on a customer is {@code vip}, in the default currency. */
    @WithDefault("1000")
    @DecimalMin("0.01")
    @Digits(integer = 15, fraction = 2)
    BigDecimal vipSpent();

    /** The number of orders from which on a customer is {@code vip}, whatever they come to. */
    @WithDefault("10")
    @Min(1)
    int vipOrders();

    /** How old the last order of a {@code vip} may be. */
    @WithDefault("180D")
    @DurationMin(seconds = 1)
    @DurationMax(days = 36_500)
    Duration vipWithin();

    /** How old the first order of a {@code new} customer may be. */
    @WithDefault("30D")
    @DurationMin(seconds = 1)
    @DurationMax(days = 36_500)
    Duration newWithin();

    /** How old the last order must be for {@code at_risk}. */
    @WithDefault("180D")
    @DurationMin(seconds = 1)
    @DurationMax(days = 36_500)
    Duration atRiskAfter();

    /** How old the last order must be for {@code dormant}; more than {@code at-risk-after}. */
    @WithDefault("365D")
    @DurationMin(seconds = 1)
    @DurationMax(days = 36_500)
    Duration dormantAfter();
}

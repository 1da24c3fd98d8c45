package io.clientela.webhook;

import java.util.List;
import java.util.Optional;

/**
 * What this instance leased of an endpoint's deliveries.
 *
 * @param target where they go; empty if the webhook was deleted
 * @param due the deliveries
 */
record DeliveryTurn(Optional<DeliveryTarget> target, List<DueDelivery> due) {}

package io.clientela.activity;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What a customer's row does not have, but some APIs show with every customer.
 *
 * @param clusterNumber the number of the main cluster, or null
 * @param address the default address, or null
 * @param lastOrderAt when the last order of any status was placed, or null
 * @param lastOrderTotal the total of that order in its currency, or null
 */
public record CustomerSummary(Long clusterNumber, AddressView address, Instant lastOrderAt, BigDecimal lastOrderTotal) {
    /** The summary of a customer without cluster, address and orders. */
    public static final CustomerSummary EMPTY = new CustomerSummary(null, null, null, null);
}

package io.clientela.activity;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The numbers of items that move, or moved, between customers.
 *
 * @param addresses the number of addresses
 * @param calls the number of calls
 * @param orders the number of orders
 */
@RegisterForReflection
public record MoveCounts(long addresses, long calls, long orders) {}

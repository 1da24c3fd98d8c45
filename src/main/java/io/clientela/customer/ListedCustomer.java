package io.clientela.customer;

/**
 * A customer of a list, with the totals that are stored in the same row.
 *
 * @param view the customer as callers read it
 * @param totals the totals of calls and orders
 */
public record ListedCustomer(CustomerView view, ActivityTotals totals) {}

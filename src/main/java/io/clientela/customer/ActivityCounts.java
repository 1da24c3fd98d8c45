package io.clientela.customer;

/**
 * How much of each kind belongs to a customer at one of its versions.
 *
 * @param version the customer's version; every change of what is counted raises it
 * @param calls the number of calls
 * @param orders the number of orders of any status
 * @param openOrders the number of orders that are pending, paid or shipped
 * @param recentActivity the number of calls and orders since a time
 * @param addresses the number of addresses
 * @param clusters the number of clusters that the customer is a member of, its main cluster included
 */
public record ActivityCounts(
        long version, long calls, long orders, long openOrders, long recentActivity, long addresses, long clusters) {
    /** Returns the calls and orders of a customer's row; nothing else is counted. */
    static ActivityCounts ofTotals(long version, ActivityTotals totals) {
        return new ActivityCounts(version, totals.callCount(), totals.totalOrders(), 0, 0, 0, 0);
    }
}

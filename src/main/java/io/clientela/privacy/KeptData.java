package io.clientela.privacy;

import io.clientela.customer.ErasedPerson;
import io.clientela.customer.LockedCustomer;
import io.clientela.privacy.ErasureView.Kept;
import java.util.ArrayList;
import java.util.List;

/** What stays of a person after an erasure, and why. */
final class KeptData {
    private static final Kept RECORD = new Kept(
            "record: id, number, type, status, location, version, created_at, updated_at",
            "References to the customer stay valid; none of it says who the person was.");

    private static final Kept CONSENT = new Kept(
            "preferences: what was consented to or refused, and when",
            "The business must be able to show it (GDPR, article 7(1); LGPD, article 8, paragraph 2).");

    private static final Kept CALLS = new Kept(
            "calls: id, direction, start and duration",
            "Statistics of the business; nothing in it says who called or what was said.");

    private static final Kept ORDERS = new Kept(
            "orders: id, status, total, currency and time",
            "Accounts and taxes (GDPR, article 17(3)(b); LGPD, article 16 I).");

    private static final Kept HISTORY = new Kept(
            "history: id, type, time, version and actor of each event, changes of status, and ids",
            "Shows what was done with the data, the erasure included (GDPR, article 5(2); LGPD, article 6 X).");

    private static final Kept MERGES = new Kept(
            "merges: ids, counts, times and actors", "Ids of merged customers go on leading to this customer.");

    private static final Kept KEYS = new Kept(
            "idempotency keys of the last 24 hours, without the responses",
            "A request that is repeated must not create the person again.");

    private KeptData() {}

    /** Returns what stays of a customer. */
    static List<Kept> of(LockedCustomer customer, ErasedPerson person) {
        List<Kept> kept = new ArrayList<>();
        kept.add(RECORD);
        kept.add(CONSENT);
        if (customer.totals().callCount() > 0) {
            kept.add(CALLS);
        }
        if (customer.totals().totalOrders() > 0) {
            kept.add(ORDERS);
        }
        kept.addAll(ofDeleted(person));
        return kept;
    }

    /** Returns what stays of a customer who was deleted before. */
    static List<Kept> ofDeleted(ErasedPerson person) {
        return person.traces().isEmpty() ? List.of(HISTORY, KEYS) : List.of(HISTORY, MERGES, KEYS);
    }
}

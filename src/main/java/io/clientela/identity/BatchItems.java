package io.clientela.identity;

import io.clientela.customer.CustomerView;

/**
 * Makes the items of one batch's result. The first customers are shown with all fields, up to a bound for all of them
 * together; the others by their ids and versions. Without the bound, a body of 1 MiB could ask for 50 MB.
 */
final class BatchItems {
    private static final int MAX_CHARACTERS = 4 << 20;
    /** The fields beside notes and attributes, roughly. */
    private static final int OTHER_FIELDS = 1_500;

    private int characters;

    BatchItem of(int index, UpsertResult result) {
        return new BatchItem(
                index, result.status(), result.outcome(), result.matchedOn(), shown(result.customer()), null);
    }

    private Object shown(CustomerView customer) {
        characters += OTHER_FIELDS
                + length(customer.fields().notes())
                + customer.fields().attributes().text().length();
        return characters <= MAX_CHARACTERS ? customer : CustomerReference.of(customer);
    }

    private static int length(String text) {
        return text == null ? 0 : text.length();
    }
}

package io.clientela.activity;

import java.util.Locale;

/** The types of customer items, as paths and imports name them. */
public enum ItemKind {
    ADDRESSES(AddressInput.class),
    CALLS(CallInput.class),
    ORDERS(OrderInput.class);

    private final Class<? extends Record> input;

    ItemKind(Class<? extends Record> input) {
        this.input = input;
    }

    /** Returns the record of the writable fields. */
    public Class<? extends Record> input() {
        return input;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

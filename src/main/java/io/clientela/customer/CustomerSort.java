package io.clientela.customer;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** The orders that a list of customers can have. No sort key is ever null, and ties are broken by id. */
public enum CustomerSort {
    NAME("name", "sortName", customer -> customer.sortName, text -> text),
    EMAIL("email", "sortEmail", customer -> customer.sortEmail, text -> text),
    CREATED_AT("created_at", "createdAt", customer -> customer.createdAt, CustomerSort::moment),
    UPDATED_AT("updated_at", "updatedAt", customer -> customer.updatedAt, CustomerSort::moment),
    LAST_CALL_AT("last_call_at", "sortLastCall", customer -> customer.sortLastCall, CustomerSort::moment),
    TOTAL_SPENT("total_spent", "totalSpent", customer -> customer.totalSpent, CustomerSort::amount);

    private final String word;
    private final String property;
    private final Function<Customer, Object> key;
    private final Function<String, Object> reading;

    CustomerSort(String word, String property, Function<Customer, Object> key, Function<String, Object> reading) {
        this.word = word;
        this.property = property;
        this.key = key;
        this.reading = reading;
    }

    /** The entity's property that is sorted by. */
    String property() {
        return property;
    }

    /** A customer's sort key as text, for a cursor. */
    String keyOf(Customer customer) {
        return String.valueOf(key.apply(customer));
    }

    /** Reads a sort key back from a cursor; empty if it is none. */
    Optional<Object> parseKey(String text) {
        try {
            return Optional.of(reading.apply(text));
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Instant moment(String text) {
        var moment = Instant.parse(text);
        if (text.startsWith("+") || text.startsWith("-")) {
            throw new DateTimeException("a year that no customer has");
        }
        return moment;
    }

    private static BigDecimal amount(String text) {
        var amount = new BigDecimal(text);
        if (amount.scale() != 2) {
            throw new NumberFormatException("not in cents");
        }
        return amount;
    }

    /** The word on the wire. */
    @Override
    public String toString() {
        return word;
    }
}

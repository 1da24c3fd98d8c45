package io.clientela.identity;

import java.util.Comparator;

/** The parts of an address that are likeliest to be unlike those of others. */
final class AddressKeys {
    private static final int SHORTEST_POSTCODE = 4;

    private AddressKeys() {}

    /** The last number of four digits or more; null where there is none. */
    static String postcode(Address address) {
        return address.numbers().stream()
                .filter(number -> number.length() >= SHORTEST_POSTCODE)
                .reduce((former, latter) -> latter)
                .orElse(null);
    }

    /** The first number that is not the postcode; null where there is none. */
    static String house(Address address) {
        var postcode = postcode(address);
        return address.numbers().stream()
                .filter(number -> !number.equals(postcode))
                .findFirst()
                .orElse(null);
    }

    /** The longest word, which is rarely a frequent one; null where there is none. */
    static String word(Address address) {
        return address.words().stream()
                .max(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                .orElse(null);
    }
}

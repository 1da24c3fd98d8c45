package io.clientela.customer;

import java.util.Set;

/**
 * How a customer is called, and how the parts of a name follow from each other: {@code Jane Smith} gives the first name
 * {@code Jane} and the last name {@code Smith}, and the reverse. A company's name is not taken apart.
 */
record Names(CustomerType type, String name, String first, String last, String company) {
    static Names of(CustomerInput input) {
        var type = input.type() == null ? CustomerType.INDIVIDUAL : input.type();
        return new Names(
                type,
                trimmed(input.name()),
                trimmed(input.firstName()),
                trimmed(input.lastName()),
                trimmed(input.companyName()));
    }

    /** These names of a new customer, with what was not given taken from what was. */
    Names completed() {
        if (name == null) {
            return new Names(type, joined(), first, last, company);
        }
        return type == CustomerType.COMPANY ? this : new Names(type, name, completedFirst(), completedLast(), company);
    }

    /**
     * These names after a change, where what followed from each other before keeps following: a name that is given
     * brings new parts if the old parts were the old name's, and parts that are given bring a new name if the old name
     * was the old parts'. What is given itself is never touched.
     */
    Names completedAfter(Names before, Set<String> given) {
        boolean nameGiven = given.contains("name");
        boolean partsGiven = given.contains("first_name") || given.contains("last_name");
        if (name == null) {
            return completed();
        }
        if (nameGiven && !partsGiven && before.partsFollowName()) {
            return new Names(type, name, null, null, company).completed();
        }
        if (partsGiven && !nameGiven && name.equals(before.joinedParts())) {
            var joined = joinedParts();
            return new Names(type, joined == null ? name : joined, first, last, company);
        }
        return this;
    }

    private boolean partsFollowName() {
        return name != null && equals(new Names(type, name, null, null, company).completed());
    }

    private String joined() {
        var parts = joinedParts();
        if (type == CustomerType.COMPANY) {
            return company == null ? parts : company;
        }
        return parts == null ? company : parts;
    }

    private String joinedParts() {
        if (first == null) {
            return last;
        }
        return last == null ? first : first + " " + last;
    }

    private String completedFirst() {
        if (first != null || name.equals(last)) {
            return first;
        }
        if (last == null) {
            int space = name.indexOf(' ');
            return space < 0 ? name : name.substring(0, space);
        }
        return name.endsWith(" " + last)
                ? name.substring(0, name.length() - last.length()).strip()
                : null;
    }

    private String completedLast() {
        if (last != null || name.equals(first)) {
            return last;
        }
        if (first == null) {
            int space = name.indexOf(' ');
            return space < 0 ? null : name.substring(space).strip();
        }
        return name.startsWith(first + " ") ? name.substring(first.length()).strip() : null;
    }

    private static String trimmed(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}

package io.clientela.customer;

import java.util.Set;

/**
 * The names of a customer, and the rules that derive missing ones: {@code Jane Smith} gives the first name {@code Jane}
 * and the last name {@code Smith}, and the reverse. A company's name is not split.
 */
record Names(CustomerType type, String name, String first, String last, String company) {
    static Names of(CustomerFields input) {
        var type = input.type() == null ? CustomerType.INDIVIDUAL : input.type();
        return new Names(
                type,
                trimmed(input.name()),
                trimmed(input.firstName()),
                trimmed(input.lastName()),
                trimmed(input.companyName()));
    }

    /** Returns the names of a new customer with missing ones derived from the others. */
    Names completed() {
        if (name == null) {
            return new Names(type, joined(), first, last, company);
        }
        return type == CustomerType.COMPANY ? this : new Names(type, name, completedFirst(), completedLast(), company);
    }

    /**
     * Returns the names after a patch. A patched name replaces the parts if the old parts were derived from the old
     * name; patched parts replace the name if the old name was derived from the old parts. Patched fields keep their
     * value.
     */
    Names completedAfter(Names before, Set<String> patchedFields) {
        boolean namePatched = patchedFields.contains("name");
        boolean partsPatched = patchedFields.contains("first_name") || patchedFields.contains("last_name");
        if (name == null) {
            return completed();
        }
        if (namePatched && !partsPatched && before.partsMatchName()) {
            return new Names(type, name, null, null, company).completed();
        }
        if (partsPatched && !namePatched && name.equals(before.joinedParts())) {
            var joined = joinedParts();
            return new Names(type, joined == null ? name : joined, first, last, company);
        }
        return this;
    }

    private boolean partsMatchName() {
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

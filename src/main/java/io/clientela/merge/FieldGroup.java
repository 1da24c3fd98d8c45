package io.clientela.merge;

import java.util.List;
import java.util.stream.Stream;

/**
 * Fields of a customer that belong together: a merge takes all of them from one customer, and an undo reverts all of
 * them or none.
 */
enum FieldGroup {
    NAME("name", "first_name", "last_name", "company_name"),
    DOCUMENT("document", "document_type", "document_valid"),
    EMAIL("email", "email_verified");

    private final List<String> fields;

    FieldGroup(String... fields) {
        this.fields = List.of(fields);
    }

    /** Returns the fields that belong together with a field, itself included; the first one decides for all. */
    static List<String> of(String field) {
        return Stream.of(values())
                .map(group -> group.fields)
                .filter(fields -> fields.contains(field))
                .findFirst()
                .orElse(List.of(field));
    }
}

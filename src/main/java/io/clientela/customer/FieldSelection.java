package io.clientela.customer;

import io.clientela.http.QueryParameters;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The fields of customers that a request asks for by {@code fields}: only these are read and answered.
 *
 * @param names the names of the fields; empty for all
 */
record FieldSelection(Set<String> names) {
    static final FieldSelection ALL = new FieldSelection(Set.of());

    private static final String PARAMETER = "fields";

    /** The service itself needs these. */
    private static final Set<String> ALWAYS_READ = Set.of("id", "version");

    private static final Set<String> FIELDS = CustomerTable.MEMBERS.stream()
            .map(CustomerTable.Member::name)
            .collect(Collectors.toCollection(LinkedHashSet::new));

    private static final String NAMES = String.join(", ", FIELDS);

    private static final String ALL_COLUMNS = CustomerTable.columns(member -> true);

    /** Reads {@code fields}, a comma-separated list; rejects unknown and repeated names. */
    static FieldSelection read(QueryParameters params) {
        return read(params, PARAMETER);
    }

    /** Reads such a list from another parameter. */
    static FieldSelection read(QueryParameters params, String parameter) {
        return params.list(parameter, name -> Optional.of(name).filter(FIELDS::contains), NAMES)
                .map(names -> new FieldSelection(new LinkedHashSet<>(names)))
                .orElse(ALL);
    }

    /** Returns whether this field is asked for. */
    boolean has(String field) {
        return names.isEmpty() || names.contains(field);
    }

    /**
     * Returns the columns of a {@link CustomerView} in their order, NULL for each that is not asked for. A NULL has no
     * name, which {@code ORDER BY} would prefer to that of the table.
     */
    String columns() {
        return names.isEmpty()
                ? ALL_COLUMNS
                : CustomerTable.columns(member -> has(member.name()) || ALWAYS_READ.contains(member.name()));
    }
}

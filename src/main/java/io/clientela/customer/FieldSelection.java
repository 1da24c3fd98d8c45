package io.clientela.customer;

import io.clientela.http.QueryParameters;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
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

    /** The columns of fields that have several; any other field has the column of its name. */
    private static final Map<String, String> FIELD_OF_COLUMN = Map.of(
            "order_updates", "preferences",
            "promotions", "preferences",
            "newsletter", "preferences",
            "whatsapp", "preferences",
            "social_driver", "social",
            "social_id", "social",
            "utm_source", "utm",
            "utm_campaign", "utm");

    /** The values of columns that are not null, in place of those that are not read. */
    private static final Map<String, String> NOT_READ = Map.of(
            "tags", "cast('{}' AS varchar[])", "email_verified", "false", "anonymized", "false", "call_count", "0");

    /** The service itself needs these. */
    private static final Set<String> ALWAYS_READ = Set.of("id", "version");

    private static final Set<String> FIELDS = Arrays.stream(CustomerReader.COLUMNS.split(", "))
            .map(FieldSelection::fieldOf)
            .collect(Collectors.toCollection(LinkedHashSet::new));

    /** Reads {@code fields}, a comma-separated list; rejects unknown and repeated names. */
    static FieldSelection read(QueryParameters params) {
        var list = params.text(PARAMETER);
        if (list.isEmpty()) {
            return ALL;
        }
        Set<String> names = new LinkedHashSet<>();
        for (String name : list.get().split(",", -1)) {
            if (!FIELDS.contains(name.strip())) {
                params.reject(
                        PARAMETER, "invalid_value", "must be a comma-separated list of " + String.join(", ", FIELDS));
                return ALL;
            }
            if (!names.add(name.strip())) {
                params.reject(PARAMETER, "repeated", "must not repeat a value");
                return ALL;
            }
        }
        return new FieldSelection(names);
    }

    boolean isAll() {
        return names.isEmpty();
    }

    /**
     * Returns the columns of a {@link CustomerView} in their order, each that is not asked for as a constant. The
     * constants have no names, which {@code ORDER BY} would prefer to those of the table.
     */
    String columns() {
        return isAll()
                ? CustomerReader.COLUMNS
                : Arrays.stream(CustomerReader.COLUMNS.split(", "))
                        .map(this::read)
                        .collect(Collectors.joining(", "));
    }

    private String read(String column) {
        return names.contains(fieldOf(column)) || ALWAYS_READ.contains(column)
                ? column
                : NOT_READ.getOrDefault(column, "NULL");
    }

    private static String fieldOf(String column) {
        return FIELD_OF_COLUMN.getOrDefault(column, column);
    }
}

package io.clientela.customer;

import io.clientela.http.QueryParameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The columns of customers in files. They follow from the fields of a customer's JSON: an object of fixed members has a
 * column for each of them, such as {@code preferences.newsletter}. The totals of orders are behind those of calls.
 */
public final class CustomerColumns {
    /** A column with a single attribute begins with this. */
    private static final String ATTRIBUTE = "attributes.";

    private static final String LAST_OF_CALLS = "last_call_at";

    /** All columns in their order, by name, without those of single attributes. */
    private static final Map<String, CustomerColumn> BY_NAME = CustomerTable.MEMBERS.stream()
            .flatMap(CustomerColumns::columns)
            .collect(Collectors.toMap(
                    CustomerColumn::name, Function.identity(), (first, second) -> first, LinkedHashMap::new));

    private static final String NAMES = String.join(", ", BY_NAME.keySet()) + ", attributes.<key>";

    private static final List<CustomerColumn> ALL = List.copyOf(BY_NAME.values());

    private CustomerColumns() {}

    /**
     * Reads a parameter with a comma-separated list of columns, in any order; rejects unknown and repeated names.
     * Without it, returns all columns but those of single attributes.
     */
    public static List<CustomerColumn> read(QueryParameters params, String parameter) {
        return params.list(parameter, CustomerColumns::named, NAMES).orElse(ALL);
    }

    /** Returns the names of the columns that the service writes itself. */
    public static List<String> readOnlyNames() {
        return ALL.stream()
                .filter(column ->
                        column.field().filter(CustomerFields.NAMES::contains).isEmpty())
                .map(CustomerColumn::name)
                .toList();
    }

    private static Optional<CustomerColumn> named(String name) {
        return name.startsWith(ATTRIBUTE) && name.length() > ATTRIBUTE.length()
                ? Optional.of(attribute(name.substring(ATTRIBUTE.length())))
                : Optional.ofNullable(BY_NAME.get(name));
    }

    private static Stream<CustomerColumn> columns(CustomerTable.Member member) {
        var field = Optional.of(member.name());
        if (member.nested() != null) {
            return member.nested().fields().stream()
                    .map(part -> CustomerColumn.stored(
                            member.name() + "." + part.name(),
                            field,
                            part.columns().get(0)));
        }
        var column = member.derived()
                ? new CustomerColumn(member.name(), field, CustomerColumns::segment)
                : CustomerColumn.stored(member.name(), field, member.columns().get(0));
        return member.name().equals(LAST_OF_CALLS)
                ? Stream.concat(Stream.of(column), totalsOfOrders())
                : Stream.of(column);
    }

    /** The segment is the only field that is not stored. */
    private static Function<CustomerRow, Object> segment(RowLayout layout) {
        var places = CustomerTable.SPENDING.names().stream()
                .mapToInt(layout::placeOf)
                .toArray();
        return row -> row.segment(places);
    }

    /** These have the names and values that {@code stats} has. */
    private static Stream<CustomerColumn> totalsOfOrders() {
        return Stream.of(
                CustomerColumn.stored("total_orders", Optional.empty(), "total_orders"),
                CustomerColumn.stored("total_spent", Optional.empty(), "total_spent"),
                date("first_order_date", "first_order_at"),
                date("last_order_date", "last_order_at"));
    }

    private static CustomerColumn date(String name, String timestamp) {
        return new CustomerColumn(name, Optional.empty(), layout -> {
            int place = layout.placeOf(timestamp);
            return row -> row.date(place);
        });
    }

    private static CustomerColumn attribute(String key) {
        return new CustomerColumn(ATTRIBUTE + key, Optional.of("attributes"), layout -> {
            int place = layout.placeOf("attributes");
            return row -> row.attributes(place).get(key);
        });
    }
}

package io.clientela.customer;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.clientela.database.Columns;
import io.clientela.database.RowReader;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The columns of the table {@code customer}, as they follow from the records that it keeps. */
final class CustomerTable {
    static final Columns<CustomerFields> FIELDS = Columns.of(CustomerFields.class);
    private static final Columns<CustomerState> STATE = Columns.of(CustomerState.class);
    static final Columns<MatchKeys> KEYS = Columns.of(MatchKeys.class);
    static final Columns<Spending> SPENDING = Columns.of(Spending.class);
    static final Columns<ActivityTotals> TOTALS = Columns.of(ActivityTotals.class);

    /** Every column that is not generated, but the tenant's. */
    static final String VALUES =
            "id, number, version, " + String.join(", ", FIELDS.sql(), STATE.sql(), KEYS.sql(), TOTALS.sql());

    /** Every column that is not generated; {@link #customer} reads them. */
    static final String ROW = "tenant_id, " + VALUES;

    /**
     * A member of a customer's JSON.
     *
     * @param jsonName its name, encoded once
     * @param columns the columns that keep it
     * @param derived whether it follows from the columns and the time, so that it is neither changed nor stored
     * @param nested its members, if it is an object of fixed ones; otherwise null
     * @param value its value
     */
    record Member(
            SerializableString jsonName,
            List<String> columns,
            boolean derived,
            Columns<?> nested,
            Function<CustomerView, Object> value) {
        private static Member of(String name, Function<CustomerView, Object> value) {
            return new Member(new SerializedString(name), List.of(name), false, null, value);
        }

        private static Member derived(String name, Columns<?> from, Function<CustomerView, Object> value) {
            return new Member(new SerializedString(name), from.names(), true, null, value);
        }

        private static Stream<Member> of(Columns<?> columns, Function<CustomerView, Record> part) {
            return columns.fields().stream()
                    .map(field -> new Member(
                            new SerializedString(field.name()),
                            field.columns(),
                            false,
                            field.nested(),
                            view -> field.of(part.apply(view))));
        }

        /** Returns the value in a customer's JSON. */
        JsonNode node(CustomerView view) {
            return view == null ? NullNode.instance : JsonValues.node(value.apply(view), nested);
        }

        String name() {
            return jsonName.getValue();
        }
    }

    /** The members of a customer's JSON; {@link #view} reads their columns in this order. */
    static final List<Member> MEMBERS = Stream.of(
                    Stream.of(
                            Member.of("id", CustomerView::id),
                            Member.of("number", CustomerView::number),
                            Member.of("version", CustomerView::version)),
                    Member.of(FIELDS, CustomerView::fields),
                    Stream.of(
                            Member.of("call_count", CustomerView::callCount),
                            Member.of("last_call_at", CustomerView::lastCallAt),
                            Member.derived("segment", SPENDING, CustomerView::segment)),
                    Member.of(STATE, CustomerView::state))
            .flatMap(Function.identity())
            .toList();

    /** Those that are stored. */
    static final List<Member> STORED_MEMBERS =
            MEMBERS.stream().filter(member -> !member.derived()).toList();

    private CustomerTable() {}

    /**
     * Reads the columns of {@link #MEMBERS}; those of members that are not shown may be null.
     *
     * @param segments the rules as of the time of the request
     */
    static CustomerView view(RowReader row, FieldSelection shown, SegmentRules segments) {
        UUID id = row.next();
        Long number = row.next();
        long version = row.<Long>next();
        var fields = row.next(FIELDS);
        int callCount = orZero(row.next());
        var lastCallAt = row.nextTimestamp();
        var spending = row.next(SPENDING);
        return new CustomerView(
                id,
                number,
                version,
                fields,
                callCount,
                lastCallAt,
                segments.of(spending),
                spending,
                row.next(STATE),
                Map.of(),
                shown);
    }

    private static int orZero(Integer count) {
        return count == null ? 0 : count;
    }

    /** Reads the columns of {@link #ROW}. */
    static Customer customer(RowReader row) {
        var customer = new Customer();
        customer.tenantId = row.next();
        customer.id = row.next();
        customer.number = row.next();
        customer.version = row.<Long>next();
        customer.fields = row.next(FIELDS);
        customer.state = row.next(STATE);
        customer.keys = row.next(KEYS);
        customer.totals = row.next(TOTALS);
        return customer;
    }

    /** Passes each column of {@link #VALUES}, and its value. */
    static void forEach(Customer customer, BiConsumer<String, Object> action) {
        action.accept("id", customer.id);
        action.accept("number", customer.number);
        action.accept("version", customer.version);
        FIELDS.forEach(customer.fields, action);
        STATE.forEach(customer.state, action);
        KEYS.forEach(customer.keys, action);
        TOTALS.forEach(customer.totals, action);
    }

    /** Returns the columns that {@link #view} reads, with NULL in place of each that no one asks for. */
    static String columns(Predicate<Member> shown) {
        return MEMBERS.stream()
                .flatMap(member -> member.columns().stream().map(column -> shown.test(member) ? column : "NULL"))
                .collect(Collectors.joining(", "));
    }
}

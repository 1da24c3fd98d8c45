package io.clientela.activity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.customer.ActivityTotals;
import io.clientela.customer.CustomerJson;
import io.clientela.customer.Inclusion;
import io.clientela.database.Database;
import io.clientela.http.problem.FieldError;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A type of customer items (addresses, calls, orders): its names, fields and rules. {@link CustomerItems} has the use
 * cases, which are the same for all types.
 *
 * @param <E> the entity
 * @param <I> the writable fields
 * @param <V> the view
 */
abstract class ItemType<E extends CustomerItem, I, V> implements Inclusion {
    /**
     * The constants of a type.
     *
     * @param singular the name of one item, such as {@code call}
     * @param plural the name of the items, as in paths and {@code include}
     * @param table the table
     * @param entity the class of the entity
     * @param input the class of the writable fields
     * @param fields the names of the writable fields
     * @param fieldsInTotals the fields whose change affects the customer's totals
     */
    record Definition<E, I, V>(
            String singular,
            String plural,
            ItemTable<V> table,
            Class<E> entity,
            Class<I> input,
            Set<String> fields,
            Set<String> fieldsInTotals) {}

    private final Database database;
    private final Definition<E, I, V> definition;

    ItemType(Database database, Definition<E, I, V> definition) {
        this.database = database;
        this.definition = definition;
    }

    final String singular() {
        return definition.singular();
    }

    final ItemTable<V> table() {
        return definition.table();
    }

    final Class<E> entity() {
        return definition.entity();
    }

    final Class<I> input() {
        return definition.input();
    }

    final Set<String> fields() {
        return definition.fields();
    }

    final Set<String> fieldsInTotals() {
        return definition.fieldsInTotals();
    }

    /** Returns the errors of the present fields. */
    abstract List<FieldError> validatePatch(I input);

    /** Returns the errors of missing fields of a new item or of the result of a patch. */
    abstract List<FieldError> missing(I input, boolean isNew);

    abstract Optional<String> externalId(I input);

    /** Returns the external id of an item; addresses have none. */
    abstract Optional<String> externalIdOf(E item);

    abstract E newEntity();

    /** Sets all writable fields. */
    abstract void write(E item, I input);

    abstract V view(E item);

    /** Returns the customer's totals with one more item. */
    abstract ActivityTotals addTo(ActivityTotals totals, E item);

    /**
     * Resolves defaults that depend on the customer's other items, before the item is written.
     *
     * @param item the unchanged item
     * @return the input with these defaults
     */
    Uni<I> resolveDefaults(E item, I input, boolean isNew) {
        return Uni.createFrom().item(input);
    }

    /**
     * Loads what {@link #resolveDefaults} depends on, for new items of many customers, whose rows are locked.
     *
     * @param customers the customers that the items may be of
     */
    Uni<NewItemDefaults<E, I>> newItemDefaults(String tenant, Collection<UUID> customers) {
        return Uni.createFrom().item(NewItemDefaults.none());
    }

    /** Returns the data of an event about an item. */
    final ObjectNode details(UUID id) {
        return CustomerJson.emptyObject().put(singular() + "_id", id.toString());
    }

    /** Returns the errors of a whole item. */
    final List<FieldError> violations(I input, boolean isNew) {
        List<FieldError> errors = new ArrayList<>(validatePatch(input));
        errors.addAll(missing(input, isNew));
        return errors;
    }

    @Override
    public final String name() {
        return definition.plural();
    }

    @Override
    public final Uni<Map<UUID, List<V>>> load(String tenant, Collection<UUID> customers) {
        return table().loadByCustomer(database, tenant, customers);
    }

    @Override
    public final Object emptyValue() {
        return List.of();
    }

    static List<FieldError> required(String field, Object value) {
        return value == null ? List.of(FieldError.required(field)) : List.of();
    }

    static List<FieldError> notBlank(String field, String value) {
        return value != null && value.isBlank() ? List.of(FieldError.blank(field)) : List.of();
    }
}

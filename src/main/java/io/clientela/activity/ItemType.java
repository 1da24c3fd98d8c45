package io.clientela.activity;

import io.clientela.customer.ActivityTotals;
import io.clientela.customer.Inclusion;
import io.clientela.http.problem.FieldError;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What is particular about one kind of thing that hangs off customers. What they have in common is in
 * {@link CustomerItems}.
 *
 * @param <E> the entity
 * @param <I> what a caller may write
 * @param <V> what callers read
 */
abstract class ItemType<E extends CustomerItem, I, V> implements Inclusion {
    private final Pool pool;

    ItemType(Pool pool) {
        this.pool = pool;
    }

    /** The word for one of them, such as {@code call}. */
    abstract String singular();

    abstract ItemTable<V> table();

    abstract Class<E> entity();

    abstract Class<I> input();

    /** The names of the fields that a caller may write. */
    abstract Set<String> fields();

    /** Those of them by which it counts for its customer. */
    abstract Set<String> fieldsInTotals();

    /** What is wrong with the fields that are given. */
    abstract List<FieldError> validatePatch(I input);

    /** Which fields are missing of a new one, or of one that a change leads to. */
    abstract List<FieldError> missing(I input, boolean isNew);

    abstract Optional<String> externalId(I input);

    /** A new one that nothing was written to. */
    abstract E newEntity();

    /** Takes over everything that a caller may write. */
    abstract void write(E item, I input);

    abstract V view(E item);

    /** What a customer's totals are with one more. */
    abstract ActivityTotals with(ActivityTotals totals, E item);

    /**
     * Makes room for what is about to be written.
     *
     * @param item what it will be written to, still as it was
     * @return the input with what depends on the customer's others
     */
    Uni<I> resolveDefaults(E item, I input, boolean isNew) {
        return Uni.createFrom().item(input);
    }

    /** What is wrong with a whole one. */
    final List<FieldError> violations(I input, boolean isNew) {
        List<FieldError> found = new ArrayList<>(validatePatch(input));
        found.addAll(missing(input, isNew));
        return found;
    }

    @Override
    public final String name() {
        return singular().endsWith("s") ? singular() + "es" : singular() + "s";
    }

    @Override
    public final Uni<Map<UUID, List<V>>> of(String tenant, Collection<UUID> customers) {
        return table().of(pool, tenant, customers);
    }

    @Override
    public final Object none() {
        return List.of();
    }

    static List<FieldError> required(String field, Object value) {
        return value == null ? List.of(new FieldError(field, "required", "is required")) : List.of();
    }

    static List<FieldError> notBlank(String field, String value) {
        return value != null && value.isBlank()
                ? List.of(new FieldError(field, "blank", "must not be blank; use null for none"))
                : List.of();
    }
}

package io.clientela.customer;

import io.clientela.database.TenantStatement;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The person whose data is erased.
 *
 * @param tenant the tenant
 * @param ids the ids of the customer and of all who were merged into it
 * @param emailKeys the match keys of the e-mails that the person has or had, as far as they are known
 * @param traces the merges that copied values of the person
 */
public record ErasedPerson(String tenant, List<UUID> ids, Set<String> emailKeys, List<MergeTrace> traces) {
    /** Returns the merges by which other customers had values of the person, until these were undone. */
    public List<MergeTrace> copies() {
        return traces.stream()
                .filter(trace -> trace.undoneAt().isPresent() && !ids.contains(trace.target()))
                .toList();
    }

    /**
     * Runs a statement with the tenant as {@code $1} and the person's ids as {@code $2}.
     *
     * @param part the name of the part that the statement erases
     * @param furtherValues {@code $3} and so on
     * @return the part's name, if the statement wrote rows
     */
    public Uni<Set<String>> erase(String part, String sql, Object... furtherValues) {
        List<Object> values = new ArrayList<>();
        values.add(ids.toArray(UUID[]::new));
        values.addAll(Arrays.asList(furtherValues));
        return TenantStatement.update(tenant, sql, values.toArray())
                .map(written -> written > 0 ? Set.of(part) : Set.of());
    }
}

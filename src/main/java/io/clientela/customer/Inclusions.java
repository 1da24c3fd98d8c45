package io.clientela.customer;

import io.clientela.http.QueryParameters;
import io.clientela.tenancy.Caller;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What can be had with customers by {@code include}: one statement for each kind, however many customers. */
@ApplicationScoped
class Inclusions {
    /** The query parameter. */
    static final String PARAMETER = "include";

    /** What the OpenAPI document says of it. */
    static final String DESCRIPTION =
            "What to answer with each customer, as a comma-separated list of `addresses` (the first 100), `stats`,"
                    + " `clusters`, `calls` and `orders` (the newest 20 each; fewer where they are long and many customers are listed).";

    private final Caller caller;
    private final Map<String, Inclusion> known;

    Inclusions(Caller caller, @All List<Inclusion> known) {
        this.caller = caller;
        this.known = known.stream().collect(Collectors.toMap(Inclusion::name, Function.identity()));
    }

    /** Reads {@code include}; a word that is unknown or repeated is refused. */
    List<Inclusion> read(QueryParameters params) {
        Set<Inclusion> requested = new LinkedHashSet<>();
        params.text(PARAMETER).ifPresent(words -> {
            for (String word : words.split(",", -1)) {
                var inclusion = known.get(word.strip());
                if (inclusion == null) {
                    params.reject(
                            PARAMETER,
                            "invalid_value",
                            "must be a comma-separated list of "
                                    + known.keySet().stream().sorted().collect(Collectors.joining(", ")));
                    return;
                }
                if (!requested.add(inclusion)) {
                    params.reject(PARAMETER, "repeated", "must name each thing once");
                    return;
                }
            }
        });
        return List.copyOf(requested);
    }

    /** The customers with what is wanted of each, in the order given. */
    Uni<List<CustomerView>> with(List<Inclusion> requested, List<CustomerView> customers) {
        if (requested.isEmpty()) {
            return Uni.createFrom().item(customers);
        }
        var ids = customers.stream().map(CustomerView::id).toList();
        Uni<Map<String, Map<UUID, ?>>> found = Uni.createFrom().item(LinkedHashMap::new);
        if (!ids.isEmpty()) {
            for (Inclusion inclusion : requested) {
                found = found.chain(sofar -> inclusion
                        .of(caller.tenant(), ids)
                        .invoke(more -> sofar.put(inclusion.name(), more))
                        .replaceWith(sofar));
            }
        }
        return found.map(all -> customers.stream()
                .map(customer -> customer.with(members(requested, all, customer.id())))
                .toList());
    }

    private static Map<String, Object> members(
            List<Inclusion> requested, Map<String, Map<UUID, ?>> found, UUID customer) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (Inclusion inclusion : requested) {
            Object value = found.get(inclusion.name()).get(customer);
            members.put(inclusion.name(), value == null ? inclusion.none() : value);
        }
        return members;
    }
}

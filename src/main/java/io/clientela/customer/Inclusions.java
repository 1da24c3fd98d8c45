package io.clientela.customer;

import io.clientela.http.QueryParameters;
import io.clientela.tenancy.Caller;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads {@code include} and adds the related data to customers, by one statement per kind. */
@ApplicationScoped
public class Inclusions {
    private static final String PARAMETER = "include";

    private final Caller caller;
    private final Map<String, Inclusion> inclusions;
    private final String names;

    Inclusions(Caller caller, @All List<Inclusion> inclusions) {
        this.caller = caller;
        this.inclusions = inclusions.stream().collect(Collectors.toMap(Inclusion::name, Function.identity()));
        this.names = this.inclusions.keySet().stream().sorted().collect(Collectors.joining(", "));
    }

    /** Reads {@code include}; rejects unknown and repeated values. */
    List<Inclusion> read(QueryParameters params) {
        return params.list(PARAMETER, name -> Optional.ofNullable(inclusions.get(name)), names)
                .orElse(List.of());
    }

    /** Reads {@code include} of an API that has only some of them. */
    public List<Inclusion> read(QueryParameters params, List<String> offered) {
        return params.list(
                        PARAMETER,
                        name -> Optional.of(name).filter(offered::contains).map(inclusions::get),
                        String.join(", ", offered))
                .orElse(List.of());
    }

    /** Returns these inclusions. */
    public List<Inclusion> named(String... requested) {
        return Stream.of(requested).map(inclusions::get).toList();
    }

    /** Adds the requested data to the customers and keeps their order: {@link CustomerView#included} has it by name. */
    public Uni<List<CustomerView>> addTo(List<Inclusion> requested, List<CustomerView> customers) {
        if (requested.isEmpty()) {
            return Uni.createFrom().item(customers);
        }
        var ids = customers.stream().map(CustomerView::id).toList();
        Uni<Map<String, Map<UUID, ?>>> loaded = Uni.createFrom().item(LinkedHashMap::new);
        if (!ids.isEmpty()) {
            for (Inclusion inclusion : requested) {
                loaded = loaded.chain(values -> inclusion
                        .load(caller.tenant(), ids)
                        .invoke(byCustomer -> values.put(inclusion.name(), byCustomer))
                        .replaceWith(values));
            }
        }
        return loaded.map(values -> customers.stream()
                .map(customer -> customer.withIncluded(members(requested, values, customer.id())))
                .toList());
    }

    private static Map<String, Object> members(
            List<Inclusion> requested, Map<String, Map<UUID, ?>> values, UUID customerId) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (Inclusion inclusion : requested) {
            Object value = values.get(inclusion.name()).get(customerId);
            members.put(inclusion.name(), value == null ? inclusion.emptyValue() : value);
        }
        return members;
    }
}

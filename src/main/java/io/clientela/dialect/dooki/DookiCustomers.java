package io.clientela.dialect.dooki;

import io.clientela.activity.AddressView;
import io.clientela.activity.ClusterView;
import io.clientela.activity.CustomerAddresses;
import io.clientela.activity.CustomerSummaries;
import io.clientela.activity.CustomerSummary;
import io.clientela.activity.StatsView;
import io.clientela.customer.CustomerView;
import io.clientela.customer.Identifiers;
import io.clientela.customer.Inclusion;
import io.clientela.customer.Inclusions;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads what Dooki shows of customers beside their own fields: by one statement a kind for all customers of a page. */
@Singleton
class DookiCustomers {
    private static final String ADDRESSES = "addresses";
    private static final String STATS = "stats";
    private static final String CLUSTERS = "clusters";

    /** The values of {@code include}. */
    static final List<String> INCLUSIONS = List.of(ADDRESSES, STATS, CLUSTERS);

    private final Caller caller;
    private final Identifiers identifiers;
    private final Inclusions inclusions;
    private final CustomerSummaries summaries;
    private final CustomerAddresses addresses;

    DookiCustomers(
            Caller caller,
            Identifiers identifiers,
            Inclusions inclusions,
            CustomerSummaries summaries,
            CustomerAddresses addresses) {
        this.caller = caller;
        this.identifiers = identifiers;
        this.inclusions = inclusions;
        this.summaries = summaries;
        this.addresses = addresses;
    }

    /** Returns these customers as Dooki shows them, in their order. */
    Uni<List<DookiCustomer>> show(List<CustomerView> customers, List<Inclusion> requested) {
        int tenant = DookiTenant.number(caller.tenant());
        return inclusions.addTo(requested, customers).chain(included -> summaries
                .of(included.stream().map(CustomerView::id).toList())
                .chain(summary -> clusterNumbers(included).map(numbers -> included.stream()
                        .map(customer -> DookiCustomer.of(
                                customer,
                                context(customer, tenant, summary.getOrDefault(customer.id(), CustomerSummary.EMPTY)),
                                included(customer, numbers)))
                        .toList())));
    }

    /** Returns a customer's addresses. */
    Uni<List<DookiAddress>> addresses(CustomerView customer) {
        return addresses
                .of(customer.id())
                .map(found -> found.stream().map(DookiAddress::of).toList());
    }

    /** Returns a customer's clusters. */
    Uni<List<DookiCluster>> clusters(CustomerView customer) {
        return inclusions.addTo(inclusions.named(CLUSTERS), List.of(customer)).chain(included -> clusterNumbers(
                        included)
                .map(numbers -> included(included.get(0), numbers).clusters()));
    }

    private Uni<Map<UUID, Long>> clusterNumbers(List<CustomerView> customers) {
        return summaries.clusterNumbers(customers.stream()
                .flatMap(customer -> clusters(customer.included()).stream())
                .map(ClusterView::id)
                .distinct()
                .toList());
    }

    private DookiCustomer.Context context(CustomerView customer, int tenant, CustomerSummary summary) {
        var fields = customer.fields();
        return new DookiCustomer.Context(
                tenant,
                identifiers.phoneKey(fields.phone()).orElse(null),
                identifiers.documentKey(fields.document()).orElse(null),
                summary);
    }

    private static DookiCustomer.Included included(CustomerView customer, Map<UUID, Long> numbers) {
        var members = customer.included();
        return new DookiCustomer.Included(
                members.containsKey(ADDRESSES)
                        ? addresses(members).stream().map(DookiAddress::of).toList()
                        : null,
                members.containsKey(STATS) ? DookiStats.of((StatsView) members.get(STATS)) : null,
                members.containsKey(CLUSTERS)
                        ? clusters(members).stream()
                                .map(cluster -> DookiCluster.of(cluster, numbers))
                                .toList()
                        : null);
    }

    @SuppressWarnings("unchecked") // as the inclusion of addresses has them
    private static List<AddressView> addresses(Map<String, Object> members) {
        return (List<AddressView>) members.getOrDefault(ADDRESSES, List.of());
    }

    @SuppressWarnings("unchecked") // as the inclusion of clusters has them
    private static List<ClusterView> clusters(Map<String, Object> members) {
        return (List<ClusterView>) members.getOrDefault(CLUSTERS, List.of());
    }
}

package io.clientela.dialect.storefront;

import io.clientela.activity.CustomerAddresses;
import io.clientela.customer.CustomerService;
import io.clientela.customer.CustomerView;
import io.clientela.customer.Inclusions;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Reads and changes customers by number. */
@Singleton
class StorefrontCustomers {
    /** The customer was changed or merged after it was read. */
    private static final Set<ProblemCode> STALE = Set.of(ProblemCode.VERSION_MISMATCH, ProblemCode.MERGED);

    private static final int MAX_RETRIES = 10;

    private final CustomerService customers;
    private final Inclusions inclusions;
    private final CustomerAddresses addresses;

    StorefrontCustomers(CustomerService customers, Inclusions inclusions, CustomerAddresses addresses) {
        this.customers = customers;
        this.addresses = addresses;
        this.inclusions = inclusions;
    }

    /**
     * Returns a customer with orders and addresses.
     *
     * @throws ProblemException 404
     */
    Uni<StorefrontDetails> details(long number) {
        return customers
                .getByNumber(number)
                .chain(customer -> inclusions.addTo(inclusions.named(StorefrontDetails.INCLUSIONS), List.of(customer)))
                .chain(included ->
                        addresses.of(included.get(0).id()).map(found -> StorefrontDetails.of(included.get(0), found)));
    }

    /**
     * Changes a customer.
     *
     * @throws ProblemException 403 if a blocked customer is to be active, 404, 409, 422
     */
    Uni<CustomerView> update(long number, StorefrontChange change) {
        return onCurrent(
                number, current -> customers.update(current.id(), change.condition(current), change.of(current)));
    }

    /**
     * Sets the role of a customer.
     *
     * @throws ProblemException 404, 409
     */
    Uni<CustomerView> setRole(long number, String role) {
        return onCurrent(number, current -> customers.setRole(current.id(), null, role));
    }

    private Uni<CustomerView> onCurrent(long number, Function<CustomerView, Uni<CustomerView>> write) {
        return Uni.createFrom()
                .deferred(() -> customers.getByNumber(number).chain(current -> write.apply(current)))
                .onFailure(StorefrontCustomers::isStale)
                .retry()
                .atMost(MAX_RETRIES)
                .onFailure(StorefrontCustomers::isStale)
                .transform(stale -> ProblemException.unavailable(
                        "Others are changing the customer. Nothing was changed. Retry later."));
    }

    private static boolean isStale(Throwable failure) {
        return failure instanceof ProblemException problem && STALE.contains(problem.code());
    }
}

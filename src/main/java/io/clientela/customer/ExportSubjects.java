package io.clientela.customer;

import io.clientela.database.Snapshot;
import io.clientela.http.problem.MergedRedirectException;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** Finds the persons whose data is exported. */
@ApplicationScoped
public class ExportSubjects {
    private static final String EXISTS =
            "SELECT 1 FROM customer WHERE tenant_id = $1 AND id = $2 AND ($3::text IS NULL OR location_id = $3)";

    private final CustomerService customers;
    private final MergeRedirects redirects;
    private final Caller caller;

    ExportSubjects(CustomerService customers, MergeRedirects redirects, Caller caller) {
        this.customers = customers;
        this.redirects = redirects;
        this.caller = caller;
    }

    /**
     * A person of the caller's tenant, to be found in a snapshot.
     *
     * @param location the only location of customers that the caller may see, if it is confined to one
     */
    public record Request(String tenant, UUID id, Optional<String> location) {}

    /**
     * Returns what is needed to find a customer once the request's context is gone.
     *
     * @throws MergedRedirectException if the customer was merged into another one
     * @throws ProblemException 404
     */
    public Uni<Request> request(UUID id) {
        return customers.get(id).map(found -> new Request(caller.tenant(), id, caller.confinement()));
    }

    /**
     * Returns the person as the snapshot has them.
     *
     * @throws ProblemException 503 if they were merged, deleted or moved since they were requested
     */
    public Uni<ExportSubject> find(Snapshot snapshot, Request request) {
        var values = Tuple.of(request.tenant(), request.id(), request.location().orElse(null));
        return snapshot.query(EXISTS, values)
                .invoke(found -> {
                    if (found.size() == 0) {
                        throw ProblemException.retryLater(
                                ProblemCode.UNAVAILABLE, "The customer was changed at the same time. Retry.");
                    }
                })
                .chain(() -> redirects.mergedIds(snapshot, request.tenant(), request.id()))
                .map(ids -> new ExportSubject(request.tenant(), request.id(), ids));
    }
}

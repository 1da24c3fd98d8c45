package io.clientela.dev;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.customer.CustomerFields;
import io.clientela.customer.CustomerService;
import io.clientela.http.json.JsonBodies;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.quarkus.arc.profile.IfBuildProfile;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import java.util.List;

/** Creates the sample customers of a tenant, except those whose external id exists. */
@ApplicationScoped
@IfBuildProfile("dev")
public class SampleCustomers {
    private final Caller caller;
    private final CustomerService customers;
    private final JsonBodies bodies;

    SampleCustomers(Caller caller, CustomerService customers, JsonBodies bodies) {
        this.caller = caller;
        this.customers = customers;
        this.bodies = bodies;
    }

    @ActivateRequestContext
    Uni<Void> load(String tenant, JsonNode samples) {
        caller.set(tenant, "sample-data", null, false, null);
        return Multi.createFrom()
                .iterable(samples)
                .onItem()
                .transformToUniAndConcatenate(this::create)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> create(JsonNode sample) {
        var input = bodies.read((ObjectNode) sample, CustomerFields.class, valid -> List.of());
        return customers
                .create(input.value(), true)
                .replaceWithVoid()
                .onFailure(failure ->
                        failure instanceof ProblemException problem && problem.code() == ProblemCode.DUPLICATE_CUSTOMER)
                .recoverWithNull();
    }
}

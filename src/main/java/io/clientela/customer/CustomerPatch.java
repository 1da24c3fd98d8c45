package io.clientela.customer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.http.json.JsonBodies;
import io.clientela.http.json.MergePatch;
import io.clientela.http.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Changes to a customer by JSON Merge Patch (RFC 7396): an absent field stays, null clears it. */
@Singleton
public class CustomerPatch {
    private final CustomerRules rules;
    private final JsonBodies bodies;
    private final Identifiers identifiers;

    CustomerPatch(CustomerRules rules, JsonBodies bodies, Identifiers identifiers) {
        this.rules = rules;
        this.bodies = bodies;
        this.identifiers = identifiers;
    }

    /**
     * Applies a patch to a customer as they are by now.
     *
     * @throws ProblemException 422 for what the patch would lead to
     */
    public void apply(LockedCustomer customer, ObjectNode patch) {
        var writable = CustomerJson.writable(customer.before());
        var before = bodies.read(writable.deepCopy(), CustomerInput.class, input -> List.of())
                .value();
        Set<String> given = new HashSet<>();
        patch.fieldNames().forEachRemaining(given::add);
        var merged = bodies.read(
                        MergePatch.apply(writable, patch),
                        CustomerInput.class,
                        input -> rules.validatePatch(input, given))
                .value();
        var after = rules.completed(before, merged, given);
        var errors = rules.validateResult(before, after);
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        customer.entity().write(after, identifiers);
    }

    /** The identifiers that a patch gives a customer, as the guard is asked for them before the row is locked. */
    public Collection<Identifier> identifiers(ObjectNode patch) {
        return Identifiers.present(
                patch.path("external_id").textValue(),
                identifiers.documentKey(patch.path("document").textValue()).orElse(null),
                identifiers.emailKey(patch.path("email").textValue()).orElse(null),
                identifiers.phoneKey(patch.path("phone").textValue()).orElse(null));
    }
}

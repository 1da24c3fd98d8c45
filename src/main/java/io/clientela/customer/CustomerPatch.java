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

/** Applies JSON Merge Patches (RFC 7396) to customers: absent fields stay unchanged, null clears a field. */
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
     * Applies a patch to the current state of a customer.
     *
     * @throws ProblemException 422 if the result is invalid
     */
    public void apply(LockedCustomer customer, ObjectNode patch) {
        customer.entity().write(result(customer, patch), identifiers);
    }

    /**
     * Returns what a patch makes of the current state of a customer, which stays unchanged.
     *
     * @throws ProblemException 422 if the result is invalid
     */
    public CustomerInput result(LockedCustomer customer, ObjectNode patch) {
        var writable = CustomerJson.writable(customer.before());
        var before = bodies.read(writable.deepCopy(), CustomerInput.class, input -> List.of())
                .value();
        Set<String> patchedFields = new HashSet<>();
        patch.fieldNames().forEachRemaining(patchedFields::add);
        var merged = bodies.read(
                        MergePatch.apply(writable, patch),
                        CustomerInput.class,
                        input -> rules.validatePatch(input, patchedFields))
                .value();
        var after = rules.completed(before, merged, patchedFields);
        var errors = rules.validateResult(before, after);
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return after;
    }

    /**
     * Returns a patch without the identifiers that are aliases of the customer and not its own: they lead to the
     * customer and replace nothing (ADR 8). The type of such a document is left out with it.
     */
    public ObjectNode withoutAliases(LockedCustomer customer, ObjectNode patch) {
        var remaining = patch.deepCopy();
        var own = customer.identifiers();
        for (Identifier identifier : identifiers(patch)) {
            if (customer.aliases().contains(identifier) && !own.contains(identifier)) {
                remaining.remove(identifier.kind().toString());
                if (identifier.kind() == Identifier.Kind.DOCUMENT) {
                    remaining.remove("document_type");
                }
            }
        }
        return remaining;
    }

    /** Returns the identifiers in a patch. Lock them before the customer's row (ADR 3). */
    public Collection<Identifier> identifiers(ObjectNode patch) {
        return Identifiers.present(
                patch.path("external_id").textValue(),
                identifiers.documentKey(patch.path("document").textValue()).orElse(null),
                identifiers.emailKey(patch.path("email").textValue()).orElse(null),
                identifiers.phoneKey(patch.path("phone").textValue()).orElse(null));
    }
}

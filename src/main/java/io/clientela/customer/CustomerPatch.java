package io.clientela.customer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.database.Columns;
import io.clientela.http.json.JsonBody;
import io.clientela.http.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Applies JSON Merge Patches (RFC 7396) to customers: absent fields stay unchanged, null clears a field. */
@Singleton
public class CustomerPatch {
    private final CustomerRules rules;
    private final Identifiers identifiers;

    CustomerPatch(CustomerRules rules, Identifiers identifiers) {
        this.rules = rules;
        this.identifiers = identifiers;
    }

    /**
     * Returns what a patch makes of the current state of a customer, which stays unchanged.
     *
     * @throws ProblemException 422 if the result is invalid
     */
    public CustomerFields result(LockedCustomer customer, JsonBody<CustomerFields> patch) {
        var before = customer.view().fields();
        Set<String> patchedFields = new HashSet<>();
        patch.json().fieldNames().forEachRemaining(patchedFields::add);
        var merged = merged(CustomerTable.FIELDS, before, patch.value(), patch.json());
        var after = rules.completed(before, merged, patchedFields);
        var errors = rules.validateResult(before, after);
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return after;
    }

    /** Objects are merged, all else is replaced. */
    private static <R extends Record> R merged(Columns<R> columns, Record before, Record patch, ObjectNode json) {
        return columns.create(field -> {
            var member = json.get(field.name());
            var current = field.of(before);
            if (member == null) {
                return current;
            }
            if (member instanceof ObjectNode object && current instanceof Attributes attributes) {
                return attributes.patched(object);
            }
            return member instanceof ObjectNode object && current instanceof Record nested
                    ? merged(field.nested(), nested, (Record) field.of(patch), object)
                    : field.of(patch);
        });
    }

    /**
     * Returns a patch without the identifiers that are aliases of the customer and not its own: they lead to the
     * customer and replace nothing (ADR 8). The type of such a document is left out with it.
     */
    public JsonBody<CustomerFields> withoutAliases(LockedCustomer customer, JsonBody<CustomerFields> patch) {
        if (customer.aliases().isEmpty()) {
            return patch;
        }
        var remaining = patch.json().deepCopy();
        var own = customer.identifiers();
        for (Identifier identifier : identifiers.of(patch.value())) {
            if (customer.aliases().contains(identifier) && !own.contains(identifier)) {
                remaining.remove(identifier.kind().toString());
                if (identifier.kind() == Identifier.Kind.DOCUMENT) {
                    remaining.remove("document_type");
                }
            }
        }
        return new JsonBody<>(remaining, patch.value());
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

package io.clientela.activity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.customer.CustomerJson;
import io.clientela.customer.Identifier;
import io.clientela.customer.Identifiers;
import io.clientela.customer.Placeholders;
import io.clientela.http.json.JsonBodies;
import io.clientela.http.json.JsonTree;
import io.clientela.http.json.MergePatch;
import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads items from JSON objects and validates them. */
@Singleton
class ItemReader {
    private final JsonBodies bodies;
    private final CustomerJson json;
    private final Identifiers identifiers;

    ItemReader(JsonBodies bodies, CustomerJson json, Identifiers identifiers) {
        this.bodies = bodies;
        this.json = json;
        this.identifiers = identifiers;
    }

    /**
     * Reads an item and whose it is.
     *
     * @param updating whether an item that has its external id is changed; such a row may be a part of an item
     * @throws ProblemException 422 with every violated field
     */
    <I> ItemRow read(ItemType<?, I, ?> type, JsonTree row, boolean updating) {
        boolean isOwned = ItemOwnerInput.FIELDS.stream().anyMatch(row.json()::hasNonNull);
        boolean isPatch = updating && row.json().hasNonNull("external_id");
        List<FieldError> errors = new ArrayList<>();
        var owner = bodies.read(
                row.retain(ItemOwnerInput.FIELDS), ItemOwnerInput.class, input -> violations(input, isOwned), errors);
        var fields = bodies.read(
                row.without(ItemOwnerInput.FIELDS),
                type.input(),
                input -> isPatch ? type.validatePatch(input) : type.violations(input, true),
                errors);
        if (owner.isEmpty() || fields.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return new ItemRow(
                owner(owner.get().value()), type.externalId(fields.get().value()), fields.get(), updating);
    }

    private List<FieldError> violations(ItemOwnerInput input, boolean isOwned) {
        List<FieldError> errors = new ArrayList<>();
        if (!isOwned) {
            errors.add(FieldError.required(
                    "/customer_external_id",
                    "is required unless customer_id, customer_document, customer_email or customer_phone is present"));
        }
        errors.addAll(ItemType.notBlank("/customer_external_id", input.customerExternalId()));
        errors.addAll(ItemType.notBlank("/customer_email", input.customerEmail()));
        if (input.customerDocument() != null
                && identifiers.documentKey(input.customerDocument()).isEmpty()) {
            errors.add(FieldError.invalidFormat("/customer_document", "must have letters or digits"));
        }
        if (input.customerPhone() != null
                && identifiers.phoneKey(input.customerPhone()).isEmpty()) {
            errors.add(FieldError.invalidFormat("/customer_phone", "must be a phone number"));
        }
        return errors;
    }

    private ItemOwner owner(ItemOwnerInput input) {
        Set<Identifier> all = new LinkedHashSet<>();
        Optional.ofNullable(input.customerExternalId())
                .ifPresent(key -> all.add(new Identifier(Identifier.Kind.EXTERNAL_ID, key)));
        identifiers
                .documentKey(input.customerDocument())
                .ifPresent(key -> all.add(new Identifier(Identifier.Kind.DOCUMENT, key)));
        identifiers
                .emailKey(input.customerEmail())
                .ifPresent(key -> all.add(new Identifier(Identifier.Kind.EMAIL, key)));
        identifiers
                .phoneKey(input.customerPhone())
                .ifPresent(key -> all.add(new Identifier(Identifier.Kind.PHONE, key)));
        var field =
                input.customerId() != null ? "id" : all.iterator().next().kind().toString();
        all.removeIf(Placeholders::isPlaceholder);
        return new ItemOwner("/customer_" + field, Optional.ofNullable(input.customerId()), all);
    }

    /** Returns an item as a JSON tree. */
    <E extends CustomerItem> ObjectNode tree(ItemType<E, ?, ?> type, E item) {
        return json.tree(type.view(item));
    }

    /**
     * Returns an item's fields after a change by JSON Merge Patch (RFC 7396).
     *
     * @param before the item as a JSON tree
     * @throws ProblemException 422 if the result is invalid
     */
    <I> I patched(ItemType<?, I, ?> type, ObjectNode before, ObjectNode patch) {
        var after = MergePatch.apply(before.deepCopy().retain(type.fields()), patch);
        return bodies.read(after, type.input(), whole -> type.violations(whole, false))
                .value();
    }
}

package io.clientela.identity;

import io.clientela.customer.CustomerFields;
import io.clientela.customer.CustomerRules;
import io.clientela.customer.Identifier;
import io.clientela.customer.Identifiers;
import io.clientela.customer.Placeholders;
import io.clientela.customer.Tags;
import io.clientela.http.json.JsonBodies;
import io.clientela.http.json.JsonBody;
import io.clientela.http.json.JsonTree;
import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads an upsert from a JSON object and validates it. */
@Singleton
public class UpsertReader {
    private static final Set<String> OPTIONS = Set.of("added_tags", "match_on", "do_not_update");

    private final JsonBodies bodies;
    private final CustomerRules rules;
    private final Identifiers identifiers;

    UpsertReader(JsonBodies bodies, CustomerRules rules, Identifiers identifiers) {
        this.bodies = bodies;
        this.rules = rules;
        this.identifiers = identifiers;
    }

    /**
     * Reads an upsert.
     *
     * @throws ProblemException 422 with every violated field
     */
    public Upsert read(JsonTree body) {
        var fields = body.without(OPTIONS);
        List<FieldError> errors = new ArrayList<>();
        var input = bodies.read(fields, CustomerFields.class, rules::validatePatch, errors)
                .map(JsonBody::value);
        var options = bodies.read(body.retain(OPTIONS), UpsertOptions.class, UpsertReader::validateAddedTags, errors)
                .map(JsonBody::value);
        if (input.isEmpty() || options.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        var all = identifiers.of(input.get());
        var matchIdentifiers = matchIdentifiers(all, options.get(), errors);
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return new Upsert(
                new JsonBody<>(fields.json(), input.get()),
                withoutPlaceholders(all),
                withoutPlaceholders(matchIdentifiers),
                externalIds(withoutPlaceholders(all)),
                options.get().matchOn() != null,
                Tags.normalized(options.get().addedTags()),
                Boolean.TRUE.equals(options.get().doNotUpdate()));
    }

    /**
     * Reads an upsert that creates a customer, whoever has its identifiers.
     *
     * @param unique whether it fails if another customer has its document, e-mail or phone; external ids are always
     *     unique
     * @throws ProblemException 422 with every violated field
     */
    public Upsert readNew(JsonTree body, boolean unique) {
        var input = bodies.read(body, CustomerFields.class, rules::validateNew);
        var all = withoutPlaceholders(identifiers.of(input.value()));
        return new Upsert(input, all, Set.of(), unique ? all : externalIds(all), false, Set.of(), false);
    }

    /**
     * Reads the customer that an upsert creates if none matches.
     *
     * @throws ProblemException 422 with every field that is missing or invalid in a new customer
     */
    CustomerFields newCustomer(Upsert upsert) {
        var customer = upsert.newCustomer();
        var errors = rules.validateResult(null, rules.completed(customer));
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return customer;
    }

    private static Set<Identifier> matchIdentifiers(
            Set<Identifier> all, UpsertOptions options, List<FieldError> errors) {
        if (all.isEmpty()) {
            errors.add(FieldError.identifierRequired(
                    "", "must have one of external_id, document, email and phone to match on"));
        }
        if (options.matchOn() == null) {
            return all;
        }
        if (options.matchOn().isEmpty()) {
            errors.add(FieldError.invalidLength(
                    "/match_on", "must not be empty; leave it out to match on all identifiers"));
        }
        var kinds = all.stream().map(Identifier::kind).collect(Collectors.toSet());
        for (int i = 0; i < options.matchOn().size(); i++) {
            var kind = options.matchOn().get(i);
            if (!kinds.contains(kind)) {
                errors.add(FieldError.conflict(
                        "/match_on/" + i, kind + " is not in the request; add it, or leave it out here"));
            }
        }
        var selected = EnumSet.noneOf(Identifier.Kind.class);
        selected.addAll(options.matchOn());
        return all.stream()
                .filter(identifier -> selected.contains(identifier.kind()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Set<Identifier> withoutPlaceholders(Set<Identifier> identifiers) {
        return identifiers.stream()
                .filter(identifier -> !Placeholders.isPlaceholder(identifier))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Set<Identifier> externalIds(Set<Identifier> identifiers) {
        return identifiers.stream()
                .filter(identifier -> identifier.kind() == Identifier.Kind.EXTERNAL_ID)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static List<FieldError> validateAddedTags(UpsertOptions options) {
        List<FieldError> errors = new ArrayList<>();
        var tags = options.addedTags() == null ? List.<String>of() : options.addedTags();
        for (int i = 0; i < tags.size(); i++) {
            if (!Tags.isTag(tags.get(i))) {
                errors.add(FieldError.invalidLength("/added_tags/" + i, "must have 1 to 64 characters"));
            }
        }
        return errors;
    }
}

package io.clientela.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.customer.CustomerFields;
import io.clientela.customer.CustomerJson;
import io.clientela.customer.CustomerRules;
import io.clientela.customer.CustomerView;
import io.clientela.http.json.JsonBodies;
import io.clientela.http.json.JsonBody;
import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What customers see of themselves, without what the business keeps for itself, and what they may change. */
@Singleton
class OwnProfile {
    private static final Set<String> OF_THE_BUSINESS =
            Set.of("notes", "tags", "source", "utm", "attributes", "cluster_id", "segment", "value");

    /** By document and external id the business knows who a customer is: the customer does not choose them. */
    private static final Set<String> WRITABLE = Set.of(
            "name",
            "first_name",
            "last_name",
            "company_name",
            "email",
            "phone",
            "avatar",
            "birthday",
            "address",
            "preferences");

    private final CustomerRules rules;
    private final JsonBodies bodies;

    OwnProfile(CustomerRules rules, JsonBodies bodies) {
        this.rules = rules;
        this.bodies = bodies;
    }

    /** Returns a customer as the customer reads it. */
    ObjectNode of(CustomerView customer) {
        return CustomerJson.customer(customer).remove(OF_THE_BUSINESS);
    }

    /**
     * Reads a customer's change of the own profile as a JSON Merge Patch (RFC 7396).
     *
     * @throws ProblemException 400 if it is no JSON object, 422 with every violated field, and every field that the
     *     customer may not change
     */
    JsonBody<CustomerFields> readPatch(byte[] body) {
        var patch = bodies.parse(body);
        List<FieldError> notWritable = new ArrayList<>();
        patch.json().fieldNames().forEachRemaining(name -> {
            if (!WRITABLE.contains(name)) {
                notWritable.add(FieldError.unknown(name));
            }
        });
        return bodies.read(patch, CustomerFields.class, input -> {
            List<FieldError> errors = new ArrayList<>(notWritable);
            errors.addAll(rules.validatePatch(input));
            return errors;
        });
    }
}

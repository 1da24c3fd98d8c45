package io.clientela.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.customer.CustomerFields;
import io.clientela.customer.CustomerRules;
import io.clientela.http.json.JsonBodies;
import io.clientela.http.json.JsonBody;
import io.clientela.http.json.JsonTree;
import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Reads bodies of dialects into what the service takes, by its own rules. */
@Singleton
public class DialectBodies {
    private final JsonBodies bodies;
    private final CustomerRules rules;

    DialectBodies(JsonBodies bodies, CustomerRules rules) {
        this.bodies = bodies;
        this.rules = rules;
    }

    /**
     * Parses a body, without validating it.
     *
     * @throws ProblemException 400 if it is not a JSON object
     */
    public JsonTree parse(byte[] body) {
        return bodies.parse(body);
    }

    /**
     * Returns the object that is the only member of a body.
     *
     * @throws ProblemException 422 if it is missing or not an object, or if there are other members
     */
    public static JsonTree only(String name, JsonTree body) {
        List<FieldError> errors = new ArrayList<>();
        body.json().fieldNames().forEachRemaining(other -> {
            if (!other.equals(name)) {
                errors.add(FieldError.unknownAt("/" + FieldError.escape(other)));
            }
        });
        var member = body.json().get(name);
        var pointer = "/" + name;
        body.errors().stream()
                .filter(error -> !error.field().startsWith(pointer + "/"))
                .forEach(errors::add);
        if (member == null && errors.stream().noneMatch(error -> error.field().equals(pointer))) {
            errors.add(FieldError.required(pointer));
        } else if (member != null && !member.isObject()) {
            errors.add(FieldError.invalidType(pointer, "must be an object"));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return body.part(pointer, (ObjectNode) member);
    }

    /** Reads a new customer. */
    public CustomerFields newCustomer(JsonTree body, BodyFields fields) {
        return fields.readNew(body, own -> bodies.read(own, CustomerFields.class, rules::validateNew)
                .value());
    }

    /** Reads a change of a customer: fields that are absent, or that the dialect does not have, stay as they are. */
    public JsonBody<CustomerFields> change(JsonTree body, BodyFields fields) {
        return fields.readChange(body, own -> bodies.read(own, CustomerFields.class, rules::validatePatch));
    }
}

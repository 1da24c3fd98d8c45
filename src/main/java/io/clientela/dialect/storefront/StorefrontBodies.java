package io.clientela.dialect.storefront;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.customer.CustomerFields;
import io.clientela.customer.CustomerStatus;
import io.clientela.dialect.BodyFields;
import io.clientela.dialect.DialectBodies;
import io.clientela.http.json.JsonBodies;
import io.clientela.http.json.JsonBody;
import io.clientela.http.json.JsonTree;
import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads what the storefront's clients change. They send null for what they leave as it is: every field is optional, and
 * the example of each body is all nulls. An empty text clears a field.
 */
@Singleton
class StorefrontBodies {
    private static final BodyFields OWN =
            BodyFields.of("first_name", "last_name", "phone", "email").requiring("email");

    private static final String ACTIVE = "is_active";
    private static final BodyFields BY_STAFF =
            BodyFields.of("first_name", "last_name", "phone").with(ACTIVE, StorefrontChange.STATUS);

    private static final String PREFERENCES = "preferences";

    private final DialectBodies bodies;
    private final JsonBodies json;

    StorefrontBodies(DialectBodies bodies, JsonBodies json) {
        this.bodies = bodies;
        this.json = json;
    }

    /**
     * Reads a customer's change of the own profile.
     *
     * @throws ProblemException 400, 422 with every violated field
     */
    JsonBody<CustomerFields> own(byte[] body) {
        return bodies.change(withoutNulls(bodies.parse(body)), OWN);
    }

    /** Reads a change by the staff; otherwise like {@link #own}. */
    StorefrontChange byStaff(byte[] body) {
        var tree = withStatus(withoutNulls(bodies.parse(body)));
        return new StorefrontChange(bodies.change(tree, BY_STAFF));
    }

    /**
     * Reads a change of the consents, of which those that are not sent stay as they are; otherwise like {@link #own}.
     */
    JsonBody<CustomerFields> preferences(byte[] body) {
        var chosen = json.read(withoutNulls(bodies.parse(body)), StorefrontPreferences.class, preferences -> List.of());
        ObjectNode patch = chosen.json().objectNode().set(PREFERENCES, chosen.json());
        return json.read(patch, CustomerFields.class, fields -> List.of());
    }

    static JsonTree withoutNulls(JsonTree body) {
        return body.without(body.json().properties().stream()
                .filter(member -> member.getValue().isNull())
                .map(Map.Entry::getKey)
                .toList());
    }

    /** Replaces {@code is_active} by the status that it means. */
    static JsonTree withStatus(JsonTree body) {
        JsonNode active = body.json().get(ACTIVE);
        if (active == null) {
            return body;
        }
        var replaced = body.json().deepCopy();
        if (active.isBoolean()) {
            var status = active.booleanValue() ? CustomerStatus.ACTIVE : CustomerStatus.INACTIVE;
            return new JsonTree(replaced.put(ACTIVE, status.toString()), body.errors());
        }
        replaced.remove(ACTIVE);
        List<FieldError> errors = new ArrayList<>(body.errors());
        errors.add(FieldError.invalidType("/" + ACTIVE, "must be true or false"));
        return new JsonTree(replaced, errors);
    }
}

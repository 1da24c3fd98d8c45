package io.clientela.dialect.storefront;

import io.clientela.customer.CustomerFields;
import io.clientela.customer.CustomerStatus;
import io.clientela.customer.CustomerView;
import io.clientela.http.ETags;
import io.clientela.http.json.JsonBody;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;

/**
 * A change of a customer by the staff of the storefront, which has no word for a block: a blocked customer is shown as
 * one who is not active, and stays blocked.
 *
 * @param patch the changed fields; with a status if {@code is_active} was sent
 */
record StorefrontChange(JsonBody<CustomerFields> patch) {
    static final String STATUS = "status";

    private boolean hasStatus() {
        return patch.json().has(STATUS);
    }

    /**
     * Returns the fields to change of a customer.
     *
     * @throws ProblemException 403 if a blocked customer is to be active
     */
    JsonBody<CustomerFields> of(CustomerView current) {
        if (!hasStatus() || current.fields().status() != CustomerStatus.BLOCKED) {
            return patch;
        }
        if (patch.value().status() == CustomerStatus.ACTIVE) {
            throw new ProblemException(
                    ProblemCode.ACCOUNT_BLOCKED, "The customer is blocked, and can only be unblocked in Clientela.");
        }
        var json = patch.json().deepCopy();
        json.remove(STATUS);
        return new JsonBody<>(json, patch.value());
    }

    /**
     * Returns the entity tag that the customer must have, since the change depends on the status; null if it does not.
     */
    String condition(CustomerView current) {
        return hasStatus() ? ETags.of(current.version()) : null;
    }
}

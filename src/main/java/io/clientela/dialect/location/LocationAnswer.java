package io.clientela.dialect.location;

import io.clientela.customer.CustomerView;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The envelope of every answer but errors.
 *
 * @param message what was done, as the documentation has it
 * @param body the result; null after a delete
 */
@RegisterForReflection
record LocationAnswer<T>(boolean success, String message, T body) {
    static <T> LocationAnswer<T> of(String message, T body) {
        return new LocationAnswer<>(true, message, body);
    }

    static LocationAnswer<LocationCustomer> of(String message, CustomerView customer) {
        return of(message, LocationCustomer.of(customer));
    }
}

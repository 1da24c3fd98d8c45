package io.clientela.dialect.dooki;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.clientela.activity.AddressView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/**
 * An address in Dooki's style.
 *
 * @param uf the state
 */
@RegisterForReflection
record DookiAddress(
        UUID id,
        String label,
        String street,
        String number,
        String complement,
        String neighborhood,
        String city,
        String uf,
        String zipcode,
        String country,
        @JsonProperty("is_default") boolean isDefault) {
    private static final DookiAddress NONE =
            new DookiAddress(null, null, null, null, null, null, null, null, null, null, false);

    /** Returns an address; one without any field for null. */
    static DookiAddress of(AddressView address) {
        if (address == null) {
            return NONE;
        }
        var street = DookiStreet.of(address.line1());
        return new DookiAddress(
                address.id(),
                address.label(),
                street.street(),
                street.number(),
                address.line2(),
                address.district(),
                address.city(),
                address.state(),
                address.postalCode(),
                address.country(),
                address.isDefault());
    }
}

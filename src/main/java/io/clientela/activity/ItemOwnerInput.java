package io.clientela.activity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Set;
import java.util.UUID;
import org.hibernate.validator.constraints.CodePointLength;

/** What a row of {@link ItemBatches} has beside the fields of the item: whose it is. At least one is present. */
@RegisterForReflection
public record ItemOwnerInput(
        UUID customerId,
        @CodePointLength(max = 128) String customerExternalId,
        @CodePointLength(max = 32) String customerDocument,
        @CodePointLength(max = 254) String customerEmail,
        @CodePointLength(max = 40) String customerPhone) {
    static final Set<String> FIELDS = Fields.of(ItemOwnerInput.class);
}

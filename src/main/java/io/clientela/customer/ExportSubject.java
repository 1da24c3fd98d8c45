package io.clientela.customer;

import java.util.List;
import java.util.UUID;

/**
 * The person whose data is exported.
 *
 * @param id the customer's id
 * @param ids this id and those of all customers who were merged into it
 */
public record ExportSubject(String tenant, UUID id, List<UUID> ids) {
    /** Returns {@link #ids} as a parameter of a statement. */
    public UUID[] idArray() {
        return ids.toArray(UUID[]::new);
    }

    /** Returns {@link #ids} as text. */
    public String[] idTexts() {
        return ids.stream().map(UUID::toString).toArray(String[]::new);
    }

    /** Returns the ids of the merged customers. */
    public List<UUID> mergedIds() {
        return ids.stream().filter(merged -> !merged.equals(id)).toList();
    }
}

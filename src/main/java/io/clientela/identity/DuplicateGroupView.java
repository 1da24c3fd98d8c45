package io.clientela.identity;

import io.clientela.customer.CustomerView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Customers who are likely all the same. */
@RegisterForReflection
@Schema(name = "DuplicateGroup")
public record DuplicateGroupView(
        UUID id,
        int size,
        List<CustomerView> customers,
        List<LinkView> links,
        BigDecimal score,
        UUID suggestedTargetId) {

    /** Two customers of a group who are likely the same. */
    @RegisterForReflection
    @Schema(name = "DuplicateLink")
    public record LinkView(List<UUID> customerIds, BigDecimal score, List<String> reasons) {}
}

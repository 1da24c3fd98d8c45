package io.clientela.identity;

import io.clientela.customer.CustomerView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Two customers who are likely the same. */
@RegisterForReflection
@Schema(name = "DuplicatePair", description = "Two customers who are likely the same.")
public record DuplicatePairView(
        @Schema(description = "The two of them.") List<CustomerView> customers,

        @Schema(description = "How likely it is, from 0 to 1.", examples = "0.998")
        BigDecimal score,

        @Schema(description = "What speaks for it.", examples = "[\"same_email\",\"similar_name\"]")
        List<String> reasons) {}

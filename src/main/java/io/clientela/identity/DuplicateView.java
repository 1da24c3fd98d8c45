package io.clientela.identity;

import io.clientela.customer.CustomerView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A likely duplicate of a customer. */
@RegisterForReflection
@Schema(name = "Duplicate", description = "A likely duplicate of the customer.")
public record DuplicateView(
        CustomerView customer,

        @Schema(description = "The probability that they are the same, from 0 to 1.", examples = "0.998")
        BigDecimal score,

        @Schema(description = "The reasons for the score.", examples = "[\"same_email\",\"similar_name\"]")
        List<String> reasons) {}

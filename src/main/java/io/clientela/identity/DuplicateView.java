package io.clientela.identity;

import io.clientela.customer.CustomerView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Somebody who is likely the same as another customer. */
@RegisterForReflection
@Schema(name = "Duplicate", description = "Somebody who is likely the same customer.")
public record DuplicateView(
        CustomerView customer,

        @Schema(description = "How likely it is, from 0 to 1.", examples = "0.998")
        BigDecimal score,

        @Schema(description = "What speaks for it.", examples = "[\"same_email\",\"similar_name\"]")
        List<String> reasons) {}

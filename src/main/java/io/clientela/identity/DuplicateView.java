package io.clientela.identity;

import io.clientela.customer.CustomerView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A likely duplicate of a customer. */
@RegisterForReflection
@Schema(name = "Duplicate")
public record DuplicateView(CustomerView customer, BigDecimal score, List<String> reasons) {}

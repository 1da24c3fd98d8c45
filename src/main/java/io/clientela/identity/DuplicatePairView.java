package io.clientela.identity;

import io.clientela.customer.CustomerView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Two customers who are likely the same. */
@RegisterForReflection
@Schema(name = "DuplicatePair")
public record DuplicatePairView(List<CustomerView> customers, BigDecimal score, List<String> reasons) {}

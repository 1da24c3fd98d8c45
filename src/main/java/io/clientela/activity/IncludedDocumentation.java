package io.clientela.activity;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Adds the members of {@code include} to the customer's schema, which cannot be declared in {@code CustomerView}. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class IncludedDocumentation implements OASFilter {
    private static final Map<String, String> LISTS =
            Map.of("addresses", "Address", "calls", "Call", "orders", "Order", "clusters", "Cluster");

    @Override
    public void filterOpenAPI(OpenAPI document) {
        var customer = document.getComponents().getSchemas().get("Customer");
        LISTS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(list -> customer.addProperty(
                        list.getKey(),
                        only(list.getKey()).addType(Schema.SchemaType.ARRAY).items(schema(list.getValue()))));
        customer.addProperty("stats", only("stats").addAllOf(schema("CustomerStats")));
    }

    private static Schema only(String value) {
        return OASFactory.createSchema().readOnly(true).description("Only with `include=" + value + "`.");
    }

    private static Schema schema(String name) {
        return OASFactory.createSchema().ref("#/components/schemas/" + name);
    }
}

package io.clientela.activity;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Tells in the schema of a customer what {@code include} adds to it, which the customer itself does not know. */
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

    private static Schema only(String word) {
        return OASFactory.createSchema().readOnly(true).description("Only with `include=" + word + "`.");
    }

    private static Schema schema(String name) {
        return OASFactory.createSchema().ref("#/components/schemas/" + name);
    }
}

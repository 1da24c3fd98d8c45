package io.clientela.dialect.location;

import io.clientela.http.openapi.OtherApiDocumentation;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;

/** The OpenAPI document of a business location's API. */
@OpenApiFilter(
        stages = OpenApiFilter.RunStage.BUILD,
        documentNames = LocationDialect.NAME,
        priority = OtherApiDocumentation.FIRST)
public final class LocationDocumentation extends OtherApiDocumentation implements OASFilter {
    public LocationDocumentation() {
        super(LocationDialect.NAME, LocationDialect.BASE_PATH);
    }
}

package io.clientela.dialect.storefront;

import io.clientela.http.openapi.OtherApiDocumentation;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;

/** The OpenAPI document of the storefront's API. */
@OpenApiFilter(
        stages = OpenApiFilter.RunStage.BUILD,
        documentNames = StorefrontDialect.NAME,
        priority = OtherApiDocumentation.FIRST)
public final class StorefrontDocumentation extends OtherApiDocumentation implements OASFilter {
    public StorefrontDocumentation() {
        super(StorefrontDialect.NAME, StorefrontDialect.BASE_PATH);
    }
}

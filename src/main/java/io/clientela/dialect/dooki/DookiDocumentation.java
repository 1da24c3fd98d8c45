package io.clientela.dialect.dooki;

import io.clientela.http.openapi.OtherApiDocumentation;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;

/** The OpenAPI document of Dooki's API. */
@OpenApiFilter(
        stages = OpenApiFilter.RunStage.BUILD,
        documentNames = DookiDialect.NAME,
        priority = OtherApiDocumentation.FIRST)
public final class DookiDocumentation extends OtherApiDocumentation implements OASFilter {
    public DookiDocumentation() {
        super(DookiDialect.NAME, DookiDialect.BASE_PATH);
    }
}

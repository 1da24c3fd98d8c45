package io.clientela.dialect.voki;

import io.clientela.http.openapi.OtherApiDocumentation;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;

/** The OpenAPI document of Voki's API. */
@OpenApiFilter(
        stages = OpenApiFilter.RunStage.BUILD,
        documentNames = VokiDialect.NAME,
        priority = OtherApiDocumentation.FIRST)
public final class VokiDocumentation extends OtherApiDocumentation implements OASFilter {
    public VokiDocumentation() {
        super(VokiDialect.NAME, VokiDialect.BASE_PATH);
    }
}

package io.clientela.dialect.aivapad;

import io.clientela.http.openapi.OtherApiDocumentation;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;

/** The OpenAPI document of Aivapad's API. */
@OpenApiFilter(
        stages = OpenApiFilter.RunStage.BUILD,
        documentNames = AivapadDialect.NAME,
        priority = OtherApiDocumentation.FIRST)
public final class AivapadDocumentation extends OtherApiDocumentation implements OASFilter {
    public AivapadDocumentation() {
        super(AivapadDialect.NAME, AivapadDialect.BASE_PATH);
    }
}

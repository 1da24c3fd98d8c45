package io.clientela.support;

import static io.restassured.config.EncoderConfig.encoderConfig;

import io.quarkus.test.common.QuarkusTestResource;
import io.restassured.RestAssured;
import org.junit.jupiter.api.BeforeAll;

/**
 * Superclass of tests that use the service over HTTP only, so that they run against the application in this process
 * ({@code @QuarkusTest}) and, by a subclass named {@code …IT}, against the packaged one.
 */
@QuarkusTestResource(Platform.class)
public abstract class ApiTest {
    @BeforeAll
    static void sendUtf8AsIs() {
        RestAssured.config = RestAssured.config()
                .encoderConfig(encoderConfig()
                        .defaultContentCharset("UTF-8")
                        .appendDefaultContentCharsetToContentTypeIfUndefined(false));
        RestAssured.enableLoggingOfRequestAndResponseIfValidationFails();
    }
}

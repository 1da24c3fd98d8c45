package io.clientela.support;

import static io.restassured.config.EncoderConfig.encoderConfig;

import io.quarkus.test.common.QuarkusTestResource;
import io.restassured.RestAssured;
import org.junit.jupiter.api.BeforeAll;

/**
 * A test that meets the service over HTTP only, so that it holds for the application in this process
 * ({@code @QuarkusTest}) and, by its sister named {@code …IT}, for the packaged one.
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

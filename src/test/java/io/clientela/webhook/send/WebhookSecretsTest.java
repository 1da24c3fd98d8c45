package io.clientela.webhook.send;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebhookSecretsTest {
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final Instant TIMESTAMP = Instant.ofEpochSecond(1_614_265_330L);
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(UTF_8);
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /** The example of the specification's libraries. */
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    @Test
    void signatureIsThatOfTheSpecification() {
        assertThat(WebhookSecrets.sign(ID, TIMESTAMP, BODY, List.of(SECRET))).isEqualTo(SIGNATURE);
    }

    @Test
    void eachSecretSigns() {
        var other = WebhookSecrets.generate();

        var signatures = WebhookSecrets.sign(ID, TIMESTAMP, BODY, List.of(other, SECRET));

        assertThat(signatures.split(" "))
                .containsExactly(WebhookSecrets.sign(ID, TIMESTAMP, BODY, List.of(other)), SIGNATURE);
    }

    @Test
    void generatedSecretHas256RandomBits() {
        var secret = WebhookSecrets.generate();

        assertThat(secret).startsWith("whsec_").isNotEqualTo(WebhookSecrets.generate());
        assertThat(Base64.getDecoder().decode(secret.substring("whsec_".length())))
                .hasSize(32);
    }
}

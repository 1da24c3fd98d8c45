package io.clientela.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.credential.TokenCredential;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.mutiny.Uni;
import java.security.PublicKey;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.Test;

/** Verification with PEM keys; the API tests cover JWK sets. */
class TokenVerifierTest {
    private final TokenVerifier verifier = new TokenVerifier();
    private final PublicJsonWebKey rsa = generate(true);
    private final PublicJsonWebKey ec = generate(false);

    @Test
    void rsaKeyVerifiesRs256() throws Exception {
        assertThat(verifier.verify(token(rsa, "RS256"), trusting(rsa.getPublicKey()))
                        .getSubject())
                .isEqualTo("tester");
    }

    @Test
    void ecKeyVerifiesEs256() throws Exception {
        assertThat(verifier.verify(token(ec, "ES256"), trusting(ec.getPublicKey()))
                        .getSubject())
                .isEqualTo("tester");
    }

    @Test
    void otherAlgorithmIsRejected() {
        for (String algorithm : new String[] {"RS384", "RS512", "PS256"}) {
            assertThatThrownBy(() -> verifier.verify(token(rsa, algorithm), trusting(rsa.getPublicKey())))
                    .isInstanceOf(ParseException.class);
        }
    }

    @Test
    void publicKeyAsHmacSecretIsRejected() {
        assertThatThrownBy(() -> {
                    var jws = signature("HS256");
                    jws.setKey(new HmacKey(rsa.getPublicKey().getEncoded()));
                    verifier.verify(jws.getCompactSerialization(), trusting(rsa.getPublicKey()));
                })
                .isInstanceOf(ParseException.class);
    }

    @Test
    void tokenOfOtherKeyTypeIsRejected() {
        assertThatThrownBy(() -> verifier.verify(token(ec, "ES256"), trusting(rsa.getPublicKey())))
                .isInstanceOf(ParseException.class);
    }

    @Test
    void identityIsCachedUntilExpiry() throws Exception {
        var settings = trusting(rsa.getPublicKey());
        settings.setClockSkew(0);
        var provider = new TokenIdentityProvider(verifier, settings);
        var jws = signature("RS256", 4);
        jws.setKey(rsa.getPrivateKey());
        var request = new TokenAuthenticationRequest(new TokenCredential(jws.getCompactSerialization(), "bearer"));
        AuthenticationRequestContext context = work -> Uni.createFrom().item(work.get());
        var first = provider.authenticate(request, context).await().indefinitely();

        assertThat(provider.authenticate(request, context).await().indefinitely())
                .as("cached")
                .isSameAs(first);
        TimeUnit.SECONDS.sleep(5);

        assertThatThrownBy(() -> provider.authenticate(request, context).await().indefinitely())
                .isInstanceOf(AuthenticationFailedException.class);
    }

    @Test
    void malformedTokenIsRejected() {
        for (String token : new String[] {"", ".", "a.b.c", "e30.e30.e30", "bnVsbA.e30."}) {
            assertThatThrownBy(() -> verifier.verify(token, trusting(rsa.getPublicKey())))
                    .as(token)
                    .isInstanceOf(ParseException.class);
        }
    }

    private static JWTAuthContextInfo trusting(PublicKey key) {
        var settings = new JWTAuthContextInfo();
        var pem = "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        settings.setPublicKeyContent(pem);
        settings.setIssuedBy("https://issuer.test");
        return settings;
    }

    private static String token(PublicJsonWebKey key, String algorithm) throws Exception {
        var jws = signature(algorithm);
        jws.setKey(key.getPrivateKey());
        return jws.getCompactSerialization();
    }

    private static JsonWebSignature signature(String algorithm) {
        return signature(algorithm, 300);
    }

    private static JsonWebSignature signature(String algorithm, int secondsToLive) {
        var claims = new JwtClaims();
        claims.setIssuer("https://issuer.test");
        claims.setSubject("tester");
        claims.setIssuedAtToNow();
        claims.setExpirationTime(NumericDate.fromSeconds(NumericDate.now().getValue() + secondsToLive));
        var jws = new JsonWebSignature();
        jws.setAlgorithmHeaderValue(algorithm);
        jws.setPayload(claims.toJson());
        return jws;
    }

    private static PublicJsonWebKey generate(boolean rsa) {
        try {
            return rsa ? RsaJwkGenerator.generateJwk(2048) : EcJwkGenerator.generateJwk(EllipticCurves.P256);
        } catch (org.jose4j.lang.JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}

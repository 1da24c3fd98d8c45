package io.clientela.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.ParseException;
import java.security.PublicKey;
import java.util.Base64;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.Test;

/** Keys in PEM; the API tests have them in a JWK set. */
class TokenVerifierTest {
    private final PublicJsonWebKey rsa = generate(true);
    private final PublicJsonWebKey ec = generate(false);

    @Test
    void rsaKeyVerifiesRs256() throws Exception {
        assertThat(verify(token(rsa, "RS256"), rsa.getPublicKey()).getSubject()).isEqualTo("jane");
    }

    @Test
    void ecKeyVerifiesEs256WithoutFurtherSettings() throws Exception {
        assertThat(verify(token(ec, "ES256"), ec.getPublicKey()).getSubject()).isEqualTo("jane");
    }

    @Test
    void otherAlgorithmWithTheRightKeyIsRefused() {
        for (String algorithm : new String[] {"RS384", "RS512", "PS256"}) {
            assertThatThrownBy(() -> verify(token(rsa, algorithm), rsa.getPublicKey()))
                    .isInstanceOf(ParseException.class);
        }
    }

    @Test
    void publicKeyIsNeverASharedSecret() {
        assertThatThrownBy(() -> {
                    var jws = signature("HS256");
                    jws.setKey(new HmacKey(rsa.getPublicKey().getEncoded()));
                    verify(jws.getCompactSerialization(), rsa.getPublicKey());
                })
                .isInstanceOf(ParseException.class);
    }

    @Test
    void tokenForTheOtherKindOfKeyIsRefused() {
        assertThatThrownBy(() -> verify(token(ec, "ES256"), rsa.getPublicKey()))
                .isInstanceOf(TokenVerifier.UnknownKeyException.class);
    }

    @Test
    void textThatIsNoTokenIsRefused() {
        for (String token : new String[] {"", ".", "a.b.c", "e30.e30.e30", "bnVsbA.e30."}) {
            assertThatThrownBy(() -> verify(token, rsa.getPublicKey()))
                    .as(token)
                    .isInstanceOf(ParseException.class);
        }
    }

    private static JwtClaims verify(String token, PublicKey key) throws ParseException {
        return TokenVerifier.withKeysOf(trusting(key)).verify(token);
    }

    static JWTAuthContextInfo trusting(PublicKey key) {
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
        var claims = new JwtClaims();
        claims.setIssuer("https://issuer.test");
        claims.setSubject("jane");
        claims.setIssuedAtToNow();
        claims.setExpirationTime(NumericDate.fromSeconds(NumericDate.now().getValue() + 300));
        var jws = new JsonWebSignature();
        jws.setAlgorithmHeaderValue(algorithm);
        jws.setPayload(claims.toJson());
        return jws;
    }

    static PublicJsonWebKey generate(boolean rsa) {
        try {
            return rsa ? RsaJwkGenerator.generateJwk(2048) : EcJwkGenerator.generateJwk(EllipticCurves.P256);
        } catch (org.jose4j.lang.JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.clientela.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** Issues tokens, valid and invalid ones, with the keys that the service under test trusts. */
public final class TestTokens {
    static final String ISSUER = "https://issuer.test";
    static final String AUDIENCE = "clientela-test";
    static final String JWKS = "jwks.json";

    static final String PRIVATE = "private.json";
    private static final String KEYS = "test.keys";
    static final String RSA = "rsa";
    private static final String EC = "ec";

    private TestTokens() {}

    static void writeKeys(Path folder) throws IOException {
        try {
            var rsa = RsaJwkGenerator.generateJwk(2048);
            rsa.setKeyId(RSA);
            var ec = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            ec.setKeyId(EC);
            var set = new JsonWebKeySet(rsa, ec);
            Files.writeString(folder.resolve(JWKS), set.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY));
            Files.writeString(folder.resolve(PRIVATE), set.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE));
            System.setProperty(KEYS, folder.toString());
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The issuer's public keys, as a JWK set. */
    static byte[] publicKeys() throws IOException {
        return Files.readAllBytes(Path.of(System.getProperty(KEYS)).resolve(JWKS));
    }

    /** A token of the trusted issuer (RS256) for one tenant. */
    public static String of(String tenant, String subject, String... scopes) {
        return signed(RSA, claims -> {
            claims.setStringClaim("tenant", tenant);
            claims.setSubject(subject);
            claims.setStringClaim("scope", String.join(" ", scopes));
        });
    }

    /** Returns an RS256 token of the trusted issuer with these claims. */
    public static String with(Consumer<JwtClaims> claims) {
        return signed(RSA, claims);
    }

    /** Returns an ES256 token of the trusted issuer with these claims. */
    public static String es256(Consumer<JwtClaims> claims) {
        return signed(EC, claims);
    }

    /** Returns a token with a trusted key id, signed with another key. */
    public static String forged(Consumer<JwtClaims> claims) {
        try {
            var untrusted = RsaJwkGenerator.generateJwk(2048);
            untrusted.setKeyId(RSA);
            return sign(untrusted, AlgorithmIdentifiers.RSA_USING_SHA256, claims);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns a token without a signature. */
    public static String unsigned(Consumer<JwtClaims> claims) {
        try {
            var jws = new JsonWebSignature();
            jws.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
            jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.NONE);
            jws.setPayload(claims(claims).toJson());
            return jws.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signed(String keyId, Consumer<JwtClaims> claims) {
        try {
            var folder = Path.of(System.getProperty(KEYS));
            var set = new JsonWebKeySet(Files.readString(folder.resolve(PRIVATE)));
            var key = (PublicJsonWebKey) set.findJsonWebKey(keyId, null, null, null);
            var algorithm = keyId.equals(EC)
                    ? AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256
                    : AlgorithmIdentifiers.RSA_USING_SHA256;
            return sign(key, algorithm, claims);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sign(PublicJsonWebKey key, String algorithm, Consumer<JwtClaims> claims)
            throws JoseException {
        var jws = new JsonWebSignature();
        jws.setKey(key.getPrivateKey());
        jws.setKeyIdHeaderValue(key.getKeyId());
        jws.setAlgorithmHeaderValue(algorithm);
        jws.setPayload(claims(claims).toJson());
        return jws.getCompactSerialization();
    }

    private static JwtClaims claims(Consumer<JwtClaims> customizer) {
        var claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience(AUDIENCE);
        claims.setIssuedAtToNow();
        claims.setGeneratedJwtId();
        var expiry = NumericDate.now();
        expiry.addSeconds(Duration.ofHours(1).toSeconds());
        claims.setExpirationTime(expiry);
        customizer.accept(claims);
        return claims;
    }

    /** Returns the scopes of staff: all except {@code customers:self}. */
    public static List<String> allScopes() {
        return List.of("customers:read", "customers:write", "customers:merge", "customers:admin");
    }
}

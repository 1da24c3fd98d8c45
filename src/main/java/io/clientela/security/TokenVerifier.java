package io.clientela.security;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.DefaultJWTTokenParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.ParseException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/**
 * Verifies tokens signed with RS256 or ES256 (RFC 7518, section 3.1), with keys from a JWK set or a PEM file. SmallRye
 * JWT supports both algorithms only with a JWK set, and one configured algorithm with a PEM file. Here each algorithm
 * has its own verifier, which reads keys for that algorithm and accepts no other: a token cannot choose how its key is
 * used.
 */
@Singleton
class TokenVerifier {
    private final Map<String, Verifier> verifiers = Map.of(
            "RS256", new Verifier(SignatureAlgorithm.RS256),
            "ES256", new Verifier(SignatureAlgorithm.ES256));

    /**
     * Verifies a token. May fetch keys, and therefore block.
     *
     * @throws ParseException if the token is not valid
     */
    JWTCallerPrincipal verify(String token, JWTAuthContextInfo settings) throws ParseException {
        var verifier = verifiers.get(algorithm(token));
        if (verifier == null) {
            throw new ParseException("The token's algorithm is neither RS256 nor ES256");
        }
        return verifier.verify(token, settings);
    }

    private static String algorithm(String token) throws ParseException {
        try {
            var header = token.substring(0, Math.max(0, token.indexOf('.')));
            return String.valueOf(
                    new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(header))).getValue("alg"));
        } catch (IllegalArgumentException | DecodeException e) {
            throw new ParseException("The token is not a JWT", e);
        }
    }

    private record Verifier(SignatureAlgorithm algorithm, DefaultJWTTokenParser parser) {
        Verifier(SignatureAlgorithm algorithm) {
            this(algorithm, new DefaultJWTTokenParser());
        }

        JWTCallerPrincipal verify(String token, JWTAuthContextInfo settings) throws ParseException {
            var single = new JWTAuthContextInfo(settings);
            single.setSignatureAlgorithm(Set.of(algorithm));
            var verified = parser.parse(token, single);
            var type = verified.getJoseObjects().get(0).getHeader("typ");
            return new DefaultJWTCallerPrincipal(token, type, verified.getJwtClaims());
        }
    }
}

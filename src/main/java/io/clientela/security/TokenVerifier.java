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
 * Verifies tokens signed with RS256 or ES256 (RFC 7518, section 3.1), whatever form the key is given in. The platform's
 * own verifier takes both only from a JWK set; from a PEM file it takes the one that is configured. Here each algorithm
 * has a verifier of its own, which reads keys for that algorithm and accepts no other: a token cannot choose how its
 * key is used.
 */
@Singleton
class TokenVerifier {
    private final Map<String, Verifier> verifiers = Map.of(
            "RS256", new Verifier(SignatureAlgorithm.RS256),
            "ES256", new Verifier(SignatureAlgorithm.ES256));

    /**
     * Verifies a token; may fetch keys, and so may block.
     *
     * @throws ParseException if it is not to be trusted
     */
    JWTCallerPrincipal verify(String token, JWTAuthContextInfo settings) throws ParseException {
        var verifier = verifiers.get(algorithm(token));
        if (verifier == null) {
            throw new ParseException("The token is not signed with an algorithm that is taken");
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

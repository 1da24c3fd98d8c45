package io.clientela.security;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTTokenParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.KeyLocationResolver;
import io.smallrye.jwt.auth.principal.ParseException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Verifies tokens signed with RS256 or ES256 (RFC 7518, section 3.1) by the keys that it was created with, whatever
 * form they were given in. The platform's own verifier accepts both algorithms only from a JWK set; from a PEM file it
 * accepts the one that is configured. Here each algorithm has a parser of its own, which reads keys for that algorithm
 * and accepts no other: a token cannot choose how its key is used.
 */
final class TokenVerifier {
    private final Map<String, Parser> parsers;

    private TokenVerifier(Parser rs256, Parser es256) {
        parsers = Map.of("RS256", rs256, "ES256", es256);
    }

    /** Creates a verifier with the keys that the settings hold: a PEM key, a JWK or a JWK set. */
    static TokenVerifier withKeysOf(JWTAuthContextInfo settings) {
        try {
            var rs256 = with(settings, SignatureAlgorithm.RS256);
            var es256 = with(settings, SignatureAlgorithm.ES256);
            return new TokenVerifier(
                    new Parser(rs256, new KeyLocationResolver(rs256)),
                    new Parser(es256, new KeyLocationResolver(es256)));
        } catch (UnresolvableKeyException e) {
            throw new IllegalStateException("The issuer's keys cannot be read", e);
        }
    }

    /** Creates a verifier with the keys of a JWK set. */
    static TokenVerifier withKeys(JWTAuthContextInfo settings, List<JsonWebKey> keys) {
        try {
            var rs256 = with(settings, SignatureAlgorithm.RS256);
            var es256 = with(settings, SignatureAlgorithm.ES256);
            return new TokenVerifier(
                    new Parser(rs256, new JwkSetResolver(rs256, keys)),
                    new Parser(es256, new JwkSetResolver(es256, keys)));
        } catch (UnresolvableKeyException e) {
            throw new IllegalStateException("Keys that are given are not read", e);
        }
    }

    private static JWTAuthContextInfo with(JWTAuthContextInfo settings, SignatureAlgorithm algorithm) {
        var single = new JWTAuthContextInfo(settings);
        single.setSignatureAlgorithm(Set.of(algorithm));
        return single;
    }

    /**
     * Verifies a token and returns its claims.
     *
     * @throws UnknownKeyException if the token is signed with a key that is not known here
     * @throws ParseException if the token is not to be trusted for another reason
     */
    JwtClaims verify(String token) throws ParseException {
        var parser = parsers.get(algorithm(token));
        if (parser == null) {
            throw new ParseException("The token is not signed with an algorithm that is accepted");
        }
        try {
            return parser.parse(token);
        } catch (ParseException e) {
            if (isUnknownKey(e)) {
                throw new UnknownKeyException(e);
            }
            throw e;
        } catch (ClassCastException e) { // of the library, for claims of other types than it expects
            throw new ParseException("A claim is not of its type", e);
        }
    }

    private static boolean isUnknownKey(Throwable failure) {
        return failure != null && (failure instanceof UnresolvableKeyException || isUnknownKey(failure.getCause()));
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

    /** The token is signed with a key that is not among those known. */
    static final class UnknownKeyException extends RuntimeException {
        UnknownKeyException(ParseException cause) {
            super(cause);
        }
    }

    /** A parser for one algorithm, with the keys that it was given. */
    private static final class Parser extends DefaultJWTTokenParser {
        private final JWTAuthContextInfo settings;
        private final VerificationKeyResolver keys;

        Parser(JWTAuthContextInfo settings, VerificationKeyResolver keys) {
            this.settings = settings;
            this.keys = keys;
        }

        JwtClaims parse(String token) throws ParseException {
            return parse(token, settings).getJwtClaims();
        }

        @Override
        protected VerificationKeyResolver getVerificationKeyResolver(JWTAuthContextInfo any) {
            return keys;
        }
    }

    /** Finds keys as the platform does in a JWK set that it fetched itself. */
    private static final class JwkSetResolver extends KeyLocationResolver {
        JwkSetResolver(JWTAuthContextInfo settings, List<JsonWebKey> keys) throws UnresolvableKeyException {
            super(settings);
            jsonWebKeys = keys;
        }

        @Override
        protected void initializeKeyContent() {
            // The keys are given.
        }
    }
}

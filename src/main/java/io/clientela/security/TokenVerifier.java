package io.clientela.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.DefaultJWTTokenParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/**
 * Verifies tokens signed with RS256 or ES256 (RFC 7518, section 3.1), whatever form the key is given in. The platform's
 * own verifier takes both only from a JWK set; from a PEM file it takes the one that is configured. Here each algorithm
 * has a verifier of its own, which reads keys for that algorithm and accepts no other: a token cannot choose how its
 * key is used.
 *
 * <p>Callers send one token many times, and verifying it is dearer than most of what they ask for; so a token that was
 * found good is remembered for a minute, and never beyond its expiry.
 */
@ApplicationScoped
@Alternative
@Priority(1)
public class TokenVerifier extends JWTCallerPrincipalFactory {
    private static final int MOST_KEPT = 10_000;
    private static final Duration LONGEST_KEPT = Duration.ofMinutes(1);

    private final Map<String, Verifier> verifiers = Map.of(
            "RS256", new Verifier(SignatureAlgorithm.RS256),
            "ES256", new Verifier(SignatureAlgorithm.ES256));

    /** Tokens found good; only those, so that nobody can fill it with others. */
    private final Cache<String, JWTCallerPrincipal> verified = Caffeine.newBuilder()
            .maximumSize(MOST_KEPT)
            .expireAfter(Expiry.creating((String token, JWTCallerPrincipal caller) -> kept(caller)))
            .build();

    @Override
    public JWTCallerPrincipal parse(String token, JWTAuthContextInfo settings) throws ParseException {
        var known = verified.getIfPresent(token);
        if (known != null) {
            return known;
        }
        var caller = verify(token, settings);
        verified.put(token, caller);
        return caller;
    }

    /** A token is not verified again until it expires, and for a short time only: a key may be withdrawn. */
    private static Duration kept(JWTCallerPrincipal caller) {
        var left = Duration.between(Instant.now(), Instant.ofEpochSecond(caller.getExpirationTime()));
        if (left.isNegative()) {
            return Duration.ZERO;
        }
        return left.compareTo(LONGEST_KEPT) < 0 ? left : LONGEST_KEPT;
    }

    private JWTCallerPrincipal verify(String token, JWTAuthContextInfo settings) throws ParseException {
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

package io.clientela.security;

import io.clientela.http.json.Text;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import io.smallrye.jwt.auth.principal.ParseException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;

/** Reads a {@link Bearer} from the claims of a verified token. */
final class BearerClaims {
    /** OpenID Connect Core 1.0, section 2. The subject is part of a database key, whose length is limited. */
    private static final int MAX_SUBJECT_LENGTH = 255;

    private BearerClaims() {}

    /**
     * Reads the claims.
     *
     * @throws ParseException if the subject cannot be recorded, or a time is none
     * @throws ProblemException 403 {@code location_forbidden} if the location is not one text of 1 to 64 characters:
     *     ignoring it would lift the restriction that the issuer meant
     */
    static Bearer read(JwtClaims claims) throws ParseException {
        try {
            return new Bearer(
                    subject(claims.getClaimValue("sub")),
                    tenants(claims.getClaimValue("tenant")),
                    location(claims.getClaimValue("location")),
                    scopes(claims),
                    Instant.ofEpochSecond(claims.getExpirationTime().getValue()),
                    Optional.ofNullable(claims.getIssuedAt()).map(at -> Instant.ofEpochSecond(at.getValue())),
                    session(claims.getClaimValue(Bearer.SESSION_CLAIM)));
        } catch (MalformedClaimException | DateTimeException e) {
            throw new ParseException("The time of issue or of expiry is no time", e);
        }
    }

    private static Optional<String> subject(Object claim) throws ParseException {
        if (claim == null) {
            return Optional.empty();
        }
        if (claim instanceof String subject && isIdentifier(subject, MAX_SUBJECT_LENGTH)) {
            return Optional.of(subject);
        }
        throw new ParseException("The subject is not a text of 1 to " + MAX_SUBJECT_LENGTH + " characters");
    }

    private static Optional<Long> session(Object claim) {
        return claim instanceof Long session ? Optional.of(session) : Optional.empty();
    }

    private static List<String> tenants(Object claim) {
        return strings(claim).filter(TenantNames::isValid).distinct().toList();
    }

    private static Optional<String> location(Object claim) {
        if (claim == null) {
            return Optional.empty();
        }
        if (claim instanceof String location && isIdentifier(location, Bearer.MAX_LOCATION_LENGTH)) {
            return Optional.of(location);
        }
        throw new ProblemException(
                ProblemCode.LOCATION_FORBIDDEN, "The token's location claim is not a text of 1 to 64 characters.");
    }

    /**
     * Returns the scopes that the token grants: those of the {@code scope} claim, separated by spaces (RFC 8693,
     * section 4.2) in a string or in the elements of an array, and those that its groups bundle. A group is one whole
     * name, as the element of an array and as a single string: a name with spaces in it must not grant what one of its
     * words would.
     */
    private static Set<String> scopes(JwtClaims claims) {
        Set<String> granted = new HashSet<>(Scopes.ALL);
        granted.retainAll(strings(claims.getClaimValue("scope"))
                .flatMap(text -> Arrays.stream(text.split(" ")))
                .toList());
        strings(claims.getClaimValue("groups"))
                .flatMap(group -> Role.of(group).stream())
                .forEach(role -> granted.addAll(role.scopes()));
        return Set.copyOf(granted);
    }

    /** The strings of a claim that is one string or an array; what else it holds is ignored. */
    private static Stream<String> strings(Object claim) {
        Collection<?> values = claim instanceof Collection<?> array ? array : List.of(claim == null ? "" : claim);
        return values.stream().filter(String.class::isInstance).map(String.class::cast);
    }

    private static boolean isIdentifier(String text, int maxLength) {
        return !text.isBlank()
                && text.length() <= maxLength
                && Text.isStorable(text)
                && text.chars().noneMatch(Character::isISOControl);
    }
}

package io.clientela.security;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientela.http.problem.ProblemException;
import io.smallrye.jwt.auth.principal.ParseException;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;

/** Claims that a test cannot send, because its own JSON would replace them. */
class BearerClaimsTest {
    private static final String LONE_SURROGATE = "\ud800";

    @Test
    void subjectWithLoneSurrogateIsRefused() {
        var claims = new JwtClaims();
        claims.setExpirationTimeMinutesInTheFuture(5);
        claims.setSubject(LONE_SURROGATE);

        assertThatThrownBy(() -> BearerClaims.read(claims)).isInstanceOf(ParseException.class);
    }

    @Test
    void locationWithLoneSurrogateIsRefused() {
        var claims = new JwtClaims();
        claims.setExpirationTimeMinutesInTheFuture(5);
        claims.setStringClaim("location", LONE_SURROGATE);

        assertThatThrownBy(() -> BearerClaims.read(claims)).isInstanceOf(ProblemException.class);
    }
}

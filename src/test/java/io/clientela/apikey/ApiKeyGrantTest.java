package io.clientela.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import io.clientela.security.Bearer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApiKeyGrantTest {
    private static final Instant END = Instant.parse("2030-01-01T00:00:00Z");
    private static final List<String> READ = List.of("customers:read");

    private static Bearer maker(String subject, String location, Instant end, String... scopes) {
        return new Bearer(Optional.of(subject), List.of("acme"), Optional.ofNullable(location), Set.of(scopes), end);
    }

    private static void assertRefused(ApiKeyGrant grant, Bearer maker, ProblemCode code) {
        assertThatThrownBy(() -> grant.requireWithin(maker))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.code())
                        .isEqualTo(code));
    }

    @Test
    void scopesOfMakerAreTheLimit() {
        var maker = maker("jane", null, END, "customers:read", "customers:admin");

        assertThatCode(() -> new ApiKeyGrant(READ, "north", null).requireWithin(maker))
                .doesNotThrowAnyException();
        assertRefused(
                new ApiKeyGrant(List.of("customers:read", "customers:merge"), null, null),
                maker,
                ProblemCode.INSUFFICIENT_SCOPE);
    }

    @Test
    void locationOfMakerIsTheLimit() {
        var maker = maker("jane", "north", END, "customers:read");

        assertThatCode(() -> new ApiKeyGrant(READ, "north", null).requireWithin(maker))
                .doesNotThrowAnyException();
        assertRefused(new ApiKeyGrant(READ, "south", null), maker, ProblemCode.LOCATION_FORBIDDEN);
        assertRefused(new ApiKeyGrant(READ, null, null), maker, ProblemCode.LOCATION_FORBIDDEN);
    }

    @Test
    void endOfMakingKeyIsTheLimit() {
        var maker = maker("api-key:1", null, END, "customers:read");

        assertThatCode(() -> new ApiKeyGrant(READ, null, END).requireWithin(maker))
                .doesNotThrowAnyException();
        assertRefused(new ApiKeyGrant(READ, null, END.plusSeconds(1)), maker, ProblemCode.GRANT_REFUSED);
        assertRefused(new ApiKeyGrant(READ, null, null), maker, ProblemCode.GRANT_REFUSED);
        assertThat(new ApiKeyGrant(READ, null, null).endingWith(maker).expiresAt())
                .isEqualTo(END);
    }

    @Test
    void otherMakersSetNoEnd() {
        for (var maker : List.of(
                maker("jane", null, END, "customers:read"), maker("api-key:1", null, Instant.MAX, "customers:read"))) {
            var grant = new ApiKeyGrant(READ, null, null);

            assertThatCode(() -> grant.requireWithin(maker)).doesNotThrowAnyException();
            assertThat(grant.endingWith(maker).expiresAt()).isNull();
        }
    }
}

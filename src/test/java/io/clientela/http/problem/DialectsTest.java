package io.clientela.http.problem;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DialectsTest {
    private record Named(String name) implements Dialect {
        @Override
        public String basePath() {
            return "/" + name;
        }

        @Override
        public DialectError error(ProblemException problem) {
            return new DialectError(problem.code().status(), new JsonObject());
        }
    }

    private static void start(String setting) {
        var ignored = new Dialects(List.of(new Named("one"), new Named("two")), () -> Set.of(setting.split(",")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "none", "one", "two,one"})
    void knownNamesAreAccepted(String setting) {
        assertThatCode(() -> start(setting)).doesNotThrowAnyException();
    }

    @Test
    void unknownNameStopsStart() {
        assertThatThrownBy(() -> start("one,thre"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("thre")
                .hasMessageContaining("CLIENTELA_DIALECTS");
    }
}

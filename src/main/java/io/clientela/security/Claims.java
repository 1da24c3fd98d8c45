package io.clientela.security;

import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Reads claims that issuers write as a string or as an array. */
public final class Claims {
    private Claims() {}

    /** Returns the values of a claim that is an array of strings or one string separated by spaces. */
    public static List<String> words(JsonWebToken token, String claim) {
        return list(token, claim).stream()
                .flatMap(text -> Arrays.stream(text.trim().split(" +")))
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** Returns the values of a claim that is an array of strings or one string. */
    public static List<String> list(JsonWebToken token, String claim) {
        Object value = token.getClaim(claim);
        List<String> values = new ArrayList<>();
        if (value instanceof JsonArray array) {
            array.forEach(item -> {
                if (item instanceof JsonString string) {
                    values.add(string.getString());
                }
            });
        } else if (value instanceof Collection<?> collection) {
            collection.forEach(item -> values.add(String.valueOf(item)));
        } else {
            text(token, claim).ifPresent(values::add);
        }
        return values;
    }

    /** Returns a claim that is one string; empty if it is absent or of another type. */
    public static Optional<String> text(JsonWebToken token, String claim) {
        Object value = token.getClaim(claim);
        if (value instanceof JsonString string) {
            return Optional.of(string.getString());
        }
        return value instanceof String string ? Optional.of(string) : Optional.empty();
    }
}

package io.clientela.security;

import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Reads claims that issuers write in more than one shape. */
public final class Claims {
    private Claims() {}

    /** A claim that holds words: an array of strings, or one string with spaces between the words. */
    public static List<String> words(JsonWebToken token, String claim) {
        return list(token, claim).stream()
                .flatMap(text -> Arrays.stream(text.trim().split(" +")))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** A claim that holds one or more values: an array of strings, or one string. */
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

    /** A claim that is one string; empty where it is absent or of another type. */
    public static Optional<String> text(JsonWebToken token, String claim) {
        Object value = token.getClaim(claim);
        if (value instanceof JsonString string) {
            return Optional.of(string.getString());
        }
        return value instanceof String string ? Optional.of(string) : Optional.empty();
    }
}

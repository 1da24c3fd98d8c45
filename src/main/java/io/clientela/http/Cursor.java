package io.clientela.http;

import io.clientela.http.json.Ids;
import io.clientela.http.json.Text;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The position after an entry of a sorted list, opaque to callers. The next page starts after it, whatever was inserted
 * or deleted in between.
 *
 * @param sort the order of the list
 * @param key the entry's sort key, as text
 * @param id the entry's id, which breaks ties
 */
public record Cursor(String sort, String key, String id) {
    private static final int COMPONENTS = 3;

    /** Returns the cursor as callers see it. */
    public String encode() {
        var json = new JsonArray().add(sort).add(key).add(id).encode();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads a cursor that a caller sent; empty if it was not made by {@link #encode()}. */
    static Optional<Cursor> decode(String opaque) {
        try {
            var parts = new JsonArray(new String(Base64.getUrlDecoder().decode(opaque), StandardCharsets.UTF_8));
            if (parts.size() == COMPONENTS
                    && parts.getValue(0) instanceof String sort
                    && parts.getValue(1) instanceof String key
                    && parts.getValue(2) instanceof String id
                    && Text.isStorable(key)
                    && Ids.parse(id).isPresent()) {
                return Optional.of(new Cursor(sort, key, id));
            }
            return Optional.empty();
        } catch (IllegalArgumentException | DecodeException e) {
            return Optional.empty();
        }
    }
}

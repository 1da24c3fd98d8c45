package io.clientela.http;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Which part of a list is asked for.
 *
 * @param page the page's number, from 1; not used where there is a cursor
 * @param size how many entries a page holds, 1 to 200
 * @param cursor where to go on, if the caller follows a cursor
 * @param counted whether the whole list is to be counted
 */
public record PageRequest(int page, int size, Optional<Cursor> cursor, boolean counted) {
    /** The most entries a page can hold. */
    public static final int MAX_SIZE = 200;

    /** So that the last entry's position still is an int. */
    static final int MAX_PAGE = 10_000_000;

    static final int DEFAULT_SIZE = 20;

    /** Reads {@code page}, {@code page_size}, {@code cursor} and {@code count}. */
    public static PageRequest read(QueryParameters params) {
        int page = params.integer("page", 1, 1, MAX_PAGE);
        int size = params.integer("page_size", DEFAULT_SIZE, 1, MAX_SIZE);
        var opaque = params.text("cursor");
        var cursor = opaque.flatMap(Cursor::decode);
        if (opaque.isPresent() && cursor.isEmpty()) {
            params.reject("cursor", "invalid_cursor", "must be a next_cursor as it was received");
        }
        if (opaque.isPresent() && params.text("page").isPresent()) {
            params.reject("page", "conflict", "cannot be combined with cursor");
        }
        boolean counted = params.oneOf("count", Count.class).orElse(Count.EXACT) == Count.EXACT;
        return new PageRequest(page, size, cursor, counted);
    }

    /** How many entries come before this page. */
    public long offset() {
        return cursor.isPresent() ? 0 : (page - 1L) * size;
    }

    /**
     * How many entries the whole list has, if that is asked for. It is not counted where the page itself tells.
     *
     * @param found how many entries were found from the page's start, up to one more than it holds
     */
    public Uni<Optional<Long>> total(int found, Supplier<Uni<Long>> counting) {
        if (!counted) {
            return Uni.createFrom().item(Optional.empty());
        }
        boolean whole = cursor.isEmpty() && found <= size && (found > 0 || page == 1);
        return whole
                ? Uni.createFrom().item(Optional.of(offset() + found))
                : counting.get().map(Optional::of);
    }

    private enum Count {
        EXACT,
        NONE;

        @Override
        public String toString() {
            return this == EXACT ? "exact" : "none";
        }
    }
}

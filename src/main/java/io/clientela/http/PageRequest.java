package io.clientela.http;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The page of a list that a request asks for.
 *
 * @param page the page's number, from 1; ignored if there is a cursor
 * @param size how many entries a page holds, 1 to 200
 * @param cursor where the page starts, if the request has a cursor
 * @param counted whether the entries of the list are counted
 */
public record PageRequest(int page, int size, Optional<Cursor> cursor, boolean counted) {
    private static final int MAX_SIZE = 200;

    /** Keeps the position of the last entry an int. */
    private static final int MAX_PAGE = 10_000_000;

    private static final int DEFAULT_SIZE = 20;

    /** Reads {@code page}, {@code page_size}, {@code cursor} and {@code count}. */
    public static PageRequest read(QueryParameters params) {
        int page = params.integer("page", 1, 1, MAX_PAGE);
        int size = params.integer("page_size", DEFAULT_SIZE, 1, MAX_SIZE);
        var text = params.text("cursor");
        var cursor = text.flatMap(Cursor::decode);
        if (text.isPresent() && cursor.isEmpty()) {
            params.reject("cursor", "invalid_cursor", "must be the next_cursor of a page, unchanged");
        }
        if (text.isPresent() && params.text("page").isPresent()) {
            params.reject("page", "conflict", "cannot be combined with cursor");
        }
        boolean counted = params.oneOf("count", Count.class).orElse(Count.EXACT) == Count.EXACT;
        return new PageRequest(page, size, cursor, counted);
    }

    /** Returns how many entries come before this page. */
    public long offset() {
        return cursor.isPresent() ? 0 : (page - 1L) * size;
    }

    /**
     * Returns how many entries the list has, if the request asks for it. Nothing is counted if the total follows from
     * the page itself.
     *
     * @param found how many entries were found from the page's start, at most one more than its size
     */
    public Uni<Optional<Long>> total(int found, Supplier<Uni<Long>> count) {
        if (!counted) {
            return Uni.createFrom().item(Optional.empty());
        }
        boolean isLast = cursor.isEmpty() && found <= size && (found > 0 || page == 1);
        return isLast
                ? Uni.createFrom().item(Optional.of(offset() + found))
                : count.get().map(Optional::of);
    }

    private enum Count {
        EXACT,
        NONE;

        @Override
        public String toString() {
            return this == EXACT ? "exact" : "none";
        }
    }

    /** Rejects a cursor that was made for another list. */
    public void requireCursor(QueryParameters params, Predicate<Cursor> isOfThisList) {
        if (cursor.filter(isOfThisList.negate()).isPresent()) {
            params.reject("cursor", "invalid_cursor", "belongs to another list; use meta.next_cursor of this list");
        }
    }
}

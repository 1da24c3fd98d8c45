package io.clientela.http;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A part of a list, as it goes on the wire.
 *
 * @param data the entries
 * @param meta where they stand in the whole
 */
public record Page<T>(List<T> data, Meta meta) {
    /** Where a page stands; what is not known is null. */
    @Schema(name = "PageMeta", description = "Where this page stands in the whole list.")
    public record Meta(
            @Schema(description = "The page's number from 1; null behind a cursor.", examples = "1")
            Integer currentPage,

            @Schema(description = "How many entries a page holds at most.", examples = "20")
            int pageSize,

            @Schema(description = "How many pages there are; null with count=none.", examples = "3")
            Long totalPages,

            @Schema(description = "How many entries there are; null with count=none.", examples = "59")
            Long totalCount,

            @Schema(description = "Give it as `cursor` for the next page; null on the last.")
            String nextCursor) {}

    /**
     * Makes a page of what a query found.
     *
     * @param found the entries from the page's start: one more than the page holds, if there are more
     * @param total how many entries the whole list has, if it was counted
     * @param cursorAfter the cursor behind an entry
     */
    public static <E> Page<E> of(
            PageRequest request, List<E> found, Optional<Long> total, Function<E, Cursor> cursorAfter) {
        boolean more = found.size() > request.size();
        var data = more ? found.subList(0, request.size()) : found;
        return new Page<>(
                data,
                new Meta(
                        request.cursor().isPresent() ? null : request.page(),
                        request.size(),
                        total.map(count -> (count + request.size() - 1) / request.size())
                                .orElse(null),
                        total.orElse(null),
                        more ? cursorAfter.apply(data.get(data.size() - 1)).encode() : null));
    }

    /** The same page without those entries that are gone meanwhile. */
    public Page<T> where(Predicate<T> isThere) {
        return new Page<>(data.stream().filter(isThere).toList(), meta);
    }

    /** The same page with other entries, one for each. */
    public <R> Page<R> with(List<R> entries) {
        return new Page<>(entries, meta);
    }

    /** The same page with other entries. */
    public <R> Page<R> map(Function<T, R> mapping) {
        return new Page<>(data.stream().map(mapping).toList(), meta);
    }
}

package io.clientela.http;

import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One page of a list, as callers read it.
 *
 * @param data the entries
 * @param meta the page's position in the list
 */
public record Page<T>(@NotNull List<T> data, @NotNull Meta meta) {
    /** A page's position in its list; what is not known is null. */
    @Schema(name = "PageMeta")
    public record Meta(Integer currentPage, int pageSize, Long totalPages, Long totalCount, String nextCursor) {}

    /**
     * Returns the page that consists of the entries found by a query.
     *
     * @param found the entries from the page's start, one more than its size if there is a next page
     * @param total how many entries the list has, if it was counted
     * @param cursorAfter returns the cursor after an entry
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

    /** Returns the page without the entries that do not match, such as those deleted since they were read. */
    public Page<T> where(Predicate<T> condition) {
        return new Page<>(data.stream().filter(condition).toList(), meta);
    }

    /** Returns the page with other entries, one for each. */
    public <R> Page<R> with(List<R> entries) {
        return new Page<>(entries, meta);
    }

    /** Returns the page with each entry mapped. */
    public <R> Page<R> map(Function<T, R> mapping) {
        return new Page<>(data.stream().map(mapping).toList(), meta);
    }
}

package io.clientela.identity;

import io.clientela.http.Page;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One page of a list of likely duplicates, with what is missing in it.
 *
 * @param data the entries
 * @param meta the page's position in the list, and how many customers are still to be compared
 */
@RegisterForReflection
public record DuplicatePage<T>(
        @NotNull List<T> data, @NotNull Meta meta) {
    /** A page's position as of other lists, and how many changed customers are not yet in it. */
    @RegisterForReflection
    @Schema(name = "DuplicatePageMeta")
    public record Meta(
            Integer currentPage, int pageSize, Long totalPages, Long totalCount, String nextCursor, long pending) {}

    static <T> DuplicatePage<T> of(Page<T> page, long pending) {
        var position = page.meta();
        return new DuplicatePage<>(
                page.data(),
                new Meta(
                        position.currentPage(),
                        position.pageSize(),
                        position.totalPages(),
                        position.totalCount(),
                        position.nextCursor(),
                        pending));
    }

    /** Returns the page's position in the list. */
    Page.Meta position() {
        return new Page.Meta(
                meta.currentPage(), meta.pageSize(), meta.totalPages(), meta.totalCount(), meta.nextCursor());
    }
}

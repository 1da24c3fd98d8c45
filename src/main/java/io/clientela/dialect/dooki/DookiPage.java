package io.clientela.dialect.dooki;

import io.clientela.http.Page;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.function.IntFunction;

/** A page of customers as Dooki shows it. */
@RegisterForReflection
record DookiPage(List<DookiCustomer> data, Meta meta) {
    @RegisterForReflection
    record Meta(Pagination pagination) {}

    /**
     * The position of a page, its numbers as text.
     *
     * @param count how many customers the page has
     */
    @RegisterForReflection
    record Pagination(String total, String count, String perPage, String currentPage, String totalPages, Links links) {}

    /** The absolute URLs of the pages beside this one, or empty texts. */
    @RegisterForReflection
    record Links(String previous, String next) {}

    /** @param link returns the URL of a page by its number */
    static DookiPage of(List<DookiCustomer> customers, Page.Meta position, IntFunction<String> link) {
        int page = position.currentPage();
        return new DookiPage(
                customers,
                new Meta(new Pagination(
                        String.valueOf(position.totalCount()),
                        String.valueOf(customers.size()),
                        String.valueOf(position.pageSize()),
                        String.valueOf(page),
                        String.valueOf(position.totalPages()),
                        new Links(
                                page > 1 ? link.apply(page - 1) : "",
                                page < position.totalPages() ? link.apply(page + 1) : ""))));
    }
}

package io.clientela.dialect.location;

import io.clientela.customer.CustomerView;
import io.clientela.http.Page;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** A page of customers as a business location shows it. */
@RegisterForReflection
record LocationPage(List<LocationCustomer> customers, Pagination pagination) {
    /** The position of a page. */
    @RegisterForReflection
    record Pagination(int page, int pageSize, long total, long pages) {}

    static LocationPage of(Page<CustomerView> page) {
        var meta = page.meta();
        return new LocationPage(
                page.data().stream().map(LocationCustomer::of).toList(),
                new Pagination(meta.currentPage(), meta.pageSize(), meta.totalCount(), meta.totalPages()));
    }
}

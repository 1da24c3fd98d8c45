package io.clientela.dialect.voki;

import io.clientela.customer.CustomerView;
import io.clientela.http.Page;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** A page of customers as Voki shows it. */
@RegisterForReflection
record VokiPage(List<VokiCustomer> data, Meta meta) {
    /** The position of a page. */
    @RegisterForReflection
    record Meta(int currentPage, int pageSize, long totalPages, long totalCount) {}

    static VokiPage of(Page<CustomerView> page) {
        var meta = page.meta();
        return new VokiPage(
                page.data().stream().map(VokiCustomer::of).toList(),
                new Meta(meta.currentPage(), meta.pageSize(), meta.totalPages(), meta.totalCount()));
    }
}

package io.clientela.dialect.storefront;

import io.clientela.customer.CustomerView;
import io.clientela.http.Page;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** A page of customers as the storefront shows it. */
@RegisterForReflection
record StorefrontPage(List<StorefrontCustomer> items, long total, int page, int pageSize, long pages) {
    static StorefrontPage of(Page<CustomerView> page) {
        var meta = page.meta();
        return new StorefrontPage(
                page.data().stream().map(StorefrontCustomer::of).toList(),
                meta.totalCount(),
                meta.currentPage(),
                meta.pageSize(),
                meta.totalPages());
    }
}

package peer;

import java.util.List;

/** A page of customers, as it goes on the wire. */
record CustomerPage(List<Customer> data, Meta meta) {
    record Meta(int currentPage, int pageSize, Long totalPages, Long totalCount) {}

    /** @param total how many customers there are in all, or null if nobody counted */
    static CustomerPage of(List<Customer> data, int page, int size, Long total) {
        return new CustomerPage(data, new Meta(page, size, total == null ? null : (total + size - 1) / size, total));
    }
}

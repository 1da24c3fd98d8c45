package peer;

import java.util.List;

/** The JSON of a page of customers. */
record CustomerPage(List<Customer> data, Meta meta) {
    record Meta(int currentPage, int pageSize, Long totalPages, Long totalCount) {}

    /** @param total the number of all customers, or null if they were not counted */
    static CustomerPage of(List<Customer> data, int page, int size, Long total) {
        return new CustomerPage(data, new Meta(page, size, total == null ? null : (total + size - 1) / size, total));
    }
}

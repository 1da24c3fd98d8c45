package io.clientela.activity;

import io.clientela.database.Database;
import io.clientela.http.PageRequest;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads the addresses of one customer for APIs that have no pages of them. */
@Singleton
public class CustomerAddresses {
    private static final int PAGE_SIZE = 200;

    /** Nobody has a thousand addresses; who adds more does not get more of the memory. */
    private static final int MAX_PAGES = 5;

    private final Database database;
    private final Caller caller;
    private final AddressType type;

    CustomerAddresses(Database database, Caller caller, AddressType type) {
        this.database = database;
        this.caller = caller;
        this.type = type;
    }

    /**
     * Returns the first 1,000 addresses of a customer in the order in which they were added, by one statement for each
     * 200. The caller must have found the customer before.
     */
    public Uni<List<AddressView>> of(UUID customer) {
        return from(1, customer, new ArrayList<>());
    }

    private Uni<List<AddressView>> from(int page, UUID customer, List<AddressView> addresses) {
        return type.table()
                .page(database, caller.tenant(), customer, new PageRequest(page, PAGE_SIZE, Optional.empty(), false))
                .chain(found -> {
                    addresses.addAll(found.data());
                    return found.meta().nextCursor() == null || page == MAX_PAGES
                            ? Uni.createFrom().item(addresses)
                            : from(page + 1, customer, addresses);
                });
    }
}

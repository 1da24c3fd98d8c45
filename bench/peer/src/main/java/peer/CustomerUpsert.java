package peer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;

/** Updates the matching customer, or creates one. The identifiers are locked first, so that none is created twice. */
@Service
class CustomerUpsert {
    private final CustomerService service;
    private final CustomerRepository customers;
    private final CustomerWriter writer;
    private final IdentifierLocks locks;

    CustomerUpsert(
            CustomerService service, CustomerRepository customers, CustomerWriter writer, IdentifierLocks locks) {
        this.service = service;
        this.customers = customers;
        this.writer = writer;
        this.locks = locks;
    }

    record Result(String outcome, List<String> matchedOn, Customer customer) {}

    @Transactional
    public Mono<Result> upsert(Caller caller, CustomerInput body) {
        var input = service.customer(caller.tenant(), body);
        return locks.acquire(input)
                .thenMany(customers.findAndLock(
                        caller.tenant(), input.externalId, input.documentKey, input.emailKey, input.phoneKey))
                .collectList()
                .flatMap(found -> switch (found.size()) {
                    case 0 -> writer.insert(caller, input).map(made -> new Result("created", List.of(), made));
                    case 1 -> update(caller, found.get(0), input);
                    default ->
                        Mono.error(new ResponseStatusException(HttpStatus.CONFLICT, "These are several customers."));
                });
    }

    private Mono<Result> update(Caller caller, Customer customer, Customer input) {
        var matchedOn = matchedOn(customer, input);
        var before = writer.state(customer);
        long version = customer.version;
        overwrite(customer, input);
        return writer.update(caller, customer, before)
                .map(written ->
                        new Result(written.version == version ? "unchanged" : "updated", matchedOn, written));
    }

    /** Overwrites the fields that have a value in the input. */
    private static void overwrite(Customer customer, Customer input) {
        ifPresent(input.externalId, value -> customer.externalId = value);
        ifPresent(input.name, value -> customer.name = value);
        ifPresent(input.firstName, value -> customer.firstName = value);
        ifPresent(input.lastName, value -> customer.lastName = value);
        ifPresent(input.companyName, value -> customer.companyName = value);
        ifPresent(input.email, value -> customer.email = value);
        ifPresent(input.emailKey, value -> customer.emailKey = value);
        ifPresent(input.phone, value -> customer.phone = value);
        ifPresent(input.phoneKey, value -> customer.phoneKey = value);
        ifPresent(input.document, value -> customer.document = value);
        ifPresent(input.documentKey, value -> customer.documentKey = value);
        ifPresent(input.documentType, value -> customer.documentType = value);
        ifPresent(input.documentValid, value -> customer.documentValid = value);
        ifPresent(input.source, value -> customer.source = value);
        ifPresent(input.birthday, value -> customer.birthday = value);
        ifPresent(input.address, value -> customer.address = value);
        ifPresent(input.tags, value -> customer.tags = value);
        ifPresent(input.locationId, value -> customer.locationId = value);
        ifPresent(input.notes, value -> customer.notes = value);
        ifPresent(input.newsletter, value -> customer.newsletter = value);
        ifPresent(input.attributes, value -> customer.attributes = value);
    }

    private static <T> void ifPresent(T value, Consumer<T> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }

    private static List<String> matchedOn(Customer customer, Customer input) {
        List<String> kinds = new ArrayList<>();
        add(kinds, "external_id", customer.externalId, input.externalId);
        add(kinds, "document", customer.documentKey, input.documentKey);
        add(kinds, "email", customer.emailKey, input.emailKey);
        add(kinds, "phone", customer.phoneKey, input.phoneKey);
        return kinds;
    }

    private static void add(List<String> kinds, String kind, String has, String input) {
        if (input != null && input.equals(has)) {
            kinds.add(kind);
        }
    }
}

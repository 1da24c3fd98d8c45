package peer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import jakarta.validation.Validator;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Creates, reads and changes customers. */
@Service
class CustomerService {
    private static final Pattern DIGITS_AND_PUNCTUATION = Pattern.compile("[0-9 ().+/-]+");
    private static final Set<String> WRITABLE = Stream.of(CustomerInput.class.getRecordComponents())
            .map(component -> new SnakeCaseStrategy().translate(component.getName()))
            .collect(Collectors.toSet());

    private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();
    private final CustomerRepository customers;
    private final CustomerWriter writer;
    private final IdentifierLocks locks;
    private final Identifiers identifiers;
    private final ObjectMapper mapper;
    private final Validator validator;

    CustomerService(
            CustomerRepository customers,
            CustomerWriter writer,
            IdentifierLocks locks,
            Identifiers identifiers,
            ObjectMapper mapper,
            Validator validator) {
        this.customers = customers;
        this.writer = writer;
        this.locks = locks;
        this.identifiers = identifiers;
        this.mapper = mapper;
        this.validator = validator;
    }

    Mono<Customer> get(String tenant, UUID id) {
        return customers.findByTenantIdAndId(tenant, id).switchIfEmpty(notFound());
    }

    Mono<CustomerPage> list(String tenant, String search, int page, int size, boolean counted) {
        long offset = (page - 1L) * size;
        var text = search.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        var digits = text.replaceAll("[^0-9]", "");
        Flux<Customer> found;
        Mono<Long> total;
        if (text.isEmpty()) {
            found = customers.page(tenant, size, offset);
            total = customers.count(tenant);
        } else if (DIGITS_AND_PUNCTUATION.matcher(text).matches() && digits.length() >= 3) {
            found = customers.search(tenant, text, digits, size, offset);
            total = customers.count(tenant, text, digits);
        } else {
            found = customers.search(tenant, text, size, offset);
            total = customers.count(tenant, text);
        }
        return found.collectList()
                .flatMap(data -> counted
                        ? total.map(count -> CustomerPage.of(data, page, size, count))
                        : Mono.just(CustomerPage.of(data, page, size, null)));
    }

    @Transactional
    public Mono<Customer> create(Caller caller, CustomerInput input) {
        var customer = customer(caller.tenant(), input);
        return requireUniqueExternalId(customer).then(Mono.defer(() -> writer.insert(caller, customer)));
    }

    /** Locks the external id, if there is one, so that its owner cannot appear before the commit. */
    private Mono<Void> requireUniqueExternalId(Customer customer) {
        if (customer.externalId == null) {
            return Mono.empty();
        }
        return locks.acquireExternalId(customer)
                .then(customers.existsByTenantIdAndExternalId(customer.tenantId, customer.externalId))
                .flatMap(exists -> exists
                        ? Mono.error(new ResponseStatusException(HttpStatus.CONFLICT, "Another customer has this id."))
                        : Mono.empty());
    }

    @Transactional
    public Mono<Customer> setStatus(Caller caller, UUID id, String status) {
        return lock(caller, id).flatMap(customer -> {
            var before = writer.state(customer);
            customer.status = status;
            return writer.update(caller, customer, before);
        });
    }

    /** Changes a customer by a JSON Merge Patch (RFC 7396). */
    @Transactional
    public Mono<Customer> patch(Caller caller, UUID id, ObjectNode patch) {
        return lock(caller, id).flatMap(customer -> {
            var before = writer.state(customer);
            write(customer, patched(customer, before, patch));
            return writer.update(caller, customer, before);
        });
    }

    private Mono<Customer> lock(Caller caller, UUID id) {
        return customers.findAndLockByTenantIdAndId(caller.tenant(), id).switchIfEmpty(notFound());
    }

    private CustomerInput patched(Customer customer, ObjectNode before, ObjectNode patch) {
        var fields = before.deepCopy().retain(WRITABLE);
        CustomerInput input;
        try {
            // The state has them as raw text.
            fields.set("attributes", mapper.readTree(customer.attributes));
            merge(fields, patch);
            input = mapper.treeToValue(fields, CustomerInput.class);
        } catch (JsonProcessingException e) {
            throw new ResponseStatusException(HttpStatus.UNPROCESSABLE_ENTITY, "The patch is not valid.", e);
        }
        if (!validator.validate(input).isEmpty()) {
            throw new ResponseStatusException(HttpStatus.UNPROCESSABLE_ENTITY, "The patched customer is not valid.");
        }
        return input;
    }

    private static void merge(ObjectNode target, ObjectNode patch) {
        patch.properties().forEach(member -> {
            if (member.getValue().isNull()) {
                target.remove(member.getKey());
            } else if (member.getValue() instanceof ObjectNode object) {
                merge(target.withObjectProperty(member.getKey()), object);
            } else {
                target.set(member.getKey(), member.getValue());
            }
        });
    }

    /** Builds a new customer from its input. */
    Customer customer(String tenant, CustomerInput input) {
        var customer = new Customer();
        customer.tenantId = tenant;
        customer.id = ids.generate();
        customer.version = 1;
        customer.role = "customer";
        customer.totalSpent = BigDecimal.ZERO;
        customer.createdAt = CustomerWriter.now();
        customer.updatedAt = customer.createdAt;
        write(customer, input);
        return customer;
    }

    /** Sets all writable fields. */
    private void write(Customer customer, CustomerInput input) {
        customer.externalId = input.externalId();
        customer.type = orElse(input.type(), "individual");
        customer.status = orElse(input.status(), "active");
        customer.stateRegistration = input.stateRegistration();
        customer.source = input.source();
        customer.avatar = input.avatar();
        customer.birthday = input.birthday();
        customer.address = input.address();
        customer.tags = orElse(input.tags(), List.<String>of()).stream()
                .map(String::strip)
                .distinct()
                .toArray(String[]::new);
        customer.locationId = input.locationId();
        customer.value = input.value() == null ? null : input.value().setScale(2);
        customer.autoPayment = input.autoPayment();
        customer.notes = input.notes();
        customer.attributes = input.attributes() == null ? "{}" : input.attributes().toString();
        name(customer, input);
        identify(customer, input);
        consent(customer, input);
    }

    /** Splits the name of a person into first and last name, or joins these if there is no name. */
    private static void name(Customer customer, CustomerInput input) {
        customer.name = input.name();
        customer.firstName = input.firstName();
        customer.lastName = input.lastName();
        customer.companyName = input.companyName();
        if (customer.name == null) {
            var person = (orElse(customer.firstName, "") + " " + orElse(customer.lastName, "")).strip();
            boolean company = person.isEmpty() || customer.type.equals("company") && customer.companyName != null;
            customer.name = company ? customer.companyName : person;
        } else if (customer.type.equals("individual") && customer.firstName == null && customer.lastName == null) {
            var parts = customer.name.strip().split(" +", 2);
            customer.firstName = parts[0];
            customer.lastName = parts.length > 1 ? parts[1] : null;
        }
    }

    private void identify(Customer customer, CustomerInput input) {
        customer.email = input.email();
        customer.emailKey = identifiers.emailKey(input.email());
        customer.phone = input.phone();
        if (input.phone() != null) {
            customer.phoneKey = identifiers
                    .phoneKey(input.phone())
                    .orElseThrow(() ->
                            new ResponseStatusException(HttpStatus.UNPROCESSABLE_ENTITY, "phone is not a phone number"));
        }
        customer.document = input.document();
        customer.documentKey = identifiers.documentKey(input.document());
        customer.documentType = orElse(input.documentType(), identifiers.documentType(customer.documentKey));
        customer.documentValid = identifiers.documentValid(customer.documentType, customer.documentKey);
    }

    private static void consent(Customer customer, CustomerInput input) {
        if (input.preferences() != null) {
            customer.orderUpdates = input.preferences().orderUpdates();
            customer.promotions = input.preferences().promotions();
            customer.newsletter = input.preferences().newsletter();
            customer.whatsapp = input.preferences().whatsapp();
        }
        if (input.social() != null) {
            customer.socialDriver = input.social().driver();
            customer.socialId = input.social().id();
        }
        if (input.utm() != null) {
            customer.utmSource = input.utm().source();
            customer.utmCampaign = input.utm().campaign();
        }
    }

    private static <T> Mono<T> notFound() {
        return Mono.error(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such customer."));
    }

    private static <T> T orElse(T value, T fallback) {
        return value == null ? fallback : value;
    }
}

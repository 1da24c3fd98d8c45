package io.clientela.customer;

import io.clientela.database.Database;
import io.clientela.database.TenantStatement;
import io.clientela.http.Page;
import io.clientela.http.PageRequest;
import io.clientela.http.json.JsonBody;
import io.clientela.http.problem.MergedRedirectException;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The use cases of customers. Each method is one transaction, or one read without a transaction. */
@ApplicationScoped
public class CustomerService {
    private static final Predicate<Identifier> IS_EXTERNAL_ID =
            identifier -> identifier.kind() == Identifier.Kind.EXTERNAL_ID;

    private final Database database;
    private final Caller caller;
    private final CustomerReader reader;
    private final CustomerLocks locks;
    private final CustomerRecords records;
    private final CustomerPatch patches;
    private final Identifiers identifiers;
    private final MergeRedirects redirects;

    CustomerService(
            Database database,
            Caller caller,
            CustomerReader reader,
            CustomerLocks locks,
            CustomerRecords records,
            CustomerPatch patches,
            Identifiers identifiers,
            MergeRedirects redirects) {
        this.database = database;
        this.caller = caller;
        this.reader = reader;
        this.locks = locks;
        this.records = records;
        this.patches = patches;
        this.identifiers = identifiers;
        this.redirects = redirects;
    }

    /**
     * Lists a page of customers.
     *
     * @throws ProblemException 403 if the filter asks for a location other than the caller's
     */
    public Uni<Page<CustomerView>> list(CustomerQuery query, PageRequest page) {
        return reader.page(caller.tenant(), query.restrictedTo(caller.location()), page);
    }

    /** Returns the customers with these ids by id; unknown ids are left out. */
    public Uni<Map<UUID, CustomerView>> mapByIds(Collection<UUID> ids) {
        return reader.byIds(caller.tenant(), caller.confinement(), ids)
                .map(found -> found.stream().collect(Collectors.toMap(CustomerView::id, Function.identity())));
    }

    /**
     * Returns a customer.
     *
     * @throws MergedRedirectException if the customer was merged into another one
     * @throws ProblemException 404 if the tenant has no customer with this id
     */
    public Uni<CustomerView> get(UUID id) {
        return get(id, FieldSelection.ALL);
    }

    /**
     * Returns a customer by number. The number of a customer who was merged into another one leads to that one.
     *
     * @throws ProblemException 404 if the tenant has no customer with this number
     */
    public Uni<CustomerView> getByNumber(long number) {
        return reader.byNumber(caller.tenant(), caller.confinement(), number)
                .chain(found -> found.map(customer -> Uni.createFrom().item(customer))
                        .orElseGet(() -> redirects.currentIdByNumber(number).chain(this::getMerged)));
    }

    /** The customer may be merged again, or an undo may have restored the source, between the two reads. */
    private Uni<CustomerView> getMerged(Optional<UUID> current) {
        return get(current.orElseThrow(ProblemException::notFound))
                .onFailure(MergedRedirectException.class)
                .recoverWithUni(merged -> getMerged(Optional.of(merged.to())));
    }

    /** Returns these fields of a customer, otherwise like {@link #get(UUID)}. */
    Uni<CustomerView> get(UUID id, FieldSelection shown) {
        return reader.byId(caller.tenant(), caller.confinement(), id, shown)
                .chain(found -> found.map(customer -> Uni.createFrom().item(customer))
                        .orElseGet(() -> redirects.currentId(id).chain(current -> getAgain(id, current))));
    }

    /** An undo may have restored the customer between the two reads. */
    private Uni<CustomerView> getAgain(UUID id, Optional<UUID> current) {
        if (current.equals(Optional.of(id))) {
            return get(id);
        }
        throw redirectOrNotFound(id, current);
    }

    /**
     * Requires, of a caller who is confined to a location, that the customer is there. Other callers need not ask: what
     * they read next tells.
     *
     * @throws ProblemException 404 if the customer is not at the caller's location
     */
    public Uni<Void> requireVisible(UUID id) {
        return caller.confinement().isEmpty() ? Uni.createFrom().voidItem() : get(id).replaceWithVoid();
    }

    /**
     * Creates a customer.
     *
     * @param input the validated fields
     * @param unique whether to reject a document, e-mail or phone that another customer has; external ids are always
     *     unique
     * @throws ProblemException 409 {@code duplicate_customer}, 403 if the location is not the caller's
     */
    public Uni<CustomerView> create(CustomerFields input, boolean unique) {
        var claimed = identifiers.of(input).stream()
                .filter(unique ? identifier -> !Placeholders.isPlaceholder(identifier) : IS_EXTERNAL_ID)
                .toList();
        return database.transaction(() -> TenantStatement.pipelined(
                        IdentifierLocks.acquire(caller.tenant(), claimed),
                        locks.requireUnique(claimed, Optional.empty()))
                .chain(() -> records.create(input)));
    }

    /**
     * Changes a customer by JSON Merge Patch (RFC 7396). A patch without effect does not change the version.
     *
     * @param ifMatch the {@code If-Match} header, or null
     * @throws ProblemException 404, 409 {@code duplicate_customer} or {@code merged}, 412, or 422 if the result is
     *     invalid
     */
    public Uni<CustomerView> update(UUID id, String ifMatch, JsonBody<CustomerFields> patch) {
        var patched = identifiers.of(patch.value());
        var externalId = patched.stream().filter(IS_EXTERNAL_ID).toList();
        return database.transaction(() -> TenantStatement.pipelined(
                        IdentifierLocks.acquire(caller.tenant(), patched), locks.lock(id, ifMatch))
                .call(customer -> locks.requireUnique(externalId, Optional.of(id)))
                .invoke(customer -> records.write(customer, patches.result(customer, patch)))
                .chain(customer -> records.save(customer, CustomerChange::typeOf)));
    }

    /** Sets a customer's status; setting the current status has no effect. */
    public Uni<CustomerView> setStatus(UUID id, String ifMatch, CustomerStatus status) {
        return change(id, ifMatch, customer -> customer.fields = customer.fields.withStatus(status));
    }

    /** Sets a customer's role; setting the current role has no effect. */
    public Uni<CustomerView> setRole(UUID id, String ifMatch, String role) {
        return change(id, ifMatch, customer -> customer.state = customer.state.withRole(role));
    }

    private Uni<CustomerView> change(UUID id, String ifMatch, Consumer<Customer> change) {
        return database.transaction(() -> locks.lock(id, ifMatch)
                .invoke(customer -> change.accept(customer.entity()))
                .chain(customer -> records.save(customer, CustomerChange::typeOf)));
    }

    private static RuntimeException redirectOrNotFound(UUID id, Optional<UUID> survivor) {
        return survivor.<RuntimeException>map(to -> new MergedRedirectException(id, to))
                .orElseGet(ProblemException::notFound);
    }
}

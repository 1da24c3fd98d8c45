package io.clientela.customer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.http.ETags;
import io.clientela.http.JsonBodies;
import io.clientela.http.MergePatch;
import io.clientela.http.Page;
import io.clientela.http.PageRequest;
import io.clientela.http.ProblemCode;
import io.clientela.http.ProblemException;
import io.clientela.tenancy.Caller;
import io.clientela.tenancy.CallerFilter;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;

/** What can be done with customers. Each method is one transaction, or one read without any. */
@ApplicationScoped
public class CustomerService {
    private final Caller caller;
    private final CustomerReader reader;
    private final CustomerRules rules;
    private final Identifiers identifiers;
    private final CustomerJson json;
    private final JsonBodies bodies;
    private final ChangeLog log;
    private final CustomerSettings settings;

    CustomerService(
            Caller caller,
            CustomerReader reader,
            CustomerRules rules,
            Identifiers identifiers,
            CustomerJson json,
            JsonBodies bodies,
            ChangeLog log,
            CustomerSettings settings) {
        this.caller = caller;
        this.reader = reader;
        this.rules = rules;
        this.identifiers = identifiers;
        this.json = json;
        this.bodies = bodies;
        this.log = log;
        this.settings = settings;
    }

    /**
     * Finds customers.
     *
     * @throws ProblemException 403 if the filter reaches outside the caller's location
     */
    public Uni<Page<CustomerView>> list(CustomerQuery query, PageRequest page) {
        return reader.page(caller.tenant(), query.confinedTo(caller.location()), page);
    }

    /**
     * Finds one customer.
     *
     * @throws ProblemException 404 if the tenant has none with this id
     */
    public Uni<CustomerView> get(UUID id) {
        return reader.byId(caller.tenant(), id).map(found -> found.orElseThrow(ProblemException::notFound));
    }

    /**
     * Creates a customer.
     *
     * @param input what the caller wrote, already found valid
     * @param unique whether a customer with the same external id, document, e-mail or phone forbids it
     * @throws ProblemException 409 {@code duplicate_customer}, 403 if the location is not the caller's
     */
    public Uni<CustomerView> create(CustomerInput input, boolean unique) {
        var customer = Customer.of(caller.tenant());
        customer.write(rules.completed(located(input)), identifiers);
        return Panache.withTransaction(() -> refuseDuplicates(customer, unique)
                .chain(() -> customer.insert())
                .chain(() -> write(
                        CustomerChange.CREATED, customer, json.changes(json.none(), json.tree(customer.view())))));
    }

    /**
     * Changes a customer by JSON Merge Patch (RFC 7396). A patch that changes nothing leaves the version alone.
     *
     * @param ifMatch the {@code If-Match} header, or null
     * @throws ProblemException 404, 409 {@code duplicate_customer}, 412, or 422 for what the patch would lead to
     */
    public Uni<CustomerView> update(UUID id, String ifMatch, ObjectNode patch) {
        return change(id, ifMatch, (customer, before) -> patch(customer, before, patch));
    }

    /** Changes a customer's status; the same status again changes nothing. */
    public Uni<CustomerView> setStatus(UUID id, String ifMatch, CustomerStatus status) {
        return change(id, ifMatch, (customer, before) -> customer.status = status);
    }

    /** Changes a customer's role; the same role again changes nothing. */
    public Uni<CustomerView> setRole(UUID id, String ifMatch, String role) {
        return change(id, ifMatch, (customer, before) -> customer.role = role);
    }

    /**
     * Deletes a customer. What happened to them stays in the history.
     *
     * @param force whether the delete rules are overridden
     * @throws ProblemException 404, 409 {@code delete_refused} with the rules that object, 412
     */
    public Uni<Void> delete(UUID id, String ifMatch, boolean force) {
        return Panache.withTransaction(() -> locked(id, ifMatch).chain(customer -> {
            var inForce = force
                    ? Set.<DeleteRule>of()
                    : settings.delete().refusedWith().orElse(Set.of());
            var objections = DeleteRule.objections(inForce, customer.totalOrders, customer.callCount);
            if (!objections.isEmpty()) {
                throw new ProblemException(
                                ProblemCode.DELETE_REFUSED, "The customer cannot be deleted while they have these.")
                        .with("rules", DeleteRule.json(objections));
            }
            var before = json.tree(customer.view());
            customer.touch();
            var change = new CustomerChange(
                    CustomerChange.DELETED,
                    customer.id,
                    customer.version + 1,
                    customer.updatedAt,
                    json.changes(before, json.none()));
            return customer.deleteRow().chain(() -> log.write(change));
        }));
    }

    private Uni<CustomerView> change(UUID id, String ifMatch, BiConsumer<Customer, ObjectNode> change) {
        return Panache.withTransaction(() -> locked(id, ifMatch).chain(customer -> {
            var before = json.tree(customer.view());
            change.accept(customer, before);
            var changes = json.changes(before, json.tree(customer.view()));
            return changes.isEmpty() ? unchanged(customer) : changed(customer, changes);
        }));
    }

    /** Nothing is written: not even a match key that another setting would make differently today. */
    private static Uni<CustomerView> unchanged(Customer customer) {
        return Panache.getSession().invoke(session -> session.detach(customer)).map(session -> customer.view());
    }

    private Uni<CustomerView> changed(Customer customer, ObjectNode changes) {
        customer.touch();
        Uni<Void> allowed = changes.has("external_id")
                ? refuseDuplicates(customer, false)
                : Uni.createFrom().voidItem();
        return allowed.chain(() -> customer.<Customer>flush()).chain(() -> write(type(changes), customer, changes));
    }

    private void patch(Customer customer, ObjectNode present, ObjectNode patch) {
        var writable = CustomerJson.writable(present);
        var before = bodies.read(writable.deepCopy(), CustomerInput.class, input -> List.of())
                .value();
        Set<String> given = new HashSet<>();
        patch.fieldNames().forEachRemaining(given::add);
        var merged = bodies.read(
                        MergePatch.apply(writable, patch), CustomerInput.class, input -> rules.ofGiven(input, given))
                .value();
        var after = rules.completed(before, merged, given);
        var errors = rules.ofCompleted(before, after);
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        customer.write(after, identifiers);
    }

    private static Uni<Void> refuseDuplicates(Customer customer, boolean unique) {
        if (unique) {
            return Duplicates.refuseAny(customer);
        }
        return customer.externalId == null ? Uni.createFrom().voidItem() : Duplicates.refuseExternalId(customer);
    }

    private Uni<Customer> locked(UUID id, String ifMatch) {
        return Customer.lockById(caller.tenant(), id)
                .map(found -> found.orElseThrow(ProblemException::notFound))
                .invoke(customer -> ETags.requireMatch(ifMatch, customer.version));
    }

    private Uni<CustomerView> write(String type, Customer customer, ObjectNode changes) {
        var view = customer.view();
        return log.write(new CustomerChange(type, view.id(), view.version(), view.updatedAt(), changes))
                .replaceWith(view);
    }

    private static String type(ObjectNode changes) {
        if (changes.size() == 1 && changes.has("status")) {
            return CustomerChange.STATUS_CHANGED;
        }
        return changes.has("role") ? CustomerChange.ROLE_CHANGED : CustomerChange.UPDATED;
    }

    private CustomerInput located(CustomerInput input) {
        Optional<String> confined = caller.location();
        if (confined.isEmpty()) {
            return input;
        }
        if (input.locationId() != null && !input.locationId().equals(confined.get())) {
            throw CallerFilter.outside();
        }
        return input.withLocation(confined.get());
    }
}

package io.clientela.dialect;

import io.clientela.customer.CustomerFields;
import io.clientela.customer.CustomerService;
import io.clientela.customer.CustomerStatus;
import io.clientela.customer.CustomerView;
import io.clientela.customer.DeleteService;
import io.clientela.http.json.JsonBody;
import io.clientela.http.problem.MergedRedirectException;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.function.Function;

/**
 * Reads and changes single customers for clients that know nothing of merges: the id of a customer that was merged into
 * another one means that one. Only a delete is rejected: who deletes a duplicate does not mean the customer who
 * remained.
 */
@ApplicationScoped
public class DialectCustomers {
    private static final String MERGED_INTO = "merged_into";

    private final CustomerService customers;
    private final DeleteService deletes;

    DialectCustomers(CustomerService customers, DeleteService deletes) {
        this.customers = customers;
        this.deletes = deletes;
    }

    /**
     * Returns a customer, or the one into whom it was merged.
     *
     * @throws ProblemException 404
     */
    public Uni<CustomerView> get(UUID id) {
        return customers.get(id).onFailure(MergedRedirectException.class).recoverWithUni(merged -> get(merged.to()));
    }

    /**
     * Changes a customer, or the one into whom it was merged.
     *
     * @throws ProblemException 404, 409 {@code duplicate_customer} or {@code customer_anonymized}, 422
     */
    public Uni<CustomerView> update(UUID id, JsonBody<CustomerFields> change) {
        return onSurvivor(id, current -> customers.update(current, null, change));
    }

    /** Sets the status of a customer, or of the one into whom it was merged. */
    public Uni<CustomerView> setStatus(UUID id, CustomerStatus status) {
        return onSurvivor(id, current -> customers.setStatus(current, null, status));
    }

    /**
     * Deletes a customer.
     *
     * @throws ProblemException 404, 409 {@code delete_refused} or {@code merged}
     */
    public Uni<Void> delete(UUID id) {
        return deletes.delete(id, null, false).onFailure(ProblemException.class).transform(DialectCustomers::explained);
    }

    /** Says all in one sentence: clients of dialects do not see what else a problem has, and have no {@code force}. */
    private static ProblemException explained(ProblemException problem) {
        return switch (problem.code()) {
            case MERGED ->
                new ProblemException(
                        ProblemCode.MERGED,
                        "The customer was merged into " + survivor(problem) + ". Delete that one, if it is meant.");
            case DELETE_REFUSED ->
                new ProblemException(
                        ProblemCode.DELETE_REFUSED,
                        "The customer has calls or orders that forbid the delete. Remove or complete them first.");
            default -> problem;
        };
    }

    private static Uni<CustomerView> onSurvivor(UUID id, Function<UUID, Uni<CustomerView>> write) {
        return write.apply(id)
                .onFailure(DialectCustomers::isMerged)
                .recoverWithUni(merged -> onSurvivor(survivor(merged), write));
    }

    private static UUID survivor(Throwable merged) {
        return UUID.fromString(
                ((ProblemException) merged).members().get(MERGED_INTO).toString());
    }

    private static boolean isMerged(Throwable failure) {
        return failure instanceof ProblemException problem && problem.code() == ProblemCode.MERGED;
    }
}

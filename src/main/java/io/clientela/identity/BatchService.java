package io.clientela.identity;

import io.clientela.http.problem.Failures;
import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemException;
import io.clientela.identity.BatchReader.Element;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** Applies the upserts of one request, individually or atomically. */
@ApplicationScoped
class BatchService {
    private static final Logger LOG = Logger.getLogger(BatchService.class);

    /** The number of upserts that one transaction applies. */
    private static final int CHUNK = 200;

    private final UpsertService upserts;

    BatchService(UpsertService upserts) {
        this.upserts = upserts;
    }

    /**
     * Applies all upserts in one transaction, or none.
     *
     * @throws ProblemException 422 with every violated field of every upsert, or the problem of the first upsert that
     *     fails
     */
    Uni<BatchResult> atomically(List<Element> elements) {
        List<FieldError> errors = new ArrayList<>();
        elements.forEach(element -> element.problem()
                .ifPresent(problem ->
                        errors.addAll(atIndex(problem, element.index()).errors())));
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        var items = new BatchItems();
        return upserts.upsertAll(upserts(elements), items::of, (index, problem) -> {
                    throw atIndex(problem, index);
                })
                .map(BatchResult::of);
    }

    /**
     * Applies each upsert independently; an upsert with a problem does not affect the others.
     *
     * @param oneTransaction whether a transaction of the caller includes all upserts; a database failure then fails all
     *     of them, not only its chunk
     */
    Uni<BatchResult> individually(List<Element> elements, boolean oneTransaction) {
        var bounded = new BatchItems();
        var items = new BatchItem[elements.size()];
        elements.forEach(element -> element.problem()
                .ifPresent(problem -> items[element.index()] = BatchItem.of(element.index(), problem)));
        var readable = elements.stream()
                .filter(element -> element.upsert().isPresent())
                .toList();
        return Multi.createFrom()
                .iterable(readable)
                .group()
                .intoLists()
                .of(oneTransaction ? Math.max(1, readable.size()) : CHUNK)
                .onItem()
                .transformToUniAndConcatenate(
                        chunk -> oneTransaction ? apply(chunk, bounded) : applyOrReport(chunk, bounded))
                .onItem()
                .invoke(results -> results.forEach(item -> items[item.index()] = item))
                .collect()
                .last()
                .map(ignored -> BatchResult.of(List.of(items)));
    }

    private Uni<List<BatchItem>> apply(List<Element> chunk, BatchItems items) {
        return upserts.upsertAll(
                upserts(chunk),
                (i, result) -> items.of(chunk.get(i).index(), result),
                (i, problem) -> BatchItem.of(chunk.get(i).index(), problem));
    }

    private static List<Upsert> upserts(List<Element> elements) {
        return elements.stream().map(element -> element.upsert().orElseThrow()).toList();
    }

    private Uni<List<BatchItem>> applyOrReport(List<Element> chunk, BatchItems items) {
        return apply(chunk, items).onFailure().recoverWithItem(failure -> {
            LOG.warnf(failure, "Batch chunk of %d upserts failed", chunk.size());
            var problem = Failures.of(failure);
            return chunk.stream()
                    .map(element -> BatchItem.of(element.index(), problem))
                    .toList();
        });
    }

    /** Returns the problem with its fields relative to the whole batch. */
    private static ProblemException atIndex(ProblemException problem, int index) {
        var errors = problem.errors().stream()
                .map(error -> new FieldError("/customers/" + index + error.field(), error.code(), error.message()))
                .toList();
        var atIndex = errors.isEmpty()
                ? new ProblemException(problem.code(), problem.getMessage())
                : ProblemException.invalid(errors);
        problem.members().forEach(atIndex::with);
        return atIndex.with("index", index);
    }
}

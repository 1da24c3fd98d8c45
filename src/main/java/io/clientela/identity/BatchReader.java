package io.clientela.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.http.json.JsonBodies;
import io.clientela.http.json.JsonTree;
import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the upserts of a batch; an element that is not valid does not keep the others out. */
@Singleton
class BatchReader {
    static final String CUSTOMERS = "customers";
    static final int MAX_SIZE = 1_000;
    /** The errors that are listed for all elements together; each further element lists its first one only. */
    private static final int MAX_ERRORS = 1_000;

    private static final String POINTER = "/" + CUSTOMERS;

    private final JsonBodies bodies;
    private final UpsertReader reader;

    BatchReader(JsonBodies bodies, UpsertReader reader) {
        this.bodies = bodies;
        this.reader = reader;
    }

    /**
     * An element of a batch.
     *
     * @param index its place in the batch, from 0
     * @param upsert what it asks for; empty if it is not valid
     * @param problem why it is not valid
     */
    record Element(int index, Optional<Upsert> upsert, Optional<ProblemException> problem) {}

    /**
     * Parses the body of a batch, without reading its elements.
     *
     * @throws ProblemException 400 if it is no JSON object, 422 if it has no list of 1 to 1,000 customers
     */
    Batch parse(byte[] body) {
        var tree = bodies.parse(body);
        return new Batch(tree, customers(tree));
    }

    /** A batch whose elements are read in their order, a few at a time. */
    final class Batch {
        private final JsonTree tree;
        private final ArrayNode customers;
        private int read;
        private int errors;

        private Batch(JsonTree tree, ArrayNode customers) {
            this.tree = tree;
            this.customers = customers;
        }

        boolean hasNext() {
            return read < customers.size();
        }

        /** Reads all elements that were not read. */
        List<Element> rest() {
            return next(customers.size());
        }

        /** Reads the next elements, at most so many. */
        List<Element> next(int count) {
            List<Element> elements = new ArrayList<>();
            for (int end = Math.min(read + count, customers.size()); read < end; read++) {
                var element = element(read, customers.get(read), tree);
                if (errors > MAX_ERRORS) {
                    element.problem().ifPresent(problem -> problem.limitErrors(1));
                }
                errors += element.problem()
                        .map(problem -> problem.errors().size())
                        .orElse(0);
                elements.add(element);
            }
            return elements;
        }
    }

    private Element element(int index, JsonNode customer, JsonTree tree) {
        try {
            if (customer instanceof ObjectNode object) {
                return new Element(
                        index, Optional.of(reader.read(tree.part(POINTER + "/" + index, object))), Optional.empty());
            }
            throw ProblemException.invalid("", "invalid_type", "must be an object");
        } catch (ProblemException problem) {
            return new Element(index, Optional.empty(), Optional.of(problem));
        }
    }

    private static ArrayNode customers(JsonTree tree) {
        List<FieldError> errors = new ArrayList<>();
        tree.errors().stream()
                .filter(error -> !error.field().startsWith(POINTER + "/"))
                .forEach(errors::add);
        tree.json().fieldNames().forEachRemaining(name -> {
            if (!name.equals(CUSTOMERS)) {
                errors.add(FieldError.unknown(name));
            }
        });
        var customers = tree.json().path(CUSTOMERS);
        if (customers.isMissingNode() || customers.isNull()) {
            errors.add(FieldError.required(POINTER, "must not be null"));
        } else if (!customers.isArray()) {
            errors.add(FieldError.invalidType(POINTER, "must be an array"));
        } else if (customers.isEmpty() || customers.size() > MAX_SIZE) {
            errors.add(FieldError.invalidLength(POINTER, "must have 1 to " + MAX_SIZE + " items"));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return (ArrayNode) customers;
    }
}

package io.clientela.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.customer.CustomerFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/**
 * The result of a merge, field by field: a pure function of the target and the sources.
 *
 * <ul>
 *   <li>The target's value wins. If it is blank, the first source with a value wins, in the order given. A customer
 *       preferred for a field overrides both.
 *   <li>Fields that belong together come from the same customer ({@link FieldGroup}): the parts of a name stay those of
 *       the name, blank ones included. A preference for one of them holds for all.
 *   <li>Tags and attributes are merged; for one attribute the target's value wins, then the first source's.
 *   <li>The strictest status and consents win: blocked if any customer is blocked, and refused if any customer refused.
 * </ul>
 *
 * @param result the target after the merge, as callers read it, without calls, orders and system fields
 * @param conflicts the fields with different values
 */
record MergePlan(ObjectNode result, List<MergeConflict> conflicts) {
    private static final String STATUS = "status";
    private static final String PREFERENCES = "preferences";
    private static final String BLOCKED = "blocked";

    /** The fields with a rule of their own, and the type of a document, which is that of the chosen document. */
    private static final Set<String> COMBINED = Set.of(STATUS, "tags", "attributes", PREFERENCES, "document_type");

    /** All other fields take the value of one customer, and a customer can be preferred for each. */
    static final Set<String> SINGLE_VALUED = CustomerFields.NAMES.stream()
            .filter(field -> !COMBINED.contains(field))
            .collect(Collectors.toUnmodifiableSet());

    /**
     * Plans a merge.
     *
     * @param target the target as callers read it
     * @param sources the sources as callers read them, in the order given
     * @param prefer the id of the preferred customer, by field
     * @param normalize maps field and value to a normalised value: different notations of one value are no conflict
     */
    static MergePlan of(
            ObjectNode target, List<ObjectNode> sources, Map<String, UUID> prefer, BinaryOperator<String> normalize) {
        List<ObjectNode> all = new ArrayList<>();
        all.add(target);
        all.addAll(sources);
        var plan = new MergePlan(target.deepCopy(), new ArrayList<>());
        target.fieldNames().forEachRemaining(field -> {
            if (SINGLE_VALUED.contains(field)) {
                plan.chooseValue(field, all, prefer, normalize);
            }
        });
        plan.result.set("tags", unionOfTags(all, target));
        plan.mergeAttributes(all);
        plan.applyStrictest(all);
        return plan;
    }

    private static ObjectNode provider(List<String> group, List<ObjectNode> all, Map<String, UUID> prefer) {
        var preferred =
                group.stream().filter(prefer::containsKey).map(prefer::get).findFirst();
        return all.stream()
                .filter(customer -> preferred
                        .map(id -> id(customer).equals(id.toString()))
                        .orElseGet(() -> !isBlank(customer.get(group.get(0)))))
                .findFirst()
                .orElse(all.get(0));
    }

    private void chooseValue(
            String field, List<ObjectNode> all, Map<String, UUID> prefer, BinaryOperator<String> normalize) {
        var group = FieldGroup.of(field);
        var chosen = provider(group, all, prefer);
        group.forEach(member -> result.set(member, chosen.get(member)));
        Map<String, MergeConflict.Candidate> candidates = new LinkedHashMap<>();
        Set<String> distinctValues = new LinkedHashSet<>();
        for (ObjectNode customer : all) {
            var value = customer.get(field);
            if (!isBlank(value)) {
                candidates.put(id(customer), new MergeConflict.Candidate(id(customer), value));
                distinctValues.add(value.isTextual() ? normalize.apply(field, value.textValue()) : value.toString());
            }
        }
        if (distinctValues.size() > 1) {
            conflicts.add(new MergeConflict(field, result.get(field), List.copyOf(candidates.values())));
        }
    }

    private static JsonNode unionOfTags(List<ObjectNode> all, ObjectNode target) {
        Set<String> tags = new LinkedHashSet<>();
        all.forEach(customer -> customer.path("tags").forEach(tag -> tags.add(tag.textValue())));
        var union = target.arrayNode();
        tags.forEach(union::add);
        return union;
    }

    private void mergeAttributes(List<ObjectNode> all) {
        var attributes = result.objectNode();
        for (ObjectNode customer : all) {
            customer.path("attributes").properties().forEach(attribute -> {
                if (!attributes.has(attribute.getKey())) {
                    attributes.set(attribute.getKey(), attribute.getValue());
                }
            });
        }
        result.set("attributes", attributes);
        attributes
                .fieldNames()
                .forEachRemaining(name -> addConflictIfDifferent("attributes", name, attributes.get(name), all));
    }

    private void applyStrictest(List<ObjectNode> all) {
        if (all.stream()
                .anyMatch(customer -> BLOCKED.equals(customer.path(STATUS).textValue()))) {
            result.put(STATUS, BLOCKED);
        }
        addConflictIfDifferent(STATUS, null, result.get(STATUS), all);
        var preferences = result.objectNode();
        result.path(PREFERENCES).fieldNames().forEachRemaining(purpose -> {
            var consent = consent(purpose, all);
            preferences.set(purpose, consent);
            addConflictIfDifferent(PREFERENCES, purpose, consent, all);
        });
        result.set(PREFERENCES, preferences);
    }

    private JsonNode consent(String purpose, List<ObjectNode> all) {
        JsonNode consent = result.nullNode();
        for (ObjectNode customer : all) {
            var value = customer.path(PREFERENCES).path(purpose);
            if (value.isBoolean() && (consent.isNull() || !value.booleanValue())) {
                consent = value;
            }
        }
        return consent;
    }

    private void addConflictIfDifferent(String field, String member, JsonNode chosen, List<ObjectNode> all) {
        List<MergeConflict.Candidate> candidates = new ArrayList<>();
        for (ObjectNode customer : all) {
            var value =
                    member == null ? customer.path(field) : customer.path(field).path(member);
            if (!isBlank(value)) {
                candidates.add(new MergeConflict.Candidate(id(customer), value));
            }
        }
        if (candidates.stream().map(MergeConflict.Candidate::value).distinct().count() > 1) {
            conflicts.add(new MergeConflict(member == null ? field : field + "." + member, chosen, candidates));
        }
    }

    /** Returns whether a value is null, blank text, or an object of blank values. */
    static boolean isBlank(JsonNode value) {
        if (value == null || value.isNull() || value.isMissingNode()) {
            return true;
        }
        if (value instanceof ObjectNode object) {
            return object.properties().stream().allMatch(member -> isBlank(member.getValue()));
        }
        return value.isTextual() && value.textValue().isBlank();
    }

    private static String id(ObjectNode customer) {
        return customer.path("id").textValue();
    }
}

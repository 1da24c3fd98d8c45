package io.clientela.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BinaryOperator;

/**
 * What a merge makes of its target, field by field; nothing but a function of the customers that take part:
 *
 * <ul>
 *   <li>The target's own value wins; where it is blank, the first source's that is not, in the order given. A customer
 *       who is preferred for a field gives it whatever the others have.
 *   <li>What belongs together comes from one customer: the document with its type, and a preferred name with its parts.
 *   <li>Tags and attributes are united; for one attribute the target's value wins, then the first source's.
 *   <li>The most careful state wins: blocked if any was blocked, and a consent only where nobody refused it.
 * </ul>
 *
 * @param result the target afterwards, as callers read it; calls, orders and bookkeeping aside
 * @param conflicts where two had different values and one had to be kept
 */
record MergePlan(ObjectNode result, List<MergeConflict> conflicts) {
    private static final String STATUS = "status";
    private static final String PREFERENCES = "preferences";
    private static final String BLOCKED = "blocked";

    /** What comes along with a field, from the same customer. */
    private static final Map<String, List<String>> DEPENDENT_FIELDS = Map.of(
            "document", List.of("document_type", "document_valid"),
            "email", List.of("email_verified"));

    private static final List<String> NAME_PARTS = List.of("first_name", "last_name");

    /** The fields of which one customer's value is taken, and for which one can be preferred. */
    static final Set<String> SINGLE_VALUED = Set.of(
            "external_id",
            "type",
            "name",
            "first_name",
            "last_name",
            "company_name",
            "email",
            "phone",
            "document",
            "state_registration",
            "source",
            "avatar",
            "birthday",
            "address",
            "location_id",
            "cluster_id",
            "value",
            "auto_payment",
            "notes",
            "social",
            "utm");

    /**
     * Plans a merge.
     *
     * @param target the target as callers read it
     * @param sources the sources as callers read them, in the order given
     * @param prefer for a field, whose value to take
     * @param key the form in which two values of a field are compared: what differs only in notation is no conflict
     */
    static MergePlan of(
            ObjectNode target, List<ObjectNode> sources, Map<String, UUID> prefer, BinaryOperator<String> key) {
        List<ObjectNode> all = new ArrayList<>();
        all.add(target);
        all.addAll(sources);
        var plan = new MergePlan(target.deepCopy(), new ArrayList<>());
        target.fieldNames().forEachRemaining(field -> {
            if (SINGLE_VALUED.contains(field)) {
                plan.chooseValue(field, all, preferred(field, prefer), key);
            }
        });
        plan.result.set("tags", unionOfTags(all, target));
        plan.mergeAttributes(all);
        plan.applyStrictest(all);
        return plan;
    }

    private static UUID preferred(String field, Map<String, UUID> prefer) {
        return prefer.getOrDefault(field, NAME_PARTS.contains(field) ? prefer.get("name") : null);
    }

    private void chooseValue(String field, List<ObjectNode> all, UUID preferred, BinaryOperator<String> key) {
        var chosen = all.stream()
                .filter(customer -> preferred == null
                        ? !isBlank(customer.get(field))
                        : id(customer).equals(preferred.toString()))
                .findFirst()
                .orElse(all.get(0));
        result.set(field, chosen.get(field));
        DEPENDENT_FIELDS
                .getOrDefault(field, List.of())
                .forEach(companion -> result.set(companion, chosen.get(companion)));
        Map<String, MergeConflict.Candidate> candidates = new LinkedHashMap<>();
        Set<String> different = new LinkedHashSet<>();
        for (ObjectNode customer : all) {
            var value = customer.get(field);
            if (!isBlank(value)) {
                candidates.put(id(customer), new MergeConflict.Candidate(id(customer), value));
                different.add(value.isTextual() ? key.apply(field, value.textValue()) : value.toString());
            }
        }
        if (different.size() > 1) {
            conflicts.add(new MergeConflict(field, result.get(field), List.copyOf(candidates.values())));
        }
    }

    private static JsonNode unionOfTags(List<ObjectNode> all, ObjectNode target) {
        Set<String> tags = new LinkedHashSet<>();
        all.forEach(customer -> customer.path("tags").forEach(tag -> tags.add(tag.textValue())));
        var united = target.arrayNode();
        tags.forEach(united::add);
        return united;
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
        attributes.fieldNames().forEachRemaining(name -> noteConflict("attributes", name, attributes.get(name), all));
    }

    private void applyStrictest(List<ObjectNode> all) {
        if (all.stream()
                .anyMatch(customer -> BLOCKED.equals(customer.path(STATUS).textValue()))) {
            result.put(STATUS, BLOCKED);
        }
        noteConflict(STATUS, null, result.get(STATUS), all);
        var preferences = result.objectNode();
        result.path(PREFERENCES).fieldNames().forEachRemaining(purpose -> {
            var consent = consent(purpose, all);
            preferences.set(purpose, consent);
            noteConflict(PREFERENCES, purpose, consent, all);
        });
        result.set(PREFERENCES, preferences);
    }

    private JsonNode consent(String purpose, List<ObjectNode> all) {
        JsonNode consent = result.nullNode();
        for (ObjectNode customer : all) {
            var said = customer.path(PREFERENCES).path(purpose);
            if (said.isBoolean() && (consent.isNull() || !said.booleanValue())) {
                consent = said;
            }
        }
        return consent;
    }

    /** Notes where customers differ in a field, or in a member of one. */
    private void noteConflict(String field, String member, JsonNode kept, List<ObjectNode> all) {
        List<MergeConflict.Candidate> candidates = new ArrayList<>();
        for (ObjectNode customer : all) {
            var value =
                    member == null ? customer.path(field) : customer.path(field).path(member);
            if (!isBlank(value)) {
                candidates.add(new MergeConflict.Candidate(id(customer), value));
            }
        }
        if (candidates.stream().map(MergeConflict.Candidate::value).distinct().count() > 1) {
            conflicts.add(new MergeConflict(member == null ? field : field + "." + member, kept, candidates));
        }
    }

    /** Whether there is nothing: null, blank text, or an object of nulls. */
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

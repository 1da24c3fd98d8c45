package io.clientela.webhook;

import io.clientela.history.EventTypes;
import io.clientela.http.problem.FieldError;
import io.clientela.webhook.send.WebhookUrls;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rules of a webhook's fields. */
@Singleton
class WebhookRules {
    static final int MAX_TYPES = 50;

    private static final String ALL = "*";

    private final WebhookUrls urls;

    WebhookRules(WebhookUrls urls) {
        this.urls = urls;
    }

    /** Returns the errors of a whole webhook. */
    List<FieldError> violations(WebhookInput input) {
        var errors = new ArrayList<>(violationsOfPatch(input));
        if (input.url() == null) {
            errors.add(FieldError.required("/url"));
        }
        if (input.types() == null) {
            errors.add(FieldError.required("/types", "must name at least one type of events; * is for all"));
        }
        return errors;
    }

    /** Returns the errors of the present fields. */
    List<FieldError> violationsOfPatch(WebhookInput input) {
        List<FieldError> errors = new ArrayList<>();
        if (input.url() != null) {
            urls.refusal(input.url()).ifPresent(reason -> errors.add(FieldError.invalidValue("/url", reason)));
        }
        if (input.types() != null) {
            errors.addAll(violationsOfTypes(input.types()));
        }
        return errors;
    }

    private static List<FieldError> violationsOfTypes(List<String> types) {
        if (types.isEmpty()) {
            return List.of(FieldError.required("/types", "must name at least one type of events; * is for all"));
        }
        if (types.size() > MAX_TYPES) {
            return List.of(FieldError.tooMany("/types", MAX_TYPES));
        }
        List<FieldError> errors = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < types.size(); i++) {
            var type = types.get(i);
            if (!isType(type)) {
                errors.add(FieldError.invalidValue(
                        "/types/" + i, "must be a type of events, such as customer.created, or customer.*, or *"));
            } else if (!seen.add(type)) {
                errors.add(FieldError.repeated("/types/" + i, "must not repeat a type"));
            }
        }
        return errors;
    }

    /** A type that never is would match nothing, and nobody would notice. */
    private static boolean isType(String type) {
        return type != null && (type.equals(ALL) || EventTypes.matching(type).isPresent());
    }
}

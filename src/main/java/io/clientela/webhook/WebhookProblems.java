package io.clientela.webhook;

import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;

/** The problems of webhooks. */
final class WebhookProblems {
    private WebhookProblems() {}

    static ProblemException tooMany(int max) {
        return new ProblemException(
                ProblemCode.TOO_MANY_WEBHOOKS,
                "The tenant has " + max + " webhooks, and may have no more. Delete one that is not needed.");
    }

    static ProblemException inactive() {
        return new ProblemException(
                ProblemCode.WEBHOOK_INACTIVE, "The webhook is switched off. Set active to true, and try again.");
    }

    static ProblemException tooManySecrets(int max) {
        return new ProblemException(
                ProblemCode.ROTATION_REFUSED,
                "The webhook has " + max + " secrets that sign. Wait until one ends, or rotate with overlap_seconds 0,"
                        + " which ends all of them.");
    }

    static ProblemException confined() {
        return new ProblemException(
                ProblemCode.LOCATION_FORBIDDEN,
                "A webhook gets the events of all locations. Use a token without a location.");
    }
}

package io.clientela.event;

import io.clientela.http.problem.FieldError;
import io.clientela.http.problem.ProblemCode;
import io.clientela.http.problem.ProblemException;
import java.util.List;

/** The problems of readers of the feed. */
final class EventProblems {
    private EventProblems() {}

    /** Returns a 410 for a position after which events were deleted. */
    static ProblemException gone() {
        return new ProblemException(
                ProblemCode.EVENTS_GONE,
                "Events after this one are older than the service keeps them, and were deleted."
                        + " Read the customers anew, then follow the events from after=latest, which you take first.");
    }

    /** Returns a 400 for an id that no event has or had. */
    static ProblemException unknown() {
        return ProblemException.invalidParameters(
                List.of(new FieldError("after", "unknown_event", "must be the id of an event of this tenant")));
    }
}

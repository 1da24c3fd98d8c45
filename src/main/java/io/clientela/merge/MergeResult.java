package io.clientela.merge;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.clientela.customer.CustomerView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** The target after a merge, with the id of the merge. */
@RegisterForReflection
public record MergeResult(@JsonUnwrapped CustomerView customer, UUID mergeId, int mergedCount) {}

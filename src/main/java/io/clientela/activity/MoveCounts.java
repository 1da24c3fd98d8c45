package io.clientela.activity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How much moves, or moved, from some customers to another one.
 *
 * @param addresses how many addresses
 * @param calls how many calls
 * @param orders how many orders
 */
@RegisterForReflection
@Schema(description = "How much of each kind moves from some customers to another one.")
public record MoveCounts(long addresses, long calls, long orders) {}

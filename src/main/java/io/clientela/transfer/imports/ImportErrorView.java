package io.clientela.transfer.imports;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Why a row was refused.
 *
 * @param line the line of the file at which the row begins, from 1
 * @param field the field, as a JSON pointer; empty for the whole row
 * @param code the error
 * @param message what to do about it
 */
@RegisterForReflection
@Schema(name = "ImportRowError")
public record ImportErrorView(long line, String field, String code, String message) {}

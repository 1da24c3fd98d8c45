package io.clientela.dialect.aivapad;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** The answer to a delete. */
@RegisterForReflection
record AivapadDeleted(boolean success) {}

package io.clientela.dialect.voki;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** The envelope of whatever Voki answers with, but for errors and lists. */
@RegisterForReflection
record VokiData<T>(T data) {}

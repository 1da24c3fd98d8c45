package io.clientela.dialect.dooki;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** The envelope of whatever Dooki answers with, and of the parts of a customer. */
@RegisterForReflection
record DookiData<T>(T data) {}

package io.clientela.security;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The roles that the {@code groups} claim may name; each is a bundle of scopes. */
public enum Role {
    /** Serves customers. */
    ATTENDANT("attendant", List.of(Scopes.READ, Scopes.WRITE)),
    /** Also resolves duplicates. */
    SUPERVISOR("supervisor", List.of(Scopes.READ, Scopes.WRITE, Scopes.MERGE)),
    /** Also administers. */
    ADMIN("admin", List.of(Scopes.READ, Scopes.WRITE, Scopes.MERGE, Scopes.ADMIN));

    private final String group;
    private final List<String> scopes;

    Role(String group, List<String> scopes) {
        this.group = group;
        this.scopes = scopes;
    }

    /** The scopes that the role bundles. */
    public List<String> scopes() {
        return scopes;
    }

    /** The word in the {@code groups} claim. */
    public String group() {
        return group;
    }

    /** The role of a group's name; groups that are none of ours are not an error, they grant nothing. */
    static Optional<Role> of(String group) {
        return Arrays.stream(values()).filter(role -> role.group.equals(group)).findFirst();
    }
}

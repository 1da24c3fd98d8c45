package io.clientela.history;

import java.util.Set;

/**
 * A reader that follows the events of each tenant for the customers that they change.
 *
 * @param name the name under which its positions are stored
 * @param types the types of the events that it reads
 * @param fields the changed fields whose events it reads, too
 */
public record EventReader(String name, Set<String> types, Set<String> fields) {
    String[] typeArray() {
        return types.toArray(String[]::new);
    }

    String[] fieldArray() {
        return fields.toArray(String[]::new);
    }
}

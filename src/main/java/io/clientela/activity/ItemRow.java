package io.clientela.activity;

import io.clientela.http.json.JsonBody;
import java.util.Optional;

/** An item to be written by {@link ItemBatches}, read and validated. */
public final class ItemRow {
    private final ItemOwner owner;
    private final Optional<String> externalId;
    private final JsonBody<?> fields;
    private final boolean updating;

    ItemRow(ItemOwner owner, Optional<String> externalId, JsonBody<?> fields, boolean updating) {
        this.owner = owner;
        this.externalId = externalId;
        this.fields = fields;
        this.updating = updating;
    }

    ItemOwner owner() {
        return owner;
    }

    Optional<String> externalId() {
        return externalId;
    }

    /** Returns the fields of the item, in the type of its writable fields. */
    JsonBody<?> fields() {
        return fields;
    }

    /** Returns whether an item with this external id is changed; otherwise it stays as it is. */
    boolean isUpdating() {
        return updating;
    }
}

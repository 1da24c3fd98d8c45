package io.clientela.activity;

/** What a row of {@link ItemBatches} did. */
public enum ItemOutcome {
    /** It added an item. */
    CREATED,
    /** It changed the item with its external id. */
    UPDATED,
    /** The item with its external id stays as it is. */
    UNCHANGED
}

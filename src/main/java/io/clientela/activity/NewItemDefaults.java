package io.clientela.activity;

import io.smallrye.mutiny.Uni;

/** The defaults of new items that depend on their customers' other items, for many items at once. */
interface NewItemDefaults<E, I> {
    /** Returns the input of a new item with these defaults; later ones depend on it. */
    I resolve(E item, I input);

    /** Changes the stored items as the new ones require it, before these are stored. */
    Uni<Void> save();

    /** Returns those of a type without such defaults. */
    static <E, I> NewItemDefaults<E, I> none() {
        return new NewItemDefaults<>() {
            @Override
            public I resolve(E item, I input) {
                return input;
            }

            @Override
            public Uni<Void> save() {
                return Uni.createFrom().voidItem();
            }
        };
    }
}

package io.clientela.activity;

import jakarta.persistence.Entity;
import jakarta.persistence.IdClass;

/** An address of a customer. */
@Entity
@IdClass(ItemKey.class)
class CustomerAddress extends CustomerItem {
    String label;
    String line1;
    String line2;
    String district;
    String city;
    String state;
    String postalCode;
    String country;
    boolean isDefault;
}

package peer;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/** A row of the table {@code customer}, and the JSON of a customer. */
@Table("customer")
@JsonAutoDetect(fieldVisibility = Visibility.ANY)
class Customer {
    @JsonIgnore
    String tenantId;

    @Id
    UUID id;

    long number;
    String externalId;
    String type;
    String status;
    String role;
    String name;
    String firstName;
    String lastName;
    String companyName;
    String email;

    @JsonIgnore
    String emailKey;

    boolean emailVerified;
    String phone;

    @JsonIgnore
    String phoneKey;

    String document;

    @JsonIgnore
    String documentKey;

    String documentType;
    Boolean documentValid;
    String stateRegistration;
    String source;
    String avatar;
    LocalDate birthday;
    String address;
    String[] tags;
    String locationId;
    UUID clusterId;
    BigDecimal value;
    Boolean autoPayment;
    String notes;

    @JsonIgnore
    Boolean orderUpdates;

    @JsonIgnore
    Boolean promotions;

    @JsonIgnore
    Boolean newsletter;

    @JsonIgnore
    Boolean whatsapp;

    @JsonIgnore
    String socialDriver;

    @JsonIgnore
    String socialId;

    @JsonIgnore
    String utmSource;

    @JsonIgnore
    String utmCampaign;

    @JsonRawValue
    String attributes;

    String segment;
    int callCount;
    Instant lastCallAt;

    @JsonIgnore
    int totalOrders;

    @JsonIgnore
    BigDecimal totalSpent;

    boolean anonymized;
    long version;
    Instant createdAt;
    Instant updatedAt;

    @JsonProperty("preferences")
    CustomerInput.Preferences preferences() {
        return new CustomerInput.Preferences(orderUpdates, promotions, newsletter, whatsapp);
    }

    @JsonProperty("social")
    CustomerInput.Social social() {
        return socialDriver == null && socialId == null ? null : new CustomerInput.Social(socialDriver, socialId);
    }

    @JsonProperty("utm")
    CustomerInput.Utm utm() {
        return utmSource == null && utmCampaign == null ? null : new CustomerInput.Utm(utmSource, utmCampaign);
    }
}

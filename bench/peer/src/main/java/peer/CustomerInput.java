package peer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.PastOrPresent;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.hibernate.validator.constraints.URL;

/** The writable fields of a customer. */
record CustomerInput(
        @Size(min = 1, max = 128) String externalId,
        @Pattern(regexp = "individual|company") String type,
        @Pattern(regexp = "active|inactive|blocked") String status,
        @Size(min = 1, max = 200) String name,
        @Size(max = 200) String firstName,
        @Size(max = 200) String lastName,
        @Size(max = 200) String companyName,
        @Email @Size(min = 1, max = 254) String email,
        @Size(max = 40) String phone,
        @Size(max = 32) String document,
        @Pattern(regexp = "cpf|cnpj|other") String documentType,
        @Size(max = 64) String stateRegistration,
        @Size(min = 1, max = 64) String source,
        @URL(protocol = "https") @Size(max = 2048) String avatar,
        @PastOrPresent LocalDate birthday,
        @Size(max = 500) String address,
        @Size(max = 50) List<@Size(min = 1, max = 64) String> tags,
        @Size(min = 1, max = 64) String locationId,
        @Digits(integer = 15, fraction = 2) BigDecimal value,
        Boolean autoPayment,
        @Size(max = 10_000) String notes,
        @Valid Preferences preferences,
        @Valid Social social,
        @Valid Utm utm,
        ObjectNode attributes) {

    record Preferences(Boolean orderUpdates, Boolean promotions, Boolean newsletter, Boolean whatsapp) {}

    record Social(@Size(max = 64) String driver, @Size(max = 255) String id) {}

    record Utm(@Size(max = 255) String source, @Size(max = 255) String campaign) {}

    @AssertTrue(message = "a name is required")
    boolean isNamed() {
        return name != null || firstName != null || lastName != null || companyName != null;
    }

    @AssertTrue(message = "at most 50 attributes")
    boolean isOfFewAttributes() {
        return attributes == null || attributes.size() <= 50;
    }
}

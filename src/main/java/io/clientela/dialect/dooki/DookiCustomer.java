package io.clientela.dialect.dooki;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.clientela.activity.CustomerSummary;
import io.clientela.customer.CustomerFields;
import io.clientela.customer.CustomerStatus;
import io.clientela.customer.CustomerType;
import io.clientela.customer.CustomerView;
import io.clientela.customer.DocumentType;
import io.clientela.customer.Social;
import io.clientela.customer.Utm;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A customer as Dooki shows it.
 *
 * @param id the customer's number
 * @param type {@code F} for a person, {@code J} for a company
 * @param addresses null unless requested, like {@code stats} and {@code clusters}
 */
@RegisterForReflection
record DookiCustomer(
        long id,
        int merchantId,
        int marketplaceId,
        boolean active,
        String type,
        Long clusterId,
        String name,
        String firstName,
        String lastName,
        String genericName,
        String cpf,
        DookiData<DookiSpreadsheet> spreadsheet,
        DookiPhone phone,
        String razaoSocial,
        String cnpj,
        String stateRegistration,
        String email,
        LocalDate birthday,
        Boolean newsletter,
        Boolean whatsapp,
        String socialDriver,
        Long socialId,
        String ip,
        String token,
        String utmSource,
        String utmCampaign,
        String notes,
        String loginUrl,
        boolean anonymized,
        @JsonInclude(JsonInclude.Include.NON_NULL) DookiData<List<DookiAddress>> addresses,

        @JsonInclude(JsonInclude.Include.NON_NULL) DookiData<DookiStats> stats,

        @JsonInclude(JsonInclude.Include.NON_NULL) DookiData<List<DookiCluster>> clusters) {
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");
    private static final Social NO_SOCIAL = new Social(null, null);
    private static final Utm NO_UTM = new Utm(null, null);

    /**
     * Data of a customer that its view does not have.
     *
     * @param tenantNumber the number of the tenant
     * @param phoneKey the phone in E.164, or null
     * @param documentKey the document's letters and digits, or null
     */
    record Context(int tenantNumber, String phoneKey, String documentKey, CustomerSummary summary) {}

    /** What was requested by {@code include}; null for what was not. */
    record Included(List<DookiAddress> addresses, DookiStats stats, List<DookiCluster> clusters) {}

    static DookiCustomer of(CustomerView customer, Context context, Included included) {
        var fields = customer.fields();
        var attributes = DookiAttributes.of(fields.attributes());
        var phone = DookiPhone.of(context.phoneKey());
        var social = fields.social() == null ? NO_SOCIAL : fields.social();
        var utm = fields.utm() == null ? NO_UTM : fields.utm();
        var document = context.documentKey();
        return new DookiCustomer(
                customer.number(),
                context.tenantNumber(),
                context.tenantNumber(),
                fields.status() == CustomerStatus.ACTIVE,
                fields.type() == CustomerType.COMPANY ? "J" : "F",
                context.summary().clusterNumber(),
                fields.name(),
                fields.firstName(),
                fields.lastName(),
                genericName(fields),
                has(DocumentType.CPF, fields, document) ? DookiDocument.cpf(document) : null,
                new DookiData<>(DookiSpreadsheet.of(attributes, phone, context.summary())),
                phone,
                fields.companyName(),
                has(DocumentType.CNPJ, fields, document) ? DookiDocument.cnpj(document) : null,
                fields.stateRegistration(),
                fields.email(),
                fields.birthday(),
                fields.preferences().newsletter(),
                fields.preferences().whatsapp(),
                social.driver(),
                socialId(social.id()),
                attributes.text("ip"),
                attributes.text("token"),
                utm.source(),
                utm.campaign(),
                fields.notes(),
                attributes.text("login_url"),
                customer.state().anonymized(),
                data(included.addresses()),
                data(included.stats()),
                data(included.clusters()));
    }

    private static String genericName(CustomerFields fields) {
        return fields.companyName() == null ? fields.name() : fields.companyName();
    }

    private static boolean has(DocumentType type, CustomerFields fields, String document) {
        return document != null && fields.documentType() == type;
    }

    /** Returns an id that is an integer; null for any other. */
    static Long socialId(String id) {
        return id != null && INTEGER.matcher(id).matches() ? Long.valueOf(id) : null;
    }

    private static <T> DookiData<T> data(T value) {
        return value == null ? null : new DookiData<>(value);
    }
}

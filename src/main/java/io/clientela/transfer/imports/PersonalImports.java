package io.clientela.transfer.imports;

import io.clientela.customer.ErasedPerson;
import io.clientela.customer.PersonalData;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Erases the refused rows that have an e-mail, phone or document of the person. A row with none of them is kept until
 * the import is past its time: nothing says whose it is.
 */
@Singleton
class PersonalImports implements PersonalData {
    // Latin 1 reads any bytes, and the characters of identifiers alike in all encodings.
    private static final String ERASE = """
            DELETE FROM import_refusal refusal
            WHERE refusal.tenant_id = $1 AND EXISTS (
                SELECT FROM (
                    SELECT unnest($3::text[]) AS text
                    UNION SELECT unnest(ARRAY[email, phone, document]) FROM customer
                        WHERE tenant_id = $1 AND id = ANY($2)) AS identifier
                WHERE length(text) > 5 AND strpos(lower(convert_from(refusal.data, 'LATIN1')), lower(text)) > 0)""";

    @Override
    public Uni<Set<String>> erase(ErasedPerson person) {
        return person.erase(
                "refused_import_rows", ERASE, (Object) person.emailKeys().toArray(String[]::new));
    }
}

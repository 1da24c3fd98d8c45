package peer;

import java.util.UUID;
import org.springframework.data.r2dbc.repository.Query;
import org.springframework.data.relational.core.sql.LockMode;
import org.springframework.data.relational.repository.Lock;
import org.springframework.data.repository.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Finds customers of one tenant. */
interface CustomerRepository extends Repository<Customer, UUID> {
    /** All columns except those used only for sorting and searching. */
    String SELECT = """
            SELECT tenant_id, id, number, version, external_id, type, status, role, name, first_name, last_name,
                company_name, email, email_key, email_verified, phone, phone_key, document, document_key, document_type,
                document_valid, state_registration, source, avatar, birthday, address, tags, location_id, cluster_id,
                segment, value, auto_payment, notes, order_updates, promotions, newsletter, whatsapp, social_driver,
                social_id, utm_source, utm_campaign, attributes, call_count, last_call_at, total_orders, total_spent,
                anonymized, created_at, updated_at
            FROM customer WHERE tenant_id = :tenant""";

    String COUNT = "SELECT count(*) FROM customer WHERE tenant_id = :tenant";
    String TEXT = " AND search_text LIKE '%' || clientela_fold(:text) || '%'";
    String TEXT_OR_DIGITS = " AND (search_text LIKE '%' || clientela_fold(:text) || '%'"
            + " OR search_text LIKE '%' || :digits || '%')";
    String PAGE = " ORDER BY sort_name, id LIMIT :limit OFFSET :offset";

    Mono<Customer> findByTenantIdAndId(String tenantId, UUID id);

    @Lock(LockMode.PESSIMISTIC_WRITE)
    Mono<Customer> findAndLockByTenantIdAndId(String tenantId, UUID id);

    Mono<Boolean> existsByTenantIdAndExternalId(String tenantId, String externalId);

    @Query(SELECT + PAGE)
    Flux<Customer> page(String tenant, int limit, long offset);

    @Query(SELECT + TEXT + PAGE)
    Flux<Customer> search(String tenant, String text, int limit, long offset);

    @Query(SELECT + TEXT_OR_DIGITS + PAGE)
    Flux<Customer> search(String tenant, String text, String digits, int limit, long offset);

    @Query(COUNT)
    Mono<Long> count(String tenant);

    @Query(COUNT + TEXT)
    Mono<Long> count(String tenant, String text);

    @Query(COUNT + TEXT_OR_DIGITS)
    Mono<Long> count(String tenant, String text, String digits);

    @Query(SELECT + " AND (external_id = :externalId OR document_key = :document OR sort_email = :email"
            + " OR phone_key = :phone) FOR NO KEY UPDATE")
    Flux<Customer> findAndLock(String tenant, String externalId, String document, String email, String phone);

    @Query("SELECT nextval('customer_number')")
    Mono<Long> nextNumber();
}

package peer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Customers over HTTP. */
@RestController
@RequestMapping("/v1/customers")
class CustomerController {
    private final CustomerService customers;
    private final CustomerUpsert upserts;

    record StatusInput(@NotNull @Pattern(regexp = "active|inactive|blocked") String status) {}

    CustomerController(CustomerService customers, CustomerUpsert upserts) {
        this.customers = customers;
        this.upserts = upserts;
    }

    @GetMapping
    Mono<CustomerPage> list(
            Caller caller,
            @RequestParam(defaultValue = "") @Size(max = 200) String search,
            @RequestParam(defaultValue = "1") @Min(1) @Max(10_000_000) int page,
            @RequestParam(name = "page_size", defaultValue = "20") @Min(1) @Max(200) int size,
            @RequestParam(defaultValue = "exact") @Pattern(regexp = "exact|none") String count) {
        return customers.list(caller.tenant(), search, page, size, count.equals("exact"));
    }

    @GetMapping("/{id}")
    Mono<ResponseEntity<Customer>> get(Caller caller, @PathVariable UUID id) {
        return customers.get(caller.tenant(), id).map(CustomerController::answer);
    }

    @PostMapping
    Mono<ResponseEntity<Customer>> create(Caller caller, @Valid @RequestBody CustomerInput input) {
        return customers
                .create(caller, input)
                .map(customer -> ResponseEntity.created(URI.create("/v1/customers/" + customer.id))
                        .eTag(String.valueOf(customer.version))
                        .body(customer));
    }

    @PostMapping("/upsert")
    Mono<ResponseEntity<CustomerUpsert.Result>> upsert(Caller caller, @Valid @RequestBody CustomerInput input) {
        return upserts.upsert(caller, input).map(result -> {
            var customer = result.customer();
            var answer = result.outcome().equals("created")
                    ? ResponseEntity.created(URI.create("/v1/customers/" + customer.id))
                    : ResponseEntity.ok();
            return answer.eTag(String.valueOf(customer.version)).body(result);
        });
    }

    @PatchMapping(
            path = "/{id}",
            consumes = {"application/merge-patch+json", MediaType.APPLICATION_JSON_VALUE})
    Mono<ResponseEntity<Customer>> patch(Caller caller, @PathVariable UUID id, @RequestBody ObjectNode patch) {
        return customers.patch(caller, id, patch).map(CustomerController::answer);
    }

    @PutMapping("/{id}/status")
    Mono<ResponseEntity<Customer>> setStatus(
            Caller caller, @PathVariable UUID id, @Valid @RequestBody StatusInput input) {
        return customers.setStatus(caller, id, input.status()).map(CustomerController::answer);
    }

    private static ResponseEntity<Customer> answer(Customer customer) {
        return ResponseEntity.ok().eTag(String.valueOf(customer.version)).body(customer);
    }
}

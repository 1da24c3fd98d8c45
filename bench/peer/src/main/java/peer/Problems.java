package peer;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.reactive.result.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Maps failures to problem documents (RFC 9457). */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {
    @Override
    protected Mono<ResponseEntity<Object>> handleWebExchangeBindException(
            WebExchangeBindException failure, HttpHeaders headers, HttpStatusCode status, ServerWebExchange exchange) {
        var problem = ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_ENTITY, "The body is not valid.");
        problem.setProperty(
                "errors",
                failure.getFieldErrors().stream()
                        .map(error -> error.getField() + " " + error.getDefaultMessage())
                        .toList());
        return handleExceptionInternal(failure, problem, headers, HttpStatus.UNPROCESSABLE_ENTITY, exchange);
    }

    @ExceptionHandler
    ProblemDetail duplicate(DataIntegrityViolationException failure) {
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.CONFLICT, "An identifier of this customer belongs to another one.");
    }
}

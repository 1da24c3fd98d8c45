package peer;

import java.util.regex.Pattern;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Resolves {@link Caller} arguments from the verified token. */
@Configuration
class CallerArgument implements HandlerMethodArgumentResolver, WebFluxConfigurer {
    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    @Override
    public void configureArgumentResolvers(ArgumentResolverConfigurer resolvers) {
        resolvers.addCustomResolver(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Caller.class;
    }

    @Override
    public Mono<Object> resolveArgument(
            MethodParameter parameter, BindingContext context, ServerWebExchange exchange) {
        return exchange.<JwtAuthenticationToken>getPrincipal().map(token -> {
            var tenant = token.getToken().getClaimAsString("tenant");
            if (tenant == null || !TENANT.matcher(tenant).matches()) {
                throw new ResponseStatusException(HttpStatus.FORBIDDEN, "The token names no tenant.");
            }
            var caller = new Caller(tenant, token.getName(), RequestLog.requestId(exchange));
            exchange.getAttributes().put(RequestLog.CALLER, caller);
            return caller;
        });
    }
}

package peer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.converter.RsaKeyConverters;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.ReactiveJwtAuthenticationConverterAdapter;
import org.springframework.security.web.server.SecurityWebFilterChain;
import reactor.core.publisher.Mono;

/** Verifies tokens and maps their roles to scopes. */
@Configuration
@EnableWebFluxSecurity
class SecurityConfiguration {
    private static final String READ = "customers:read";
    private static final String WRITE = "customers:write";
    private static final Map<String, List<String>> SCOPES =
            Map.of("attendant", List.of(READ, WRITE), "admin", List.of(READ, WRITE));

    @Bean
    SecurityWebFilterChain security(ServerHttpSecurity http) {
        return http.csrf(CsrfSpec::disable)
                .authorizeExchange(exchanges -> exchanges
                        .pathMatchers(HttpMethod.GET, "/v1/**")
                        .hasAuthority(READ)
                        .pathMatchers("/v1/**")
                        .hasAuthority(WRITE)
                        .anyExchange()
                        .denyAll())
                .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.jwtAuthenticationConverter(converter())))
                .build();
    }

    @Bean
    ReactiveJwtDecoder decoder(
            @Value("${peer.public-key}") Resource publicKey,
            @Value("${peer.issuer}") String issuer,
            @Value("${peer.remember-tokens}") boolean remember)
            throws IOException {
        try (var pem = publicKey.getInputStream()) {
            var decoder = NimbusReactiveJwtDecoder.withPublicKey(
                            RsaKeyConverters.x509().convert(pem))
                    .build();
            decoder.setJwtValidator(JwtValidators.createDefaultWithIssuer(issuer));
            return remember ? caching(decoder) : decoder;
        }
    }

    /** A decoder that caches valid tokens for a minute. */
    private static ReactiveJwtDecoder caching(ReactiveJwtDecoder decoder) {
        Cache<String, Jwt> cache = Caffeine.newBuilder()
                .maximumSize(10_000)
                .expireAfterWrite(Duration.ofMinutes(1))
                .build();
        return token -> Mono.justOrEmpty(cache.getIfPresent(token))
                .filter(jwt -> jwt.getExpiresAt() == null || Instant.now().isBefore(jwt.getExpiresAt()))
                .switchIfEmpty(Mono.defer(() -> decoder.decode(token).doOnNext(jwt -> cache.put(token, jwt))));
    }

    private static ReactiveJwtAuthenticationConverterAdapter converter() {
        var converter = new JwtAuthenticationConverter();
        converter.setJwtGrantedAuthoritiesConverter(SecurityConfiguration::authorities);
        return new ReactiveJwtAuthenticationConverterAdapter(converter);
    }

    private static Collection<GrantedAuthority> authorities(Jwt token) {
        var groups = token.getClaimAsStringList("groups");
        return groups == null
                ? List.of()
                : groups.stream()
                        .flatMap(group -> SCOPES.getOrDefault(group, List.of()).stream())
                        .distinct()
                        .<GrantedAuthority>map(SimpleGrantedAuthority::new)
                        .toList();
    }
}

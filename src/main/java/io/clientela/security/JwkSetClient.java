package io.clientela.security;

import io.smallrye.jwt.auth.principal.AbstractKeyLocationResolver;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import java.io.IOException;
import java.util.List;
import org.jose4j.http.Get;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Fetches a JWK set by URL with the platform's TLS and proxy settings ({@code smallrye.jwt.client.tls.*},
 * {@code smallrye.jwt.http.proxy-*}); one try, with short time-outs and a limited size.
 */
final class JwkSetClient extends AbstractKeyLocationResolver {
    private static final int TIMEOUT_MILLIS = 2_000;
    private static final int MAX_SIZE = 256 * 1024;

    JwkSetClient(JWTAuthContextInfo settings) throws UnresolvableKeyException {
        super(settings);
    }

    /**
     * Returns the keys, at least one.
     *
     * @throws UnresolvableKeyException if the issuer cannot be reached or answers with anything but a JWK set
     */
    List<JsonWebKey> fetch() throws UnresolvableKeyException {
        try {
            var keys =
                    initializeHttpsJwks(authContextInfo.getPublicKeyLocation()).getJsonWebKeys();
            if (keys.isEmpty()) {
                throw new UnresolvableKeyException("The set has no keys");
            }
            return keys;
        } catch (IOException | JoseException e) {
            throw new UnresolvableKeyException("The set cannot be fetched", e);
        }
    }

    @Override
    protected Get getHttpGet() {
        var get = super.getHttpGet();
        get.setConnectTimeout(TIMEOUT_MILLIS);
        get.setReadTimeout(TIMEOUT_MILLIS);
        get.setRetries(0);
        get.setResponseBodySizeLimit(MAX_SIZE);
        return get;
    }
}

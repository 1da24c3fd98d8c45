package io.clientela.http;

import io.netty.handler.codec.DecoderResult;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.http.impl.HttpServerRequestWrapper;
import java.net.URI;
import java.net.URISyntaxException;

/** A request that the router would reject unseen, with a target that the router accepts and a failed decoder result. */
final class UnroutableRequest extends HttpServerRequestWrapper {
    private static final String ROOT = "/";

    UnroutableRequest(HttpServerRequestInternal request) {
        super(request);
    }

    static boolean isRoutable(HttpServerRequestInternal request) {
        return request.decoderResult().isSuccess()
                && request.version() != null
                && (request.version() == HttpVersion.HTTP_1_0 || request.isValidAuthority())
                && isUri(request.uri())
                && request.path() != null
                && request.path().startsWith(ROOT);
    }

    private static boolean isUri(String target) {
        try {
            return target != null && new URI(target) != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    @Override
    public DecoderResult decoderResult() {
        var result = super.decoderResult();
        return result.isFailure() ? result : DecoderResult.failure(new URISyntaxException(ROOT, "not routable"));
    }

    @Override
    public boolean isValidAuthority() {
        return true;
    }

    @Override
    public String uri() {
        return ROOT;
    }

    @Override
    public String path() {
        return ROOT;
    }

    @Override
    public String query() {
        return null;
    }
}

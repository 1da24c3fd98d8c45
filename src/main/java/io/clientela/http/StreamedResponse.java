package io.clientela.http;

import io.clientela.http.problem.Failures;
import io.clientela.http.problem.RequestId;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;

/** Sends the pieces of one {@link StreamedBody}, one at a time, on the event loop of the request. */
final class StreamedResponse implements MultiSubscriber<byte[]> {
    private static final Logger LOG = Logger.getLogger(StreamedResponse.class);

    /** RFC 9113, section 7; without meaning in HTTP/1.1. */
    private static final long INTERNAL_ERROR = 2;

    private final ResteasyReactiveRequestContext request;
    private final RoutingContext exchange;
    private final Duration timeout;

    private Flow.Subscription source;
    private boolean ended;

    StreamedResponse(ResteasyReactiveRequestContext request, RoutingContext exchange, Duration timeout) {
        this.request = request;
        this.exchange = exchange;
        this.timeout = timeout;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        source = subscription;
        // Also called when the client hangs up; and at once, if it has.
        exchange.addEndHandler(closed -> cancel());
        if (exchange.response().closed()) {
            cancel();
        } else {
            source.request(1);
        }
    }

    @Override
    public void onItem(byte[] piece) {
        if (ended) {
            return;
        }
        var response = request.serverResponse();
        if (!response.headWritten()) {
            response.setChunked(true);
        }
        long timer = exchange.vertx()
                .setTimer(timeout.toMillis(), late -> cut(new TimeoutException("The client does not read")));
        response.write(piece).whenComplete((sent, failure) -> {
            exchange.vertx().cancelTimer(timer);
            if (failure != null) {
                // The client hung up.
                cancel();
            } else if (!ended) {
                source.request(1);
            }
        });
    }

    @Override
    public void onFailure(Throwable failure) {
        if (ended) {
            LOG.debugf(failure, "Request %s: a stream failed that nobody reads", RequestId.of(exchange));
        } else if (request.serverResponse().headWritten()) {
            cut(failure);
        } else {
            ended = true;
            request.resume(failure, true);
        }
    }

    @Override
    public void onCompletion() {
        if (!ended) {
            ended = true;
            request.serverResponse().end();
            request.resume();
        }
    }

    /** Closes the connection, so that the client sees that the body is not whole. */
    private void cut(Throwable cause) {
        if (!ended) {
            LOG.warnf("Request %s: the response was cut: %s", RequestId.of(exchange), Failures.reason(cause));
            cancel();
            exchange.response().reset(INTERNAL_ERROR);
        }
    }

    private void cancel() {
        if (!ended) {
            ended = true;
            source.cancel();
        }
    }
}

package io.clientela.http;

import io.clientela.http.problem.Dialects;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.quarkus.micrometer.runtime.HttpServerMetricsTagsContributor;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.stream.LongStream;

/**
 * Records the duration of every operation as a histogram: quantiles over several instances can only be computed from
 * histograms.
 */
@Singleton
public class RequestMetrics {
    private static final String REQUESTS = "http.server.requests";
    private static final String DIALECT = "dialect";
    private static final String NO_DIALECT = "none";

    private static final double[] BUCKETS = LongStream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
            .map(milliseconds -> Duration.ofMillis(milliseconds).toNanos())
            .asDoubleStream()
            .toArray();

    /**
     * Also adds the label of dialects where no contributor is asked: to requests that a client broke off. Prometheus
     * rejects a meter whose labels differ from those of the others, with an exception in the middle of closing the
     * connection.
     */
    @Produces
    @Singleton
    MeterFilter histograms() {
        return new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id meter) {
                return meter.getName().equals(REQUESTS) && meter.getTag(DIALECT) == null
                        ? meter.withTag(Tag.of(DIALECT, NO_DIALECT))
                        : meter;
            }

            @Override
            public DistributionStatisticConfig configure(Meter.Id meter, DistributionStatisticConfig config) {
                return meter.getName().equals(REQUESTS)
                        ? DistributionStatisticConfig.builder()
                                .serviceLevelObjectives(BUCKETS)
                                .build()
                                .merge(config)
                        : config;
            }
        };
    }

    /** Names the dialect of each request. */
    @Produces
    @Singleton
    HttpServerMetricsTagsContributor dialects() {
        return request -> {
            String dialect = request.requestContextLocalData(Dialects.NAME);
            return Tags.of(DIALECT, dialect == null ? NO_DIALECT : dialect);
        };
    }
}

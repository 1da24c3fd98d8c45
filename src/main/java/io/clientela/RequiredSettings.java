package io.clientela;

import io.quarkus.runtime.configuration.RuntimeConfigBuilder;
import io.smallrye.config.PropertiesLocationConfigSourceFactory;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a production start needs to be told. */
final class RequiredSettings {
    /** A need: the settings that meet it, of which the first is recommended, or a switch that waives it. */
    private record Need(List<String> settings, Optional<String> waivedBy) {
        Need(String... settings) {
            this(List.of(settings), Optional.empty());
        }

        String variable() {
            return toVariable(settings.get(0));
        }
    }

    private static final List<Need> NEEDS = List.of(
            new Need("quarkus.datasource.reactive.url"),
            new Need("quarkus.datasource.jdbc.url"),
            new Need("mp.jwt.verify.publickey.location", "mp.jwt.verify.publickey"),
            new Need("mp.jwt.verify.issuer"),
            new Need(List.of("mp.jwt.verify.audiences"), Optional.of("clientela.security.any-audience")));

    private final SmallRyeConfig config;

    RequiredSettings() {
        this.config = configuration();
    }

    /** Returns the names of all settings that are missing, as environment variables. */
    List<String> missing() {
        return NEEDS.stream().filter(need -> !isMet(need)).map(Need::variable).toList();
    }

    private boolean isMet(Need need) {
        return need.settings().stream().anyMatch(this::isSet)
                || need.waivedBy().filter(this::isTrue).isPresent();
    }

    private boolean isSet(String setting) {
        return config.getOptionalValue(setting, String.class)
                .filter(value -> !value.isBlank())
                .isPresent();
    }

    private boolean isTrue(String setting) {
        return config.getOptionalValue(setting, Boolean.class).orElse(false);
    }

    /**
     * Reads the sources that the service starts with. The configuration that is installed before the start will not do:
     * that of a native executable holds the environment of the image build.
     */
    private static SmallRyeConfig configuration() {
        var builder = new SmallRyeConfigBuilder();
        new RuntimeConfigBuilder().configBuilder(builder);
        return builder.withSources(new PropertiesLocationConfigSourceFactory()).build();
    }

    /** A setting's name as an environment variable (MicroProfile Config 3.1, section "Default ConfigSources"). */
    private static String toVariable(String setting) {
        return setting.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}

package dev.evenkeel.metadata;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What can be set on a global index while it lives.
 *
 * @param warm what was asked for, or null when it never was
 */
public record IndexSettings(
        ProvisionedThroughput throughput,
        OnDemandThroughput onDemand,
        @Nullable Throughput warm) {

    public static IndexSettings of(Throughput units) {
        return new IndexSettings(ProvisionedThroughput.of(units), OnDemandThroughput.NONE, null);
    }

    public IndexSettings withThroughput(ProvisionedThroughput next) {
        return new IndexSettings(next, onDemand, warm);
    }

    public IndexSettings withOnDemand(OnDemandThroughput next) {
        return new IndexSettings(throughput, next, warm);
    }

    public IndexSettings withWarm(Throughput next) {
        return new IndexSettings(throughput, onDemand, next);
    }

    IndexSettings finished(Instant at) {
        return withThroughput(throughput.finished(at));
    }
}

package dev.evenkeel.metadata;

import java.time.Instant;

/**
 * What can be set on a global index while it lives.
 *
 * @param warm as {@link TableSettings#warm()}
 */
public record IndexSettings(ProvisionedThroughput throughput, OnDemandThroughput onDemand, Throughput warm) {

    /** @param units zero for an index of an on-demand table */
    public static IndexSettings of(Throughput units) {
        return new IndexSettings(ProvisionedThroughput.of(units), OnDemandThroughput.NONE, warmFloor(units));
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
        var done = throughput.finished(at);
        return withThroughput(done).withWarm(warm.max(warmFloor(done.units())));
    }

    /** No units are what an index of an on-demand table has. */
    private static Throughput warmFloor(Throughput units) {
        return units.equals(Throughput.ZERO) ? TableSettings.ON_DEMAND_INITIAL : units;
    }
}

package dev.evenkeel.metadata;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What can be set on a table while it lives.
 *
 * @param onDemandSince when billing last became on-demand; null when it never was
 * @param warm the highest of what was provisioned, asked to be warm, and given to on-demand tables at first; never lowered
 * @param tableClass null when it was never set, which means STANDARD
 * @param tableClassSince when the class was last changed, or null
 * @param kmsKeyArn the key the user asked to encrypt with; null for the service's own
 */
public record TableSettings(
        BillingMode billing,
        @Nullable Instant onDemandSince,
        ProvisionedThroughput throughput,
        OnDemandThroughput onDemand,
        Throughput warm,
        @Nullable TableClass tableClass,
        @Nullable Instant tableClassSince,
        boolean deletionProtection,
        @Nullable String kmsKeyArn,
        StreamSettings stream) {

    /** What an on-demand table can serve from the beginning (Developer Guide, "On-demand capacity mode"). */
    public static final Throughput ON_DEMAND_INITIAL = new Throughput(12_000, 4_000);

    public static TableSettings forOnDemand() {
        return of(BillingMode.PAY_PER_REQUEST, Throughput.ZERO);
    }

    public static TableSettings forProvisioned(long readUnits, long writeUnits) {
        return of(BillingMode.PROVISIONED, new Throughput(readUnits, writeUnits));
    }

    private static TableSettings of(BillingMode billing, Throughput units) {
        return new TableSettings(
                billing,
                null,
                ProvisionedThroughput.of(units),
                OnDemandThroughput.NONE,
                billing == BillingMode.PAY_PER_REQUEST ? ON_DEMAND_INITIAL : units,
                null,
                null,
                false,
                null,
                StreamSettings.OFF);
    }

    public boolean isOnDemand() {
        return billing == BillingMode.PAY_PER_REQUEST;
    }

    public TableSettings withBilling(BillingMode next, @Nullable Instant since) {
        return new TableSettings(
                next,
                since,
                throughput,
                onDemand,
                warm,
                tableClass,
                tableClassSince,
                deletionProtection,
                kmsKeyArn,
                stream);
    }

    public TableSettings withThroughput(ProvisionedThroughput next) {
        return new TableSettings(
                billing,
                onDemandSince,
                next,
                onDemand,
                warm,
                tableClass,
                tableClassSince,
                deletionProtection,
                kmsKeyArn,
                stream);
    }

    public TableSettings withOnDemand(OnDemandThroughput next) {
        return new TableSettings(
                billing,
                onDemandSince,
                throughput,
                next,
                warm,
                tableClass,
                tableClassSince,
                deletionProtection,
                kmsKeyArn,
                stream);
    }

    public TableSettings withWarm(Throughput next) {
        return new TableSettings(
                billing,
                onDemandSince,
                throughput,
                onDemand,
                next,
                tableClass,
                tableClassSince,
                deletionProtection,
                kmsKeyArn,
                stream);
    }

    public TableSettings withTableClass(TableClass next, @Nullable Instant since) {
        return new TableSettings(
                billing, onDemandSince, throughput, onDemand, warm, next, since, deletionProtection, kmsKeyArn, stream);
    }

    public TableSettings withDeletionProtection(boolean next) {
        return new TableSettings(
                billing,
                onDemandSince,
                throughput,
                onDemand,
                warm,
                tableClass,
                tableClassSince,
                next,
                kmsKeyArn,
                stream);
    }

    public TableSettings withKmsKeyArn(@Nullable String next) {
        return new TableSettings(
                billing,
                onDemandSince,
                throughput,
                onDemand,
                warm,
                tableClass,
                tableClassSince,
                deletionProtection,
                next,
                stream);
    }

    public TableSettings withStream(StreamSettings next) {
        return new TableSettings(
                billing,
                onDemandSince,
                throughput,
                onDemand,
                warm,
                tableClass,
                tableClassSince,
                deletionProtection,
                kmsKeyArn,
                next);
    }

    TableSettings finished(Instant at) {
        var since = isOnDemand() && onDemandSince == null ? at : onDemandSince;
        var done = throughput.finished(at);
        var floor = isOnDemand() ? ON_DEMAND_INITIAL : done.units();
        return withBilling(billing, since).withThroughput(done).withWarm(warm.max(floor));
    }
}

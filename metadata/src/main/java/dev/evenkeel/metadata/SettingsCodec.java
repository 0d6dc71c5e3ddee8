package dev.evenkeel.metadata;

/** The binary form of what can be set on tables and indexes. */
final class SettingsCodec {
    private SettingsCodec() {}

    static void writeTable(Sink out, TableSettings settings) {
        out.member(settings.billing()).optional(settings.onDemandSince(), Sink::instant);
        writeProvisioned(out, settings.throughput());
        writeOnDemand(out, settings.onDemand());
        writeThroughput(out, settings.warm());
        out.optional(settings.tableClass(), Sink::member)
                .optional(settings.tableClassSince(), Sink::instant)
                .bool(settings.deletionProtection())
                .optional(settings.kmsKeyArn(), Sink::text);
        writeStream(out, settings.stream());
    }

    static TableSettings readTable(Source in) {
        return new TableSettings(
                in.member(BillingMode.class),
                in.optional(Source::instant),
                readProvisioned(in),
                readOnDemand(in),
                readThroughput(in),
                in.optional(i -> i.member(TableClass.class)),
                in.optional(Source::instant),
                in.bool(),
                in.optional(Source::text),
                readStream(in));
    }

    static void writeIndex(Sink out, IndexSettings settings) {
        writeProvisioned(out, settings.throughput());
        writeOnDemand(out, settings.onDemand());
        writeThroughput(out, settings.warm());
    }

    static IndexSettings readIndex(Source in) {
        return new IndexSettings(readProvisioned(in), readOnDemand(in), readThroughput(in));
    }

    private static void writeThroughput(Sink out, Throughput throughput) {
        out.i64(throughput.readUnits()).i64(throughput.writeUnits());
    }

    private static Throughput readThroughput(Source in) {
        return new Throughput(in.i64(), in.i64());
    }

    private static void writeProvisioned(Sink out, ProvisionedThroughput throughput) {
        writeThroughput(out, throughput.units());
        out.optional(throughput.pending(), SettingsCodec::writeThroughput)
                .optional(throughput.lastIncrease(), Sink::instant)
                .optional(throughput.lastDecrease(), Sink::instant)
                .i32(throughput.decreases());
    }

    private static ProvisionedThroughput readProvisioned(Source in) {
        return new ProvisionedThroughput(
                readThroughput(in),
                in.optional(SettingsCodec::readThroughput),
                in.optional(Source::instant),
                in.optional(Source::instant),
                in.i32());
    }

    private static void writeOnDemand(Sink out, OnDemandThroughput throughput) {
        out.i64(throughput.maxReadUnits()).i64(throughput.maxWriteUnits());
    }

    private static OnDemandThroughput readOnDemand(Source in) {
        return new OnDemandThroughput(in.i64(), in.i64());
    }

    private static void writeStream(Sink out, StreamSettings stream) {
        out.optional(stream.viewType(), Sink::member).optional(stream.label(), Sink::text);
    }

    private static StreamSettings readStream(Source in) {
        return new StreamSettings(in.optional(i -> i.member(StreamViewType.class)), in.optional(Source::text));
    }
}

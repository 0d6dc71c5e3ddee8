package dev.evenkeel.metadata;

import dev.evenkeel.metadata.CatalogChange.SetTimeToLive;
import dev.evenkeel.metadata.CatalogChange.SettleTimeToLive;

/** The binary form of how items expire, and of changes of it, whose kinds are 13 and 18. */
final class TimeToLiveCodec {
    static final int SET = 13;
    static final int SETTLE = 18;

    private TimeToLiveCodec() {}

    static void write(Sink out, TimeToLive timeToLive) {
        out.text(timeToLive.attribute()).member(timeToLive.status()).i64(timeToLive.id());
    }

    static TimeToLive read(Source in) {
        return new TimeToLive(in.text(), in.member(TimeToLiveStatus.class), in.i64());
    }

    static SetTimeToLive readSet(Source in, int tableId) {
        return new SetTimeToLive(tableId, read(in));
    }

    static SettleTimeToLive readSettle(Source in, int tableId) {
        return new SettleTimeToLive(tableId, read(in));
    }
}

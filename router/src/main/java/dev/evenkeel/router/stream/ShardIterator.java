package dev.evenkeel.router.stream;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import dev.evenkeel.partition.stream.ChangePosition;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * Where a reader stands in a shard. All of it is in the text that the client keeps, so any node goes on from there, and none
 * keeps anything for readers.
 *
 * <pre>
 * text    = streamArn|1|base64url(payload)
 * payload = version:u8 shardId position fromHorizon:u8 millis
 * </pre>
 *
 * @param after the last place that the reader has behind it
 * @param fromHorizon whether the reader has just begun at the oldest record there is, whichever that is when it reads
 * @param madeAt to the millisecond
 */
record ShardIterator(String streamArn, String shardId, ChangePosition after, boolean fromHorizon, Instant madeAt) {
    /** How long an iterator can be used (API Reference, "GetShardIterator"). */
    static final Duration LIFETIME = Duration.ofMinutes(15);

    private static final int VERSION = 1;
    private static final String FORMAT = "|1|";

    String text() {
        var out = new ByteWriter(80).u8(VERSION).string(shardId);
        after.write(out);
        out.bool(fromHorizon).unsigned(madeAt.toEpochMilli());
        return streamArn + FORMAT + Base64.getUrlEncoder().withoutPadding().encodeToString(out.toBytes());
    }

    /** @throws DynamoException validation, for what {@link #text} did not make */
    static ShardIterator of(String text) {
        int end = text.lastIndexOf(FORMAT);
        if (end < 0) {
            throw invalid();
        }
        try {
            var in = new ByteReader(Base64.getUrlDecoder().decode(text.substring(end + FORMAT.length())));
            if (in.u8() != VERSION) {
                throw invalid();
            }
            var iterator = new ShardIterator(
                    text.substring(0, end),
                    in.string(),
                    ChangePosition.read(in),
                    in.bool(),
                    Instant.ofEpochMilli(in.unsigned()));
            if (!in.atEnd()) {
                throw invalid();
            }
            return iterator;
        } catch (IllegalArgumentException | IndexOutOfBoundsException broken) {
            throw invalid();
        }
    }

    private static DynamoException invalid() {
        return DynamoException.validation("Invalid ShardIterator");
    }

    /** @throws DynamoException ExpiredIteratorException */
    void checkAge(Instant now) {
        if (now.isAfter(madeAt.plus(LIFETIME))) {
            throw new DynamoException(
                    ErrorCode.EXPIRED_ITERATOR, "The provided iterator exceeds the maximum age allowed.");
        }
    }

    /** The same reader further on. */
    ShardIterator at(ChangePosition next, Instant now) {
        return new ShardIterator(streamArn, shardId, next, false, now);
    }
}

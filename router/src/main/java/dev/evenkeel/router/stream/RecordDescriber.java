package dev.evenkeel.router.stream;

import dev.evenkeel.api.shape.Identity;
import dev.evenkeel.api.shape.Record;
import dev.evenkeel.api.shape.StreamRecord;
import dev.evenkeel.metadata.ChangeStream;
import dev.evenkeel.metadata.StreamShard;
import dev.evenkeel.model.Item;
import dev.evenkeel.partition.stream.ChangePosition;
import dev.evenkeel.partition.stream.ChangeRecord;
import dev.evenkeel.partition.stream.ChangesPage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Change records as DynamoDB gives them. */
final class RecordDescriber {
    private static final String VERSION = "1.1";
    private static final HexFormat HEX = HexFormat.of();
    private static final String SOURCE = "aws:dynamodb";

    /** Who deletes what has expired. */
    private static final Identity SERVICE = new Identity("dynamodb.amazonaws.com", "Service");

    private final ChangeStream stream;
    private final StreamShard shard;
    private final String region;

    RecordDescriber(ChangeStream stream, StreamShard shard, String region) {
        this.stream = stream;
        this.shard = shard;
        this.region = region;
    }

    Record describe(ChangesPage.Stored stored) {
        var change = ChangeRecord.decode(stored.record());
        return Record.builder()
                .eventID(eventId(stored.position()))
                .eventName(change.kind().name())
                .eventVersion(VERSION)
                .eventSource(SOURCE)
                .awsRegion(region)
                .dynamodb(content(stored.position(), change))
                .userIdentity(change.isExpiry() ? SERVICE : null)
                .build();
    }

    /** 32 hexadecimal digits that are the record's own, and the same whenever it is read. */
    private String eventId(ChangePosition position) {
        return HEX.toHexDigits((int) stream.id())
                + HEX.toHexDigits((int) shard.partitionId())
                + HEX.toHexDigits(position.lsn(), 12)
                + HEX.toHexDigits(position.ordinal(), 4);
    }

    private StreamRecord content(ChangePosition position, ChangeRecord change) {
        var keys = change.keys(stream.key());
        return StreamRecord.builder()
                .approximateCreationDateTime(
                        Instant.ofEpochMilli(change.millis()).truncatedTo(ChronoUnit.SECONDS))
                .keys(keys)
                .newImage(change.newImage())
                .oldImage(change.oldImage())
                .sequenceNumber(position.sequenceNumber())
                .sizeBytes((long) keys.sizeBytes() + size(change.newImage()) + size(change.oldImage()))
                .streamViewType(stream.viewType().name())
                .build();
    }

    private static int size(@Nullable Item item) {
        return item == null ? 0 : item.sizeBytes();
    }
}

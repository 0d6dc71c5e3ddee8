package dev.evenkeel.router.stream;

import dev.evenkeel.metadata.CatalogImage;
import dev.evenkeel.metadata.ChangeStream;
import dev.evenkeel.metadata.StreamShard;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import dev.evenkeel.model.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The streams and shards that clients see: a day after one has ended, it is not there any more, whether it has been cleared
 * away or not.
 */
final class StreamCatalog {
    /** How long records are kept (Developer Guide, "Change data capture for DynamoDB Streams"). */
    static final Duration RETENTION = Duration.ofHours(24);

    private final Supplier<CatalogImage> image;
    private final Supplier<CatalogImage> newest;
    private final Ticker ticker;

    StreamCatalog(Supplier<CatalogImage> image, Supplier<CatalogImage> newest, Ticker ticker) {
        this.image = image;
        this.newest = newest;
        this.ticker = ticker;
    }

    CatalogImage newest() {
        return newest.get();
    }

    /** What is older has been trimmed, now. */
    Instant keptSince() {
        return ticker.now().minus(RETENTION);
    }

    /** By their ARNs. */
    List<ChangeStream> streams(CatalogImage image) {
        var since = keptSince();
        return image.streams().stream()
                .filter(stream -> isKept(stream, since))
                .sorted(Comparator.comparing(ChangeStream::arn))
                .toList();
    }

    static boolean isKept(ChangeStream stream, Instant since) {
        var endedAt = stream.endedAt();
        return endedAt == null || !endedAt.isBefore(since);
    }

    /**
     * The stream as it is known here, or, when it is not, the newest.
     *
     * @throws DynamoException ResourceNotFoundException; validation for what is no ARN of a stream
     */
    ChangeStream stream(String arn) {
        return find(image.get(), arn).orElseGet(() -> newestStream(arn));
    }

    /** As {@link #stream}, but always as it is by now. */
    ChangeStream newestStream(String arn) {
        if (!arn.startsWith("arn:") || !arn.contains("/stream/")) {
            throw DynamoException.validation("Invalid StreamArn");
        }
        return find(newest(), arn).orElseThrow(() -> notFound("Stream: " + arn + " not found"));
    }

    private Optional<ChangeStream> find(CatalogImage in, String arn) {
        return streams(in).stream().filter(stream -> stream.arn().equals(arn)).findFirst();
    }

    /** In the order in which they were opened. */
    List<StreamShard> shards(ChangeStream stream) {
        var since = keptSince();
        return stream.shards().stream()
                .filter(shard -> {
                    var closedAt = shard.closedAt();
                    return closedAt == null || !closedAt.isBefore(since);
                })
                .toList();
    }

    Optional<StreamShard> shard(ChangeStream stream, String shardId) {
        return shards(stream).stream()
                .filter(shard -> shard.id().equals(shardId))
                .findFirst();
    }

    static DynamoException notFound(String what) {
        return new DynamoException(ErrorCode.RESOURCE_NOT_FOUND, "Requested resource not found: " + what);
    }
}

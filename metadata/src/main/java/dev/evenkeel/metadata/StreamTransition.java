package dev.evenkeel.metadata;

import dev.evenkeel.metadata.StreamChange.DropStream;
import dev.evenkeel.metadata.StreamChange.EndStream;
import java.util.Objects;

/**
 * What becomes of streams: they come and go with the settings of their tables. A label that is new to the table is a new
 * stream, with a shard for each partition.
 *
 * <pre>
 * ENABLING → ENABLED    when the table's change is finished
 * ENABLED  → DISABLING  switched off, or its table is deleted
 * DISABLING → DISABLED  no more records can come, and its shards have their ends
 * </pre>
 */
final class StreamTransition {
    private StreamTransition() {}

    /** The image with that table added or replaced, and its streams as its settings want them. */
    static CatalogImage put(CatalogImage image, Table table) {
        var next = image.withTable(table);
        var schema = table.schema().stream();
        boolean isKnown = false;
        for (var stream : image.streams()) {
            if (stream.tableId() == table.id()) {
                boolean isWanted =
                        schema != null && schema.id() == stream.recordsId() && table.status() != TableStatus.DELETING;
                next = next.withStream(followed(stream, table, isWanted));
                isKnown |= isWanted;
            }
        }
        boolean isNew = schema != null && !isKnown && table.status() != TableStatus.DELETING;
        return isNew ? next.withStream(opened(next, table)) : next;
    }

    private static ChangeStream opened(CatalogImage image, Table table) {
        var settings = table.settings().stream();
        var label = Objects.requireNonNull(settings.label());
        var createdAt = StreamSettings.startOf(label);
        return new ChangeStream(
                image.version(),
                table.id(),
                table.name(),
                table.arn(),
                table.schema().key(),
                Objects.requireNonNull(settings.viewType()),
                label,
                StreamStatus.ENABLING,
                createdAt,
                null,
                image.partitions(table.id()).stream()
                        .map(partition -> StreamShard.first(partition, createdAt))
                        .toList());
    }

    private static ChangeStream followed(ChangeStream stream, Table table, boolean isWanted) {
        return switch (stream.status()) {
            case ENABLING, ENABLED -> {
                if (!isWanted) {
                    yield stream.withStatus(StreamStatus.DISABLING);
                }
                yield table.status() == TableStatus.ACTIVE ? stream.withStatus(StreamStatus.ENABLED) : stream;
            }
            case DISABLING, DISABLED -> stream;
        };
    }

    static CatalogImage apply(CatalogImage image, StreamChange change) {
        var stream = image.stream(change.streamId());
        if (stream.isEmpty()) {
            return image;
        }
        return switch (change) {
            case EndStream end -> image.withStream(stream.get().ended(end.ends(), end.at()));
            case DropStream drop -> image.withoutStream(drop.streamId());
        };
    }
}

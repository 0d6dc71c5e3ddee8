package dev.evenkeel.metadata;

import dev.evenkeel.model.IndexSchema;
import dev.evenkeel.model.KeyAttribute;
import dev.evenkeel.model.TableSchema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything there is to know of a table but its items. The schema's global indexes are always those of
 * {@code globalIndexes} that take writes: all but the ones being deleted. Its stream is there while the settings' is on,
 * and when items expire while that is on or being switched on.
 *
 * @param version the catalog's version at which this table last changed
 * @param uuid what DynamoDB calls TableId
 * @param attributes the attribute definitions: exactly those that a key of the table or of an index uses
 * @param globalIndexes in the order in which they came
 * @param tags in the order of their keys
 * @param timeToLive null when nothing expires
 */
public record Table(
        TableSchema schema,
        long version,
        String arn,
        UUID uuid,
        Instant createdAt,
        TableStatus status,
        TableSettings settings,
        List<KeyAttribute> attributes,
        List<GlobalIndex> globalIndexes,
        Map<String, String> tags,
        @Nullable TimeToLive timeToLive) {

    public Table {
        attributes = List.copyOf(attributes);
        globalIndexes = List.copyOf(globalIndexes);
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
        schema = followed(schema, globalIndexes, settings.stream(), timeToLive);
    }

    private static TableSchema followed(
            TableSchema schema, List<GlobalIndex> indexes, StreamSettings stream, @Nullable TimeToLive timeToLive) {
        var followed = schema.withGlobalIndexes(writable(indexes))
                .withStream(stream.schema())
                .withExpiry(timeToLive == null ? null : timeToLive.schema());
        return followed.equals(schema) ? schema : followed;
    }

    private static List<IndexSchema> writable(List<GlobalIndex> indexes) {
        return indexes.stream()
                .filter(index -> index.status() != IndexStatus.DELETING)
                .map(GlobalIndex::schema)
                .toList();
    }

    public int id() {
        return schema.id();
    }

    public String name() {
        return schema.name();
    }

    public Optional<GlobalIndex> globalIndex(String name) {
        return globalIndexes.stream().filter(index -> index.name().equals(name)).findFirst();
    }

    /** Whether items can be read and written: DynamoDB serves a table that is being updated. */
    public boolean isServing() {
        return status == TableStatus.ACTIVE || status == TableStatus.UPDATING;
    }

    Table withVersion(long next) {
        return new Table(
                schema, next, arn, uuid, createdAt, status, settings, attributes, globalIndexes, tags, timeToLive);
    }

    Table withStatus(TableStatus next) {
        return new Table(
                schema, version, arn, uuid, createdAt, next, settings, attributes, globalIndexes, tags, timeToLive);
    }

    Table withSettings(TableSettings next) {
        return new Table(
                schema, version, arn, uuid, createdAt, status, next, attributes, globalIndexes, tags, timeToLive);
    }

    Table withTags(Map<String, String> next) {
        return new Table(
                schema, version, arn, uuid, createdAt, status, settings, attributes, globalIndexes, next, timeToLive);
    }

    Table withTimeToLive(@Nullable TimeToLive next) {
        return new Table(
                schema, version, arn, uuid, createdAt, status, settings, attributes, globalIndexes, tags, next);
    }

    /** With other attribute definitions, of which only those in use are kept. */
    Table withAttributes(List<KeyAttribute> next) {
        var used = next.stream().filter(attribute -> isKeyed(attribute.name())).toList();
        return new Table(
                schema, version, arn, uuid, createdAt, status, settings, used, globalIndexes, tags, timeToLive);
    }

    Table withIndex(GlobalIndex added) {
        var all = new ArrayList<>(globalIndexes);
        all.add(added);
        return withIndexes(all);
    }

    /** With the index of the same name replaced. */
    Table replacingIndex(GlobalIndex next) {
        return withIndexes(globalIndexes.stream()
                .map(index -> index.name().equals(next.name()) ? next : index)
                .toList());
    }

    /** Without that index, and without the attribute definitions that only it used. */
    Table withoutIndex(String name) {
        return withIndexes(globalIndexes.stream()
                        .filter(index -> !index.name().equals(name))
                        .toList())
                .withAttributes(attributes);
    }

    private Table withIndexes(List<GlobalIndex> next) {
        return new Table(schema, version, arn, uuid, createdAt, status, settings, attributes, next, tags, timeToLive);
    }

    private boolean isKeyed(String name) {
        return schema.key().names().contains(name)
                || schema.localIndexes().stream()
                        .anyMatch(index -> index.key().names().contains(name))
                || globalIndexes.stream()
                        .anyMatch(index -> index.schema().key().names().contains(name));
    }
}

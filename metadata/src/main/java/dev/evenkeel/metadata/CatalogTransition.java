package dev.evenkeel.metadata;

import dev.evenkeel.metadata.CatalogChange.AddIndex;
import dev.evenkeel.metadata.CatalogChange.CreateTable;
import dev.evenkeel.metadata.CatalogChange.DropIndex;
import dev.evenkeel.metadata.CatalogChange.DropTable;
import dev.evenkeel.metadata.CatalogChange.FinishTransition;
import dev.evenkeel.metadata.CatalogChange.Guarded;
import dev.evenkeel.metadata.CatalogChange.SetIndexSettings;
import dev.evenkeel.metadata.CatalogChange.SetIndexStatus;
import dev.evenkeel.metadata.CatalogChange.SetTableSettings;
import dev.evenkeel.metadata.CatalogChange.SetTableStatus;
import dev.evenkeel.metadata.CatalogChange.SetTimeToLive;
import dev.evenkeel.metadata.CatalogChange.SettleTimeToLive;
import dev.evenkeel.metadata.CatalogChange.TableChange;
import dev.evenkeel.metadata.CatalogChange.Tag;
import dev.evenkeel.metadata.CatalogChange.Untag;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import dev.evenkeel.model.IndexSchema;
import dev.evenkeel.model.KeyAttribute;
import dev.evenkeel.model.TableSchema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * From one image and one change to the next image: a pure function, the same on every replica. Throws DynamoException,
 * {@link StaleTableException} or {@link RefusedChangeException} when the change is refused; the image then stays as it
 * was.
 */
final class CatalogTransition {
    static final int TAGS_MAX = 50; // per resource: Developer Guide, "Service quotas"

    private final long version;
    private CatalogImage image;

    private CatalogTransition(CatalogImage image, long version) {
        this.image = image;
        this.version = version;
    }

    static CatalogImage apply(CatalogImage image, CatalogChange change, long version) {
        var transition = new CatalogTransition(image.withVersion(version), version);
        transition.apply(change);
        return transition.image;
    }

    private void apply(CatalogChange change) {
        switch (change) {
            case CreateTable create -> create(create);
            case Guarded guarded -> guarded(guarded);
            case TableChange tableChange -> apply(tableChange);
            case StreamChange streamChange -> image = StreamTransition.apply(image, streamChange);
            case ClusterChange clusterChange ->
                image = image.withTopology(ClusterTransition.apply(image.topology(), clusterChange, version));
        }
    }

    private void apply(TableChange change) {
        var table = image.tableById(change.tableId()).orElseThrow(DynamoException::resourceNotFound);
        switch (change) {
            case SetTableStatus set -> put(table.withStatus(set.status()));
            case SetTableSettings set -> put(table.withSettings(set.settings()));
            case FinishTransition finish -> put(finished(table, finish));
            case AddIndex add -> addIndex(table, add);
            case SetIndexStatus set ->
                put(table.replacingIndex(index(table, set.indexName()).withStatus(set.status(), set.backfilling())));
            case SetIndexSettings set ->
                put(table.replacingIndex(index(table, set.indexName()).withSettings(set.settings())));
            case DropIndex drop -> dropIndex(table, drop);
            case Tag tag -> put(tagged(table, tag));
            case Untag untag -> put(untagged(table, untag));
            case SetTimeToLive set -> put(table.withTimeToLive(set.timeToLive()));
            case SettleTimeToLive settle -> put(settled(table, settle.followed()));
            case DropTable _ -> image = image.withoutTable(table);
        }
    }

    private void put(Table table) {
        image = StreamTransition.put(image, table.withVersion(version));
    }

    private void create(CreateTable create) {
        var definition = create.definition();
        image.table(definition.name()).ifPresent(CatalogTransition::refuseSecond);
        int partitions = create.placement().partitions();
        int group = GroupChoice.forTable(image, create.placement());
        int id = takeId(partitions, group);
        var indexes = new ArrayList<GlobalIndex>();
        for (var index : definition.globalIndexes()) {
            indexes.add(newIndex(index, partitions, group));
        }
        put(new Table(
                new TableSchema(id, definition.name(), definition.key(), definition.localIndexes(), List.of()),
                version,
                definition.arn(),
                definition.uuid(),
                definition.createdAt(),
                TableStatus.CREATING,
                definition.settings(),
                definition.attributes(),
                indexes,
                definition.tags(),
                null));
    }

    private static void refuseSecond(Table first) {
        var message = switch (first.status()) {
            case CREATING -> "Attempt to change a resource which is still in use: Table is being created: ";
            case DELETING -> "Attempt to change a resource which is still in use: Table is being deleted: ";
            case ACTIVE, UPDATING -> "Table already exists: ";
        };
        throw new DynamoException(ErrorCode.RESOURCE_IN_USE, message + first.name());
    }

    private GlobalIndex newIndex(IndexDefinition definition, int partitions, int group) {
        var schema = new IndexSchema(
                definition.name(),
                IndexSchema.Kind.GLOBAL,
                takeId(partitions, group),
                definition.key(),
                definition.projection());
        return new GlobalIndex(schema, IndexStatus.CREATING, false, definition.settings());
    }

    /** The next id, with partitions over the whole hash space. */
    private int takeId(int partitions, int group) {
        int id = image.nextTableId();
        long firstPartition = image.nextPartitionId();
        var map = PartitionMap.evenly(id, partitions, firstPartition, group);
        image = image.withPartitions(id, map).withNextIds(id + 1, firstPartition + map.size());
        return id;
    }

    private void guarded(Guarded guarded) {
        var table = image.tableById(guarded.tableId()).orElseThrow(DynamoException::resourceNotFound);
        if (guarded.tableVersion() != Guarded.ANY_VERSION && guarded.tableVersion() != table.version()) {
            throw new StaleTableException(table.name(), guarded.tableVersion(), table.version());
        }
        for (var change : guarded.changes()) {
            apply(change);
        }
    }

    private static Table finished(Table table, FinishTransition finish) {
        return switch (table.status()) {
            case DELETING -> table;
            case CREATING -> created(table);
            case ACTIVE, UPDATING -> updated(table, finish.at());
        };
    }

    private static Table created(Table table) {
        var done = table.withStatus(TableStatus.ACTIVE)
                .withSettings(table.settings().finished(table.createdAt()));
        for (var index : table.globalIndexes()) {
            done = done.replacingIndex(index.finished(table.createdAt()).withStatus(IndexStatus.ACTIVE, false));
        }
        return done;
    }

    private static Table updated(Table table, Instant at) {
        var done = table.withSettings(table.settings().finished(at));
        for (var index : table.globalIndexes()) {
            done = done.replacingIndex(index.finished(at));
        }
        boolean busy = table.globalIndexes().stream().anyMatch(GlobalIndex::holdsTable);
        return done.withStatus(busy ? TableStatus.UPDATING : TableStatus.ACTIVE);
    }

    private void addIndex(Table table, AddIndex add) {
        if (table.schema().index(add.definition().name()).isPresent()
                || table.globalIndex(add.definition().name()).isPresent()) {
            throw DynamoException.validation("Attempting to create an index which already exists");
        }
        var attributes = new LinkedHashMap<String, KeyAttribute>();
        table.attributes().forEach(attribute -> attributes.put(attribute.name(), attribute));
        add.attributes().forEach(attribute -> attributes.putIfAbsent(attribute.name(), attribute));
        int group = GroupChoice.forIndex(image, table, add.placement());
        put(table.withIndex(newIndex(add.definition(), add.placement().partitions(), group))
                .withAttributes(List.copyOf(attributes.values())));
    }

    private void dropIndex(Table table, DropIndex drop) {
        var index = index(table, drop.indexName());
        put(table.withoutIndex(index.name()));
        image = image.withoutPartitions(index.id());
    }

    private static Table settled(Table table, TimeToLive followed) {
        return followed.equals(table.timeToLive()) ? table.withTimeToLive(followed.settled()) : table;
    }

    private static GlobalIndex index(Table table, String name) {
        return table.globalIndex(name).orElseThrow(DynamoException::resourceNotFound);
    }

    private static Table tagged(Table table, Tag tag) {
        var tags = new HashMap<>(table.tags());
        tags.putAll(tag.tags());
        if (tags.size() > TAGS_MAX) {
            throw DynamoException.validation("Number of Tags exceed the current limit for the provided ResourceArn");
        }
        return table.withTags(tags);
    }

    private static Table untagged(Table table, Untag untag) {
        var tags = new HashMap<>(table.tags());
        untag.keys().forEach(tags::remove);
        return table.withTags(tags);
    }
}

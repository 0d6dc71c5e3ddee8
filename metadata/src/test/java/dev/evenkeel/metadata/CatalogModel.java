package dev.evenkeel.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.metadata.CatalogChange.TableChange;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a catalog should hold, kept in plain maps that are changed in place. */
final class CatalogModel {

    private static final class ModelIndex {
        int id;
        int partitions;
        int group;
        IndexStatus status = IndexStatus.CREATING;
        boolean backfilling;
        IndexSettings settings;
        Set<String> keys;

        ModelIndex(int id, int partitions, int group, IndexDefinition definition) {
            this.id = id;
            this.partitions = partitions;
            this.group = group;
            this.settings = definition.settings();
            this.keys = definition.key().names();
        }

        ModelIndex(ModelIndex other) {
            id = other.id;
            partitions = other.partitions;
            group = other.group;
            status = other.status;
            backfilling = other.backfilling;
            settings = other.settings;
            keys = other.keys;
        }
    }

    private static final class ModelTable {
        String name;
        int partitions;
        int group;
        long version;
        TableStatus status = TableStatus.CREATING;
        TableSettings settings;
        Set<String> ownKeys = new HashSet<>();
        Map<String, ModelIndex> indexes = new LinkedHashMap<>();
        Map<String, String> tags;

        @Nullable
        TimeToLive timeToLive;

        ModelTable(TableDefinition definition, int partitions, int group) {
            this.name = definition.name();
            this.partitions = partitions;
            this.group = group;
            this.settings = definition.settings();
            this.tags = new TreeMap<>(definition.tags());
            ownKeys.addAll(definition.key().names());
            definition
                    .localIndexes()
                    .forEach(index -> ownKeys.addAll(index.key().names()));
        }

        ModelTable(ModelTable other) {
            name = other.name;
            partitions = other.partitions;
            group = other.group;
            version = other.version;
            status = other.status;
            settings = other.settings;
            ownKeys = other.ownKeys;
            other.indexes.forEach((key, index) -> indexes.put(key, new ModelIndex(index)));
            tags = new TreeMap<>(other.tags);
            timeToLive = other.timeToLive;
        }
    }

    private final Map<Integer, ModelTable> tables = new HashMap<>();
    private final ClusterModel cluster = new ClusterModel();
    private int nextId = 1;

    /** False when the change must be refused. */
    boolean apply(CatalogChange change, long lsn) {
        return switch (change) {
            case CatalogChange.CreateTable create -> create(create, lsn);
            case CatalogChange.Guarded guarded -> guarded(guarded, lsn);
            case TableChange one -> applyToTable(one, lsn);
            case StreamChange _ -> true; // of a stream, which is not modelled here
            case ClusterChange one -> cluster.apply(one, lsn);
        };
    }

    private boolean create(CatalogChange.CreateTable create, long lsn) {
        if (tables.values().stream()
                .anyMatch(it -> it.name.equals(create.definition().name()))) {
            return false;
        }
        int partitions = create.placement().partitions();
        int group = create.placement().isSpread()
                ? emptiestGroup()
                : create.placement().groupId();
        var table = new ModelTable(create.definition(), partitions, group);
        table.version = lsn;
        tables.put(nextId++, table);
        for (var index : create.definition().globalIndexes()) {
            table.indexes.put(index.name(), new ModelIndex(nextId++, partitions, group, index));
        }
        return true;
    }

    private int emptiestGroup() {
        int best = 1;
        long fewest = Long.MAX_VALUE;
        for (int group : cluster.groups().keySet()) {
            long hosted =
                    tables.values().stream().filter(it -> it.group == group).count();
            if (group > 0 && hosted < fewest) {
                best = group;
                fewest = hosted;
            }
        }
        return best;
    }

    private boolean guarded(CatalogChange.Guarded guarded, long lsn) {
        var table = tables.get(guarded.tableId());
        if (table == null || (guarded.tableVersion() != 0 && guarded.tableVersion() != table.version)) {
            return false;
        }
        var saved = new ModelTable(table);
        int savedNextId = nextId;
        for (var change : guarded.changes()) {
            if (!applyToTable(change, lsn)) {
                tables.put(guarded.tableId(), saved);
                nextId = savedNextId;
                return false;
            }
        }
        return true;
    }

    private boolean applyToTable(TableChange change, long lsn) {
        var table = tables.get(change.tableId());
        if (table == null) {
            return false;
        }
        if (change instanceof CatalogChange.DropTable) {
            tables.remove(change.tableId());
            return true;
        }
        boolean accepted = edit(table, change);
        if (accepted) {
            table.version = lsn;
        }
        return accepted;
    }

    private boolean edit(ModelTable table, TableChange change) {
        switch (change) {
            case CatalogChange.SetTableStatus set -> table.status = set.status();
            case CatalogChange.SetTableSettings set -> table.settings = set.settings();
            case CatalogChange.FinishTransition finish -> finish(table, finish.at());
            case CatalogChange.AddIndex add -> {
                var name = add.definition().name();
                if (table.indexes.containsKey(name)) {
                    return false;
                }
                var placement = add.placement();
                int group = placement.isSpread() ? table.group : placement.groupId();
                var index = new ModelIndex(nextId++, placement.partitions(), group, add.definition());
                table.indexes.put(name, index);
            }
            case CatalogChange.SetIndexStatus set -> {
                return onIndex(table.indexes.get(set.indexName()), index -> {
                    index.status = set.status();
                    index.backfilling = set.backfilling();
                });
            }
            case CatalogChange.SetIndexSettings set -> {
                return onIndex(table.indexes.get(set.indexName()), index -> index.settings = set.settings());
            }
            case CatalogChange.DropIndex drop -> {
                return table.indexes.remove(drop.indexName()) != null;
            }
            case CatalogChange.Tag tag -> table.tags.putAll(tag.tags());
            case CatalogChange.Untag untag -> untag.keys().forEach(table.tags::remove);
            case CatalogChange.SetTimeToLive set -> table.timeToLive = set.timeToLive();
            case CatalogChange.SettleTimeToLive settle -> settle(table, settle.followed());
            case CatalogChange.DropTable _ -> throw new AssertionError();
        }
        return true;
    }

    private static void settle(ModelTable table, TimeToLive followed) {
        if (followed.equals(table.timeToLive)) {
            table.timeToLive = switch (followed.status()) {
                case ENABLING, ENABLED -> new TimeToLive(followed.attribute(), TimeToLiveStatus.ENABLED, followed.id());
                case DISABLING -> null;
            };
        }
    }

    private static boolean onIndex(@Nullable ModelIndex index, Consumer<ModelIndex> edit) {
        if (index == null) {
            return false;
        }
        edit.accept(index);
        return true;
    }

    private static void finish(ModelTable table, Instant at) {
        if (table.status == TableStatus.DELETING) {
            return;
        }
        boolean creating = table.status == TableStatus.CREATING;
        var moment = creating ? Samples.NOW : at;
        table.settings = table.settings.finished(moment);
        boolean busy = false;
        for (var index : table.indexes.values()) {
            index.settings = index.settings.finished(moment);
            if (creating || index.status == IndexStatus.UPDATING) {
                index.status = IndexStatus.ACTIVE;
                index.backfilling = false;
            }
            busy |= index.status == IndexStatus.DELETING
                    || (index.status == IndexStatus.CREATING && !index.backfilling);
        }
        table.status = busy ? TableStatus.UPDATING : TableStatus.ACTIVE;
    }

    void assertAgrees(CatalogImage image) {
        assertThat(image.tableNames())
                .containsExactlyElementsOf(
                        tables.values().stream().map(it -> it.name).sorted().toList());
        assertThat(image.tables()).hasSize(tables.size());
        tables.forEach((id, expected) -> assertAgrees(image, id, expected));
        cluster.assertAgrees(image);
    }

    private static void assertAgrees(CatalogImage image, int id, ModelTable expected) {
        var table = image.tableById(id).orElseThrow();
        assertThat(image.table(expected.name)).containsSame(table);
        assertThat(table.name()).isEqualTo(expected.name);
        assertThat(table.version()).isEqualTo(expected.version);
        assertThat(table.status()).isEqualTo(expected.status);
        assertThat(table.settings()).isEqualTo(expected.settings);
        assertThat(table.tags()).isEqualTo(expected.tags);
        assertThat(table.timeToLive()).isEqualTo(expected.timeToLive);
        assertThat(table.schema().expiry() != null)
                .isEqualTo(expected.timeToLive != null && expected.timeToLive.status() != TimeToLiveStatus.DISABLING);
        assertPartitions(image, id, expected.partitions, expected.group);
        var used = new HashSet<>(expected.ownKeys);
        expected.indexes.values().forEach(index -> used.addAll(index.keys));
        assertThat(table.attributes()).extracting(it -> it.name()).containsExactlyInAnyOrderElementsOf(used);
        assertThat(table.globalIndexes())
                .extracting(GlobalIndex::name)
                .containsExactlyElementsOf(expected.indexes.keySet());
        var writable = expected.indexes.entrySet().stream()
                .filter(index -> index.getValue().status != IndexStatus.DELETING)
                .map(Map.Entry::getKey)
                .toList();
        assertThat(table.schema().globalIndexes()).extracting(it -> it.name()).containsExactlyElementsOf(writable);
        for (var index : table.globalIndexes()) {
            var model = Objects.requireNonNull(expected.indexes.get(index.name()));
            assertThat(index.id()).isEqualTo(model.id);
            assertThat(index.status()).isEqualTo(model.status);
            assertThat(index.backfilling()).isEqualTo(model.backfilling);
            assertThat(index.settings()).isEqualTo(model.settings);
            assertPartitions(image, index.id(), model.partitions, model.group);
            assertThat(image.tableOfIndex(index.id())).containsSame(table);
        }
    }

    private static void assertPartitions(CatalogImage image, int id, int count, int group) {
        assertThat(image.partitions(id))
                .hasSize(count)
                .extracting(PartitionDescriptor::groupId)
                .containsOnly(group);
    }
}

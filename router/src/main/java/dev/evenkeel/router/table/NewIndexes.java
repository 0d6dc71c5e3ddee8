package dev.evenkeel.router.table;

import dev.evenkeel.api.shape.GlobalSecondaryIndex;
import dev.evenkeel.api.shape.KeySchemaElement;
import dev.evenkeel.api.shape.LocalSecondaryIndex;
import dev.evenkeel.metadata.IndexDefinition;
import dev.evenkeel.metadata.IndexSettings;
import dev.evenkeel.metadata.OnDemandThroughput;
import dev.evenkeel.metadata.Throughput;
import dev.evenkeel.model.IndexSchema;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.Projection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The indexes of a CreateTable request: their rules, in the order in which DynamoDB checks them. */
final class NewIndexes {
    private static final int LOCAL_MAX = 5;
    static final int GLOBAL_MAX = 20;

    private final KeyRules keys;
    private final KeySchema tableKey;
    private final boolean onDemand;
    private final List<LocalSecondaryIndex> local;
    private final List<GlobalSecondaryIndex> global;
    private final Set<String> names = new HashSet<>();

    /** Checks what concerns the lists as a whole and the attribute definitions, which DynamoDB does before all else. */
    NewIndexes(
            KeyRules keys,
            KeySchema tableKey,
            boolean onDemand,
            @Nullable List<LocalSecondaryIndex> local,
            @Nullable List<GlobalSecondaryIndex> global) {
        this.keys = keys;
        this.tableKey = tableKey;
        this.onDemand = onDemand;
        this.local = requireMembers(local, "LocalSecondaryIndexes");
        this.global = requireMembers(global, "GlobalSecondaryIndexes");
        if (!this.local.isEmpty() && !tableKey.hasSortKey()) {
            throw Refusals.invalid("Table KeySchema does not have a range key, which is required when specifying a"
                    + " LocalSecondaryIndex");
        }
        requireDefinitionsMatch();
    }

    private static <T> List<T> requireMembers(@Nullable List<T> list, String name) {
        if (list != null && list.isEmpty()) {
            throw Refusals.invalid("List of " + name + " is empty");
        }
        return list == null ? List.of() : list;
    }

    private void requireDefinitionsMatch() {
        if (local.isEmpty() && global.isEmpty()) {
            if (keys.definitions().size() != tableKey.names().size()) {
                throw Refusals.invalid("Number of attributes in KeySchema does not exactly match number of attributes"
                        + " defined in AttributeDefinitions");
            }
            return;
        }
        var keyed = new LinkedHashSet<>(tableKey.names());
        local.forEach(index -> addDefined(keyed, index.keySchema()));
        global.forEach(index -> addDefined(keyed, index.keySchema()));
        keys.requireUsed(keyed);
    }

    private void addDefined(Set<String> keyed, @Nullable List<KeySchemaElement> elements) {
        keys.requireDefined(Objects.requireNonNull(elements));
        keyed.addAll(KeyRules.names(elements));
    }

    List<IndexSchema> local() {
        var schemas = new ArrayList<IndexSchema>();
        for (var index : local) {
            var name = Objects.requireNonNull(index.indexName());
            var key = localKey(name, Objects.requireNonNull(index.keySchema()));
            var projection = ProjectionRules.read(Objects.requireNonNull(index.projection()));
            requireNewName(name);
            schemas.add(new IndexSchema(name, IndexSchema.Kind.LOCAL, schemas.size() + 1, key, projection));
        }
        if (schemas.size() > LOCAL_MAX) {
            throw Refusals.invalid("Number of LocalSecondaryIndexes exceeds per-table limit of " + LOCAL_MAX);
        }
        return schemas;
    }

    private KeySchema localKey(String name, List<KeySchemaElement> elements) {
        var key = keys.plainKey(elements);
        if (!key.hasSortKey()) {
            throw Refusals.invalid("Index KeySchema does not have a range key for index: " + name);
        }
        var hash = key.partitionKey().getFirst().name();
        var tableHash = tableKey.partitionKey().getFirst().name();
        if (!hash.equals(tableHash)) {
            throw Refusals.invalid("Index KeySchema does not have the same leading hash key as table KeySchema for"
                    + " index: " + name + ". index hash key: " + hash + ", table hash key: " + tableHash);
        }
        return key;
    }

    List<IndexDefinition> global() {
        var definitions = new ArrayList<IndexDefinition>();
        for (var index : global) {
            var name = Objects.requireNonNull(index.indexName());
            var key = keys.globalKey(Objects.requireNonNull(index.keySchema()));
            var projection = ProjectionRules.read(Objects.requireNonNull(index.projection()));
            var settings = settings(name, index);
            requireNewName(name);
            definitions.add(new IndexDefinition(name, key, projection, settings));
        }
        if (definitions.size() > GLOBAL_MAX) {
            throw Refusals.invalid("GlobalSecondaryIndex count exceeds the per-table limit of " + GLOBAL_MAX);
        }
        return definitions;
    }

    private IndexSettings settings(String name, GlobalSecondaryIndex index) {
        var units = units(name, index);
        var onDemandThroughput = OnDemandThroughput.NONE;
        var ceilings = index.onDemandThroughput();
        if (ceilings != null && ThroughputRules.isGiven(ceilings)) {
            if (!onDemand) {
                throw ThroughputRules.onDemandRefused(
                        ceilings,
                        " for OnDemandThroughput for index: " + name
                                + " cannot be specified when table BillingMode is PROVISIONED.");
            }
            onDemandThroughput = ThroughputRules.onDemand(ceilings, OnDemandThroughput.NONE, false, "index : " + name);
        }
        return IndexSettings.of(units)
                .withOnDemand(onDemandThroughput)
                .withWarm(ThroughputRules.newWarm(index.warmThroughput(), units, "index " + name));
    }

    private Throughput units(String name, GlobalSecondaryIndex index) {
        var given = index.provisionedThroughput();
        if (onDemand) {
            if (given != null) {
                throw Refusals.invalid("ProvisionedThroughput should not be specified for index: " + name
                        + " when BillingMode is PAY_PER_REQUEST");
            }
            return Throughput.ZERO;
        }
        if (given == null) {
            throw Refusals.invalid("ProvisionedThroughput is not specified for index: " + name);
        }
        var units = ThroughputRules.provisioned(given);
        ThroughputRules.requireInBounds(units);
        return units;
    }

    private void requireNewName(String name) {
        if (!names.add(name)) {
            throw Refusals.invalid("Duplicate index name: " + name);
        }
    }

    static List<Projection> projections(List<IndexSchema> local, List<IndexDefinition> global) {
        var all = new ArrayList<Projection>();
        local.forEach(index -> all.add(index.projection()));
        global.forEach(index -> all.add(index.projection()));
        return all;
    }
}

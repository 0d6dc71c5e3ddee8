package dev.evenkeel.router.table;

import dev.evenkeel.api.shape.AttributeDefinition;
import dev.evenkeel.api.shape.CreateGlobalSecondaryIndexAction;
import dev.evenkeel.api.shape.GlobalSecondaryIndexUpdate;
import dev.evenkeel.api.shape.UpdateGlobalSecondaryIndexAction;
import dev.evenkeel.api.shape.UpdateTableInput;
import dev.evenkeel.metadata.BillingMode;
import dev.evenkeel.metadata.CatalogChange.AddIndex;
import dev.evenkeel.metadata.CatalogChange.SetIndexSettings;
import dev.evenkeel.metadata.CatalogChange.SetIndexStatus;
import dev.evenkeel.metadata.CatalogChange.TableChange;
import dev.evenkeel.metadata.GlobalIndex;
import dev.evenkeel.metadata.IndexDefinition;
import dev.evenkeel.metadata.IndexSettings;
import dev.evenkeel.metadata.IndexStatus;
import dev.evenkeel.metadata.OnDemandThroughput;
import dev.evenkeel.metadata.Table;
import dev.evenkeel.metadata.Throughput;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.IndexSchema;
import dev.evenkeel.model.Projection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The part of an {@link UpdatePlan} that is about global indexes. */
final class IndexUpdatePlan {
    private final UpdateTableInput input;
    private final List<GlobalSecondaryIndexUpdate> updates;
    private final Table table;
    private final BillingMode billing; // as it will be
    private final TableOptions options;
    private final Instant now;
    private final List<TableChange> changes = new ArrayList<>();
    private boolean holdsTable;

    IndexUpdatePlan(UpdateTableInput input, Table table, BillingMode billing, TableOptions options, Instant now) {
        this.input = input;
        this.table = table;
        this.billing = billing;
        this.options = options;
        this.now = now;
        var given = input.globalSecondaryIndexUpdates();
        this.updates = given == null ? List.of() : given;
    }

    List<TableChange> changes() {
        requireOneOnline();
        requireUnitsForAll();
        updates.forEach(this::plan);
        if (switchesTo(BillingMode.PAY_PER_REQUEST)) {
            freeOfUnits();
        }
        return changes;
    }

    /** Whether an index comes or goes, which keeps the table UPDATING. */
    boolean holdsTable() {
        return holdsTable;
    }

    private boolean switchesTo(BillingMode mode) {
        return billing == mode && table.settings().billing() != mode;
    }

    private void requireOneOnline() {
        if (updates.stream().filter(update -> update.update() == null).count() > 1) {
            throw Refusals.oneOnlineIndex();
        }
    }

    /** Nothing is provisioned unasked. */
    private void requireUnitsForAll() {
        if (!switchesTo(BillingMode.PROVISIONED)) {
            return;
        }
        var without = table.globalIndexes().stream()
                .map(GlobalIndex::name)
                .filter(name -> updates.stream().noneMatch(update -> setsUnits(update, name)))
                .toList();
        if (!without.isEmpty()) {
            throw Refusals.invalid("ProvisionedThroughput must be specified for index: " + String.join(",", without));
        }
    }

    private static boolean setsUnits(GlobalSecondaryIndexUpdate given, String name) {
        var update = given.update();
        return update != null && name.equals(update.indexName()) && update.provisionedThroughput() != null;
    }

    /** On-demand billing takes provisioned units from every index at once; it counts as a decrease. */
    private void freeOfUnits() {
        for (var index : table.globalIndexes()) {
            var settings = index.settings();
            changes.add(new SetIndexSettings(
                    table.id(),
                    index.name(),
                    settings.withThroughput(settings.throughput().decreasedTo(Throughput.ZERO, now))
                            .withOnDemand(OnDemandThroughput.NONE)));
            if (index.status() == IndexStatus.ACTIVE) {
                changes.add(new SetIndexStatus(table.id(), index.name(), IndexStatus.UPDATING, false));
            }
        }
    }

    private void plan(GlobalSecondaryIndexUpdate given) {
        var create = given.create();
        var update = given.update();
        var name = UpdateRequestRules.indexName(given);
        if (create != null) {
            planCreate(name, create);
        } else if (update != null) {
            planUpdate(name, update);
        } else {
            planDelete(name);
        }
    }

    private GlobalIndex existing(String name, String verb) {
        if (table.schema().localIndexes().stream()
                .anyMatch(index -> index.name().equals(name))) {
            throw DynamoException.validation(
                    "Cannot " + verb + " an index that is not a GlobalSecondaryIndex: " + name);
        }
        return table.globalIndex(name).orElseThrow(() -> Refusals.indexNotFound(name, table.name()));
    }

    private void planDelete(String name) {
        var index = existing(name, "delete");
        requireNoOtherOnline(name);
        BusyTable.requireDeletable(table, index);
        BusyTable.requireSteadyForIndexes(table);
        changes.add(new SetIndexStatus(table.id(), name, IndexStatus.DELETING, false));
        holdsTable = true;
    }

    private void requireNoOtherOnline(String name) {
        for (var index : table.globalIndexes()) {
            boolean online = index.status() == IndexStatus.CREATING || index.status() == IndexStatus.DELETING;
            if (online && !index.name().equals(name)) {
                throw Refusals.oneOnlineIndex();
            }
        }
    }

    private void planUpdate(String name, UpdateGlobalSecondaryIndexAction update) {
        var given = update.provisionedThroughput();
        if (given != null && !ThroughputRules.isInBounds(ThroughputRules.provisioned(given))) {
            throw DynamoException.validation("This operation cannot be performed with given input values. Please"
                    + " contact DynamoDB service team for more info: Action Blocked: IndexUpdate");
        }
        var index = existing(name, "update");
        var next = index.settings();
        if (given != null) {
            next = withUnits(index, ThroughputRules.provisioned(given));
        }
        next = withCeilings(index, next, update);
        if (update.warmThroughput() != null) {
            next = next.withWarm(ThroughputRules.raisedWarm(update.warmThroughput(), next.warm(), "index " + name));
        }
        BusyTable.requireSteady(table, index);
        changes.add(new SetIndexSettings(table.id(), name, next));
        if (index.status() == IndexStatus.ACTIVE) {
            changes.add(new SetIndexStatus(table.id(), name, IndexStatus.UPDATING, false));
        }
    }

    private IndexSettings withUnits(GlobalIndex index, Throughput asked) {
        var settings = index.settings();
        var throughput = settings.throughput();
        if (billing == BillingMode.PAY_PER_REQUEST) {
            throw Refusals.invalid("The only Updates for index: " + index.name()
                    + " when TableThroughputMode is PAY_PER_REQUEST can be to OnDemandThroughput, WarmThroughput");
        }
        if (switchesTo(BillingMode.PROVISIONED)) {
            return settings.withThroughput(throughput.withUnits(asked)).withOnDemand(OnDemandThroughput.NONE);
        }
        var current = throughput.pending() == null ? throughput.units() : throughput.pending();
        if (asked.equals(current)) {
            throw UpdatePlan.unchanged("the index " + index.name(), "index " + index.name(), current);
        }
        if (current.fallsTo(asked)) {
            DecreaseRule.check(throughput, now);
        }
        return settings.withThroughput(throughput.beginning(asked, now));
    }

    private IndexSettings withCeilings(
            GlobalIndex index, IndexSettings settings, UpdateGlobalSecondaryIndexAction update) {
        var given = update.onDemandThroughput();
        if (given == null || !ThroughputRules.isGiven(given)) {
            return settings;
        }
        if (billing == BillingMode.PROVISIONED) {
            throw ThroughputRules.onDemandRefused(
                    given,
                    " for OnDemandThroughput for index : " + index.name()
                            + " cannot be specified when the table BillingMode is PROVISIONED");
        }
        return settings.withOnDemand(
                ThroughputRules.onDemand(given, settings.onDemand(), true, "index : " + index.name()));
    }

    private void planCreate(String name, CreateGlobalSecondaryIndexAction create) {
        requireNewName(name);
        requireNoOtherOnline(name);
        BusyTable.requireSteadyForIndexes(table);
        var attributes = input.attributeDefinitions();
        if (attributes == null) {
            throw Refusals.invalid("AttributeDefinitions is not specified for index: " + name);
        }
        var elements = Objects.requireNonNull(create.keySchema());
        var keys = new KeyRules(attributes.stream().map(this::asTheTableHasIt).toList());
        keys.requireDefined(elements);
        var key = keys.globalKey(elements);
        var projection = ProjectionRules.read(Objects.requireNonNull(create.projection()));
        ProjectionRules.requireFewAttributes(
                Stream.concat(existingProjections(), Stream.of(projection)).toList());
        var definition = new IndexDefinition(name, key, projection, newSettings(name, create));
        if (table.globalIndexes().size() >= NewIndexes.GLOBAL_MAX) {
            throw Refusals.limit(
                    "Number of global secondary indexes exceeds per-table limit of " + NewIndexes.GLOBAL_MAX);
        }
        changes.add(new AddIndex(table.id(), definition, keys.definitions(), options.placement()));
        holdsTable = true;
    }

    /** An attribute that the table knows keeps its type, whatever the request says. */
    private AttributeDefinition asTheTableHasIt(AttributeDefinition given) {
        return table.attributes().stream()
                .filter(known -> known.name().equals(given.attributeName()))
                .findFirst()
                .map(known ->
                        given.toBuilder().attributeType(known.type().name()).build())
                .orElse(given);
    }

    private void requireNewName(String name) {
        table.globalIndex(name)
                .filter(index -> index.status() == IndexStatus.DELETING)
                .ifPresent(index -> BusyTable.requireSteady(table, index));
        if (table.schema().index(name).isPresent()) {
            throw DynamoException.validation("Attempting to create an index which already exists");
        }
    }

    private Stream<Projection> existingProjections() {
        return table.schema().indexes().stream().map(IndexSchema::projection);
    }

    private IndexSettings newSettings(String name, CreateGlobalSecondaryIndexAction create) {
        var given = create.provisionedThroughput();
        var units = Throughput.ZERO;
        if (billing == BillingMode.PROVISIONED) {
            if (given == null) {
                throw Refusals.invalid(
                        "Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: " + name);
            }
            units = ThroughputRules.provisioned(given);
            ThroughputRules.requireInBounds(units);
        } else if (given != null) {
            throw Refusals.invalid("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: "
                    + name + " when BillingMode is PAY_PER_REQUEST");
        }
        var ceilings = OnDemandThroughput.NONE;
        var askedCeilings = create.onDemandThroughput();
        if (askedCeilings != null && ThroughputRules.isGiven(askedCeilings)) {
            if (billing == BillingMode.PROVISIONED) {
                throw ThroughputRules.onDemandRefused(
                        askedCeilings,
                        " for OnDemandThroughput for index : " + name
                                + " cannot be specified when the table BillingMode is PROVISIONED");
            }
            ceilings = ThroughputRules.onDemand(askedCeilings, OnDemandThroughput.NONE, false, "index : " + name);
        }
        return IndexSettings.of(units)
                .withOnDemand(ceilings)
                .withWarm(ThroughputRules.newWarm(create.warmThroughput(), units, "index " + name));
    }
}

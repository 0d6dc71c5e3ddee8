package dev.evenkeel.router.table;

import dev.evenkeel.api.shape.AttributeDefinition;
import dev.evenkeel.api.shape.BillingModeSummary;
import dev.evenkeel.api.shape.GlobalSecondaryIndexDescription;
import dev.evenkeel.api.shape.GlobalSecondaryIndexWarmThroughputDescription;
import dev.evenkeel.api.shape.KeySchemaElement;
import dev.evenkeel.api.shape.LocalSecondaryIndexDescription;
import dev.evenkeel.api.shape.ProvisionedThroughputDescription;
import dev.evenkeel.api.shape.SSEDescription;
import dev.evenkeel.api.shape.StreamSpecification;
import dev.evenkeel.api.shape.TableClassSummary;
import dev.evenkeel.api.shape.TableDescription;
import dev.evenkeel.api.shape.TableWarmThroughputDescription;
import dev.evenkeel.metadata.GlobalIndex;
import dev.evenkeel.metadata.IndexStatus;
import dev.evenkeel.metadata.OnDemandThroughput;
import dev.evenkeel.metadata.ProvisionedThroughput;
import dev.evenkeel.metadata.Table;
import dev.evenkeel.metadata.TableSettings;
import dev.evenkeel.metadata.TableStatistics;
import dev.evenkeel.metadata.TableStatus;
import dev.evenkeel.model.IndexSchema;
import dev.evenkeel.model.KeyAttribute;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.Projection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tables as DynamoDB describes them. What is absent there is absent here: a table that was never on-demand has no billing
 * summary, one whose class was never set no class, one with the service's own key no encryption.
 */
final class TableDescriber {
    private final TableStatistics statistics;

    TableDescriber(TableStatistics statistics) {
        this.statistics = statistics;
    }

    TableDescription describe(Table table, Instant now) {
        var counts = statistics.counts(table.id());
        var settings = table.settings();
        var stream = settings.stream();
        return TableDescription.builder()
                .attributeDefinitions(attributes(table.attributes()))
                .tableName(table.name())
                .keySchema(key(table.schema().key()))
                .tableStatus(table.status().name())
                .creationDateTime(table.createdAt())
                .provisionedThroughput(throughput(settings.throughput(), now))
                .tableSizeBytes(counts.bytes())
                .itemCount(counts.items())
                .tableArn(table.arn())
                .tableId(table.uuid().toString())
                .billingModeSummary(billing(settings))
                .localSecondaryIndexes(localIndexes(table))
                .globalSecondaryIndexes(globalIndexes(table, now))
                .streamSpecification(
                        stream.viewType() == null
                                ? null
                                : StreamSpecification.builder()
                                        .streamEnabled(true)
                                        .streamViewType(stream.viewType().name())
                                        .build())
                .latestStreamLabel(stream.label())
                .latestStreamArn(stream.label() == null ? null : table.arn() + "/stream/" + stream.label())
                .sseDescription(encryption(settings.kmsKeyArn()))
                .tableClassSummary(tableClass(settings))
                .deletionProtectionEnabled(settings.deletionProtection())
                .onDemandThroughput(onDemand(settings.onDemand()))
                .warmThroughput(warm(table))
                .build();
    }

    /** By name, as DynamoDB gives them whatever their order was. */
    private static List<AttributeDefinition> attributes(List<KeyAttribute> attributes) {
        return attributes.stream()
                .sorted(Comparator.comparing(KeyAttribute::name))
                .map(attribute -> AttributeDefinition.builder()
                        .attributeName(attribute.name())
                        .attributeType(attribute.type().name())
                        .build())
                .toList();
    }

    private static List<KeySchemaElement> key(KeySchema key) {
        var elements = new ArrayList<KeySchemaElement>();
        key.partitionKey().forEach(attribute -> elements.add(element(attribute, "HASH")));
        key.sortKey().forEach(attribute -> elements.add(element(attribute, "RANGE")));
        return elements;
    }

    private static KeySchemaElement element(KeyAttribute attribute, String keyType) {
        return KeySchemaElement.builder()
                .attributeName(attribute.name())
                .keyType(keyType)
                .build();
    }

    private static dev.evenkeel.api.shape.Projection projection(Projection projection) {
        var attributes = projection.nonKeyAttributes().stream().sorted().toList();
        return dev.evenkeel.api.shape.Projection.builder()
                .projectionType(projection.kind().name())
                .nonKeyAttributes(attributes.isEmpty() ? null : attributes)
                .build();
    }

    private static ProvisionedThroughputDescription throughput(ProvisionedThroughput throughput, Instant now) {
        return ProvisionedThroughputDescription.builder()
                .lastIncreaseDateTime(throughput.lastIncrease())
                .lastDecreaseDateTime(throughput.lastDecrease())
                .numberOfDecreasesToday((long) throughput.decreasesOn(now))
                .readCapacityUnits(throughput.units().readUnits())
                .writeCapacityUnits(throughput.units().writeUnits())
                .build();
    }

    private static @Nullable BillingModeSummary billing(TableSettings settings) {
        if (!settings.isOnDemand() && settings.onDemandSince() == null) {
            return null;
        }
        return BillingModeSummary.builder()
                .billingMode(settings.billing().name())
                .lastUpdateToPayPerRequestDateTime(settings.onDemandSince())
                .build();
    }

    private @Nullable List<LocalSecondaryIndexDescription> localIndexes(Table table) {
        var indexes = table.schema().localIndexes();
        return indexes.isEmpty()
                ? null
                : indexes.stream().map(index -> localIndex(table, index)).toList();
    }

    private LocalSecondaryIndexDescription localIndex(Table table, IndexSchema index) {
        var counts = statistics.localIndexCounts(table.id(), index.id());
        return LocalSecondaryIndexDescription.builder()
                .indexName(index.name())
                .keySchema(key(index.key()))
                .projection(projection(index.projection()))
                .indexSizeBytes(counts.bytes())
                .itemCount(counts.items())
                .indexArn(indexArn(table, index.name()))
                .build();
    }

    /** DynamoDB no longer tells of the indexes of a table that is being deleted. */
    private @Nullable List<GlobalSecondaryIndexDescription> globalIndexes(Table table, Instant now) {
        var indexes = table.globalIndexes();
        return indexes.isEmpty() || table.status() == TableStatus.DELETING
                ? null
                : indexes.stream().map(index -> globalIndex(table, index, now)).toList();
    }

    private GlobalSecondaryIndexDescription globalIndex(Table table, GlobalIndex index, Instant now) {
        var counts = statistics.counts(index.id());
        var settings = index.settings();
        return GlobalSecondaryIndexDescription.builder()
                .indexName(index.name())
                .keySchema(key(index.schema().key()))
                .projection(projection(index.schema().projection()))
                .indexStatus(index.status().name())
                .backfilling(isBuiltLater(table, index) ? index.backfilling() : null)
                .provisionedThroughput(throughput(settings.throughput(), now))
                .indexSizeBytes(counts.bytes())
                .itemCount(counts.items())
                .indexArn(indexArn(table, index.name()))
                .onDemandThroughput(onDemand(settings.onDemand()))
                .warmThroughput(
                        table.status() == TableStatus.CREATING
                                ? null
                                : GlobalSecondaryIndexWarmThroughputDescription.builder()
                                        .readUnitsPerSecond(settings.warm().readUnits())
                                        .writeUnitsPerSecond(settings.warm().writeUnits())
                                        .status(IndexStatus.ACTIVE.name())
                                        .build())
                .build();
    }

    /** Only such an index says whether it is backfilling, and only until it is ACTIVE. */
    private static boolean isBuiltLater(Table table, GlobalIndex index) {
        return index.status() == IndexStatus.CREATING && table.status() != TableStatus.CREATING;
    }

    private static String indexArn(Table table, String indexName) {
        return table.arn() + "/index/" + indexName;
    }

    private static @Nullable SSEDescription encryption(@Nullable String keyArn) {
        return keyArn == null
                ? null
                : SSEDescription.builder()
                        .status("ENABLED")
                        .sseType("KMS")
                        .kmsMasterKeyArn(keyArn)
                        .build();
    }

    private static @Nullable TableClassSummary tableClass(TableSettings settings) {
        var tableClass = settings.tableClass();
        return tableClass == null
                ? null
                : TableClassSummary.builder()
                        .tableClass(tableClass.name())
                        .lastUpdateDateTime(settings.tableClassSince())
                        .build();
    }

    private static dev.evenkeel.api.shape.@Nullable OnDemandThroughput onDemand(OnDemandThroughput throughput) {
        return throughput.isNone()
                ? null
                : dev.evenkeel.api.shape.OnDemandThroughput.builder()
                        .maxReadRequestUnits(ceiling(throughput.maxReadUnits()))
                        .maxWriteRequestUnits(ceiling(throughput.maxWriteUnits()))
                        .build();
    }

    private static @Nullable Long ceiling(long units) {
        return units == OnDemandThroughput.UNLIMITED ? null : units;
    }

    /** The answer of CreateTable does not tell it yet. */
    private static @Nullable TableWarmThroughputDescription warm(Table table) {
        if (table.status() == TableStatus.CREATING) {
            return null;
        }
        var warm = table.settings().warm();
        return TableWarmThroughputDescription.builder()
                .readUnitsPerSecond(warm.readUnits())
                .writeUnitsPerSecond(warm.writeUnits())
                .status(TableStatus.ACTIVE.name())
                .build();
    }
}

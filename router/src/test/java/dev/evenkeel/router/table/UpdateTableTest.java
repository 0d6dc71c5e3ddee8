package dev.evenkeel.router.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.api.shape.AttributeDefinition;
import dev.evenkeel.api.shape.GlobalSecondaryIndexDescription;
import dev.evenkeel.api.shape.ProvisionedThroughputDescription;
import dev.evenkeel.api.shape.TableDescription;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class UpdateTableTest {
    private final ControlPlane plane = ControlPlane.delayed();

    private static String units(String table, long read, long write) {
        return "{'TableName': '%s', 'ProvisionedThroughput': {'ReadCapacityUnits': %d, 'WriteCapacityUnits': %d}}"
                .formatted(table, read, write);
    }

    private static ProvisionedThroughputDescription throughput(TableDescription table) {
        return Objects.requireNonNull(table.provisionedThroughput());
    }

    private static GlobalSecondaryIndexDescription onlyIndex(TableDescription table) {
        var indexes = Objects.requireNonNull(table.globalSecondaryIndexes());
        assertThat(indexes).hasSize(1);
        return indexes.getFirst();
    }

    @Test
    void throughputChangesWhenTheUpdateIsDone() {
        plane.createProvisioned("orders", 5, 5);
        plane.scheduler.runAll();
        plane.ticker.advance(Duration.ofMinutes(1));
        var asked = plane.ticker.now();

        var answer = plane.update(units("orders", 9, 3));

        assertThat(answer.tableStatus()).isEqualTo("UPDATING");
        assertThat(throughput(answer)).isEqualTo(new ProvisionedThroughputDescription(asked, asked, 0L, 5L, 5L));
        plane.ticker.advance(Duration.ofSeconds(2));
        plane.scheduler.runAll();
        var done = plane.describe("orders");
        assertThat(done.tableStatus()).isEqualTo("ACTIVE");
        assertThat(throughput(done))
                .isEqualTo(new ProvisionedThroughputDescription(plane.ticker.now(), plane.ticker.now(), 1L, 9L, 3L));
        assertThat(Objects.requireNonNull(done.warmThroughput()).readUnitsPerSecond())
                .isEqualTo(9);
        assertThat(Objects.requireNonNull(done.warmThroughput()).writeUnitsPerSecond())
                .isEqualTo(5); // it never falls
    }

    @Test
    void whileThroughputChangesOnlyWhatDoesNotTouchItIsTaken() {
        plane.createProvisioned("orders", 5, 5);
        plane.scheduler.runAll();
        plane.update(units("orders", 6, 6));

        assertThatThrownBy(() -> plane.update(units("orders", 7, 7)))
                .hasMessage("Attempt to change a resource which is still in use: Table IOPS are currently being"
                        + " updated. Table: orders")
                .extracting(it -> ((DynamoException) it).code())
                .isEqualTo(ErrorCode.RESOURCE_IN_USE);
        assertThatThrownBy(() -> plane.delete("orders"))
                .hasMessage("Attempt to change a resource which is still in use: Table: orders is in the process of"
                        + " being updated.");
        var protectedTable = plane.update("{'TableName': 'orders', 'DeletionProtectionEnabled': true}");
        assertThat(protectedTable.tableStatus()).isEqualTo("UPDATING");
        assertThat(protectedTable.deletionProtectionEnabled()).isTrue();
    }

    @Test
    void theFifthDecreaseOfADayWaitsAnHour() {
        plane.createProvisioned("orders", 10, 10);
        plane.scheduler.runAll();
        for (int units = 9; units >= 6; units--) {
            plane.update(units("orders", units, 10));
            plane.scheduler.runAll();
        }
        assertThat(throughput(plane.describe("orders")).numberOfDecreasesToday())
                .isEqualTo(4);

        assertThatThrownBy(() -> plane.update(units("orders", 5, 11)))
                .hasMessage("Subscriber limit exceeded: Provisioned throughput decreases are limited within a given"
                        + " UTC day. After the first 4 decreases, each subsequent decrease in the same UTC day can be"
                        + " performed at most once every 3600 seconds. Number of decreases today: 4. Last decrease at"
                        + " Monday, November 23, 2026 at 10:00:00 AM Coordinated Universal Time. Next decrease can be"
                        + " made at Monday, November 23, 2026 at 11:00:00 AM Coordinated Universal Time");
        plane.update(units("orders", 7, 11)); // rises only
        plane.scheduler.runAll();
        plane.ticker.advance(Duration.ofHours(1));
        plane.update(units("orders", 5, 11));
        plane.scheduler.runAll();
        assertThat(throughput(plane.describe("orders")).numberOfDecreasesToday())
                .isEqualTo(5);
        plane.ticker.advance(Duration.ofDays(1));
        assertThat(throughput(plane.describe("orders")).numberOfDecreasesToday())
                .isZero();
    }

    @Test
    void billingSwitchesThereAndBack() {
        plane.createProvisioned("orders", 5, 5);
        plane.scheduler.runAll();
        plane.ticker.advance(Duration.ofMinutes(1));

        var answer = plane.update("{'TableName': 'orders', 'BillingMode': 'PAY_PER_REQUEST',"
                + " 'OnDemandThroughput': {'MaxReadRequestUnits': 9}}");

        assertThat(answer.tableStatus()).isEqualTo("UPDATING");
        var summary = Objects.requireNonNull(answer.billingModeSummary());
        assertThat(summary.billingMode()).isEqualTo("PAY_PER_REQUEST");
        assertThat(summary.lastUpdateToPayPerRequestDateTime()).isNull();
        assertThat(throughput(answer).readCapacityUnits()).isZero();
        plane.scheduler.runAll();
        var onDemand = plane.describe("orders");
        assertThat(Objects.requireNonNull(onDemand.billingModeSummary()).lastUpdateToPayPerRequestDateTime())
                .isEqualTo(plane.ticker.now());
        assertThat(Objects.requireNonNull(onDemand.warmThroughput()).readUnitsPerSecond())
                .isEqualTo(12_000);
        assertThat(Objects.requireNonNull(onDemand.onDemandThroughput()).maxReadRequestUnits())
                .isEqualTo(9);

        var back = plane.update(
                units("orders", 3, 4).replace("{'TableName'", "{'BillingMode': 'PROVISIONED', 'TableName'"));
        assertThat(throughput(back).readCapacityUnits()).isEqualTo(3);
        assertThat(back.onDemandThroughput()).isNull();
        plane.scheduler.runAll();
        assertThat(Objects.requireNonNull(plane.describe("orders").billingModeSummary())
                        .billingMode())
                .isEqualTo("PROVISIONED");
    }

    @Test
    void switchingToTheBillingThereIsChangesNothing() {
        plane.createPlain("orders");
        plane.scheduler.runAll();

        assertThat(plane.update("{'TableName': 'orders', 'BillingMode': 'PAY_PER_REQUEST'}")
                        .tableStatus())
                .isEqualTo("ACTIVE");
    }

    @Test
    void anIndexIsBuiltThenFilledThenActive() {
        plane.createPlain("orders");
        plane.scheduler.runAll();

        var answer = plane.update(ControlPlane.addIndex("orders", "by-gk"));

        assertThat(answer.tableStatus()).isEqualTo("UPDATING");
        assertThat(onlyIndex(answer).indexStatus()).isEqualTo("CREATING");
        assertThat(onlyIndex(answer).backfilling()).isFalse();
        assertThat(answer.attributeDefinitions())
                .extracting(AttributeDefinition::attributeName)
                .containsExactly("gk", "pk");
        assertThat(plane.partitions.open).hasSize(2);

        plane.scheduler.runAll();
        var filling = plane.describe("orders");
        assertThat(filling.tableStatus()).isEqualTo("ACTIVE");
        assertThat(onlyIndex(filling).indexStatus()).isEqualTo("CREATING");
        assertThat(onlyIndex(filling).backfilling()).isTrue();
        assertThat(plane.partitions.open).hasSize(4);

        plane.partitions.finishBackfills();
        var done = onlyIndex(plane.describe("orders"));
        assertThat(done.indexStatus()).isEqualTo("ACTIVE");
        assertThat(done.backfilling()).isNull();
    }

    @Test
    void anIndexThatIsGoingTakesItsAttributesAlong() {
        plane.createPlain("orders");
        plane.scheduler.runAll();
        plane.update(ControlPlane.addIndex("orders", "by-gk"));
        plane.scheduler.runAll();
        plane.partitions.finishBackfills();

        var answer = plane.update(ControlPlane.dropIndex("orders", "by-gk"));
        assertThat(answer.tableStatus()).isEqualTo("UPDATING");
        assertThat(onlyIndex(answer).indexStatus()).isEqualTo("DELETING");
        plane.scheduler.runAll();

        var done = plane.describe("orders");
        assertThat(done.tableStatus()).isEqualTo("ACTIVE");
        assertThat(done.globalSecondaryIndexes()).isNull();
        assertThat(done.attributeDefinitions())
                .extracting(AttributeDefinition::attributeName)
                .containsExactly("pk");
        assertThat(plane.partitions.open).hasSize(2);
    }

    @Test
    void whatCannotBeDoneWhileAnIndexComesOrGoes() {
        plane.createPlain("orders");
        plane.scheduler.runAll();
        plane.update(ControlPlane.addIndex("orders", "by-gk"));

        var inUse = "Attempt to change a resource which is still in use: ";
        assertThatThrownBy(() -> plane.update(ControlPlane.dropIndex("orders", "by-gk")))
                .hasMessage(inUse + "Index creation is in resource allocation phase. Retry deletion during backfilling"
                        + " phase or when the index is active. Table: orders Index: by-gk");
        assertThatThrownBy(() -> plane.update(ControlPlane.addIndex("orders", "another")))
                .hasMessage("Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously"
                        + " per table");
        assertThatThrownBy(() -> plane.delete("orders"))
                .hasMessage(inUse + "Cannot delete table while indexes are being created, updated, or deleted.");
        assertThatThrownBy(() -> plane.update(
                        "{'TableName': 'orders', 'StreamSpecification': {'StreamEnabled': true, 'StreamViewType':"
                                + " 'KEYS_ONLY'}}"))
                .hasMessage(inUse
                        + "Can't change stream status when an index is being created. Table: orders Indexes: [by-gk]");

        plane.scheduler.runAll(); // now it is backfilling, and may be given up
        plane.update(ControlPlane.dropIndex("orders", "by-gk"));
        assertThatThrownBy(() -> plane.update(ControlPlane.dropIndex("orders", "by-gk")))
                .hasMessage(inUse + "Index is being deleted. Table: orders Index: by-gk");
        plane.scheduler.runAll();
        assertThat(plane.describe("orders").globalSecondaryIndexes()).isNull();
        assertThat(plane.partitions.backfills()).isZero();
    }

    @Test
    void aKnownAttributeKeepsItsTypeInANewIndex() {
        plane.createPlain("orders");
        plane.scheduler.runAll();
        plane.update("""
                {'TableName': 'orders', 'AttributeDefinitions': [{'AttributeName': 'pk', 'AttributeType': 'N'},
                   {'AttributeName': 'unused', 'AttributeType': 'N'}],
                 'GlobalSecondaryIndexUpdates': [{'Create': {'IndexName': 'by-pk',
                   'KeySchema': [{'AttributeName': 'pk', 'KeyType': 'HASH'}],
                   'Projection': {'ProjectionType': 'ALL'}}}]}""");

        assertThat(plane.describe("orders").attributeDefinitions()).containsExactly(new AttributeDefinition("pk", "S"));
        assertThat(plane.catalog
                        .image()
                        .table("orders")
                        .orElseThrow()
                        .globalIndexes()
                        .getFirst()
                        .schema()
                        .key()
                        .partitionKey()
                        .getFirst()
                        .type()
                        .name())
                .isEqualTo("S");
    }

    @Test
    void anIndexHasItsOwnThroughput() {
        plane.create("""
                {'TableName': 'orders', 'ProvisionedThroughput': {'ReadCapacityUnits': 5, 'WriteCapacityUnits': 5},
                 'AttributeDefinitions': [{'AttributeName': 'pk', 'AttributeType': 'S'}],
                 'KeySchema': [{'AttributeName': 'pk', 'KeyType': 'HASH'}],
                 'GlobalSecondaryIndexes': [{'IndexName': 'again',
                   'KeySchema': [{'AttributeName': 'pk', 'KeyType': 'HASH'}], 'Projection': {'ProjectionType': 'ALL'},
                   'ProvisionedThroughput': {'ReadCapacityUnits': 1, 'WriteCapacityUnits': 1}}]}""");
        plane.scheduler.runAll();
        var update = """
                {'TableName': 'orders', 'GlobalSecondaryIndexUpdates': [{'Update': {'IndexName': 'again',
                   'ProvisionedThroughput': {'ReadCapacityUnits': 2, 'WriteCapacityUnits': 1}}}]}""";

        var answer = plane.update(update);

        assertThat(answer.tableStatus()).isEqualTo("ACTIVE");
        assertThat(onlyIndex(answer).indexStatus()).isEqualTo("UPDATING");
        assertThat(Objects.requireNonNull(onlyIndex(answer).provisionedThroughput())
                        .readCapacityUnits())
                .isEqualTo(1);
        plane.scheduler.runAll();
        var done = onlyIndex(plane.describe("orders"));
        assertThat(done.indexStatus()).isEqualTo("ACTIVE");
        assertThat(Objects.requireNonNull(done.provisionedThroughput()).readCapacityUnits())
                .isEqualTo(2);
        assertThatThrownBy(() -> plane.update(update))
                .hasMessage("The provisioned throughput for the index again will not change. The requested value equals"
                        + " the current value. Current ReadCapacityUnits provisioned for index again: 2. Requested"
                        + " ReadCapacityUnits: 2. Current WriteCapacityUnits provisioned for index again: 1. Requested"
                        + " WriteCapacityUnits: 1. Refer to the Amazon DynamoDB Developer Guide for current limits and"
                        + " how to request higher limits.");
    }

    @Test
    void aStreamKeepsItsNameWhenItIsOffAndGetsANewOneWhenItIsOnAgain() {
        plane.createPlain("orders");
        plane.scheduler.runAll();
        var on =
                "{'TableName': 'orders', 'StreamSpecification': {'StreamEnabled': true, 'StreamViewType': 'OLD_IMAGE'}}";
        var first = plane.update(on).latestStreamLabel();
        plane.scheduler.runAll();
        assertThatThrownBy(() -> plane.update(on)).hasMessage("Table already has an enabled stream: TableName: orders");

        var off = plane.update("{'TableName': 'orders', 'StreamSpecification': {'StreamEnabled': false}}");
        assertThat(off.streamSpecification()).isNull();
        assertThat(off.latestStreamLabel()).isEqualTo(first);
        plane.scheduler.runAll();

        plane.ticker.advance(Duration.ofSeconds(1));
        assertThat(plane.update(on).latestStreamLabel()).isEqualTo("2026-11-23T10:00:01.123");
    }

    @Test
    void ceilingsAreSetOneByOneAndTakenAwayWithMinusOne() {
        plane.createPlain("orders");
        plane.scheduler.runAll();
        plane.update("{'TableName': 'orders', 'OnDemandThroughput': {'MaxReadRequestUnits': 5}}");
        plane.update("{'TableName': 'orders', 'OnDemandThroughput': {'MaxWriteRequestUnits': 6}}");
        plane.update("{'TableName': 'orders', 'OnDemandThroughput': {'MaxReadRequestUnits': -1}}");

        var ceilings = Objects.requireNonNull(plane.describe("orders").onDemandThroughput());
        assertThat(ceilings.maxReadRequestUnits()).isNull();
        assertThat(ceilings.maxWriteRequestUnits()).isEqualTo(6);

        plane.update("{'TableName': 'orders', 'OnDemandThroughput': {'MaxWriteRequestUnits': -1}}");
        assertThat(plane.describe("orders").onDemandThroughput()).isNull();
    }

    @Test
    void encryptionAndClassAreKept() {
        plane.createPlain("orders");
        plane.scheduler.runAll();
        assertThat(plane.update("{'TableName': 'orders', 'TableClass': 'STANDARD'}")
                        .tableClassSummary())
                .isNull(); // it was that already

        plane.update("{'TableName': 'orders', 'TableClass': 'STANDARD_INFREQUENT_ACCESS'}");
        plane.scheduler.runAll();
        plane.update("{'TableName': 'orders', 'SSESpecification':"
                + " {'Enabled': true, 'SSEType': 'KMS', 'KMSMasterKeyId': 'alias/mine'}}");

        var table = plane.describe("orders");
        assertThat(Objects.requireNonNull(table.tableClassSummary()).lastUpdateDateTime())
                .isEqualTo(ControlPlane.START);
        assertThat(Objects.requireNonNull(table.sseDescription()).kmsMasterKeyArn())
                .isEqualTo("arn:aws:kms:us-east-1:000000000000:alias/mine");
        plane.update("{'TableName': 'orders', 'SSESpecification': {'Enabled': false}}");
        assertThat(plane.describe("orders").sseDescription()).isNull();
    }

    @Test
    void aProtectedTableIsNotDeleted() {
        plane.createPlain("orders");
        plane.scheduler.runAll();
        plane.update("{'TableName': 'orders', 'DeletionProtectionEnabled': true}");

        assertThatThrownBy(() -> plane.delete("orders"))
                .hasMessage("Resource cannot be deleted as it is currently protected against deletion. Disable"
                        + " deletion protection first.")
                .extracting(it -> ((DynamoException) it).code())
                .isEqualTo(ErrorCode.VALIDATION);
    }

    @Test
    void nothingIsDoneToATableThatComesOrGoes() {
        plane.createPlain("orders");
        var being = "Attempt to change a resource which is still in use: Table is being ";
        assertThatThrownBy(() -> plane.delete("orders")).hasMessage(being + "created: orders");
        assertThatThrownBy(() -> plane.update("{'TableName': 'orders', 'DeletionProtectionEnabled': true}"))
                .hasMessage(being + "created: orders");
        plane.scheduler.runAll();
        plane.delete("orders");
        assertThatThrownBy(() -> plane.delete("orders")).hasMessage(being + "deleted: orders");
        assertThatThrownBy(() -> plane.update("{'TableName': 'orders', 'DeletionProtectionEnabled': true}"))
                .hasMessage(being + "deleted: orders");
    }
}

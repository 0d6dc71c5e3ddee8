package dev.evenkeel.router.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.api.shape.AttributeDefinition;
import dev.evenkeel.api.shape.KeySchemaElement;
import dev.evenkeel.api.shape.TableDescription;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CreateTableTest {
    private final ControlPlane plane = ControlPlane.delayed();

    @Test
    void anOnDemandTableAsItBegins() {
        var table = plane.createPlain("orders");

        assertThat(table)
                .isEqualTo(TableDescription.builder()
                        .attributeDefinitions(List.of(new AttributeDefinition("pk", "S")))
                        .tableName("orders")
                        .keySchema(List.of(new KeySchemaElement("pk", "HASH")))
                        .tableStatus("CREATING")
                        .creationDateTime(ControlPlane.START)
                        .provisionedThroughput(
                                new dev.evenkeel.api.shape.ProvisionedThroughputDescription(null, null, 0L, 0L, 0L))
                        .tableSizeBytes(100L)
                        .itemCount(10L)
                        .tableArn("arn:aws:dynamodb:us-east-1:000000000000:table/orders")
                        .tableId(table.tableId())
                        .billingModeSummary(new dev.evenkeel.api.shape.BillingModeSummary("PAY_PER_REQUEST", null))
                        .deletionProtectionEnabled(false)
                        .build());
        assertThat(table.tableId()).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }

    @Test
    void becomesActiveWhenItsPartitionsAreOpen() {
        plane.createPlain("orders");
        assertThat(plane.partitions.open).isEmpty();

        plane.scheduler.runAll();

        var table = plane.describe("orders");
        assertThat(table.tableStatus()).isEqualTo("ACTIVE");
        assertThat(plane.partitions.open).containsExactly(1L, 2L);
        assertThat(Objects.requireNonNull(table.billingModeSummary()).lastUpdateToPayPerRequestDateTime())
                .isEqualTo(ControlPlane.START);
        var warm = Objects.requireNonNull(table.warmThroughput());
        assertThat(warm.readUnitsPerSecond()).isEqualTo(12_000);
        assertThat(warm.writeUnitsPerSecond()).isEqualTo(4_000);
    }

    @Test
    void withoutADelayItIsActiveWhenTheCallReturns() {
        var immediate = ControlPlane.immediate();

        assertThat(immediate.createPlain("orders").tableStatus()).isEqualTo("CREATING");
        assertThat(immediate.describe("orders").tableStatus()).isEqualTo("ACTIVE");
        assertThat(immediate.delete("orders").tableStatus()).isEqualTo("DELETING");
        assertThatThrownBy(() -> immediate.describe("orders"))
                .hasMessage("Requested resource not found: Table: orders not found");
        assertThat(immediate.partitions.open).isEmpty();
    }

    @Test
    void aProvisionedTableHasNoBillingSummaryAndIsAsWarmAsProvisioned() {
        plane.createProvisioned("orders", 5, 7);
        plane.scheduler.runAll();

        var table = plane.describe("orders");
        assertThat(table.billingModeSummary()).isNull();
        assertThat(Objects.requireNonNull(table.provisionedThroughput()).readCapacityUnits())
                .isEqualTo(5);
        assertThat(Objects.requireNonNull(table.warmThroughput()).writeUnitsPerSecond())
                .isEqualTo(7);
    }

    @Test
    void everythingThatIsSetIsDescribed() {
        plane.create("""
                {'TableName': 'orders', 'BillingMode': 'PAY_PER_REQUEST',
                 'AttributeDefinitions': [
                   {'AttributeName': 'z', 'AttributeType': 'N'}, {'AttributeName': 'pk', 'AttributeType': 'S'},
                   {'AttributeName': 'sk', 'AttributeType': 'B'}, {'AttributeName': 'a', 'AttributeType': 'S'}],
                 'KeySchema': [{'AttributeName': 'pk', 'KeyType': 'HASH'}, {'AttributeName': 'sk', 'KeyType': 'RANGE'}],
                 'LocalSecondaryIndexes': [{'IndexName': 'local',
                   'KeySchema': [{'AttributeName': 'pk', 'KeyType': 'HASH'}, {'AttributeName': 'z', 'KeyType': 'RANGE'}],
                   'Projection': {'ProjectionType': 'KEYS_ONLY'}}],
                 'GlobalSecondaryIndexes': [{'IndexName': 'global',
                   'KeySchema': [{'AttributeName': 'a', 'KeyType': 'HASH'}, {'AttributeName': 'z', 'KeyType': 'HASH'},
                                 {'AttributeName': 'pk', 'KeyType': 'RANGE'}, {'AttributeName': 'sk', 'KeyType': 'RANGE'}],
                   'Projection': {'ProjectionType': 'INCLUDE', 'NonKeyAttributes': ['y', 'x']},
                   'OnDemandThroughput': {'MaxReadRequestUnits': 9}}],
                 'StreamSpecification': {'StreamEnabled': true, 'StreamViewType': 'NEW_IMAGE'},
                 'SSESpecification': {'Enabled': true},
                 'TableClass': 'STANDARD_INFREQUENT_ACCESS', 'DeletionProtectionEnabled': true,
                 'WarmThroughput': {'ReadUnitsPerSecond': 13000},
                 'OnDemandThroughput': {'MaxReadRequestUnits': 5, 'MaxWriteRequestUnits': 6},
                 'Tags': [{'Key': 'k', 'Value': ''}]}""");
        plane.scheduler.runAll();

        var table = plane.describe("orders");
        assertThat(table.attributeDefinitions())
                .extracting(AttributeDefinition::attributeName)
                .containsExactly("a", "pk", "sk", "z");
        var local = Objects.requireNonNull(table.localSecondaryIndexes()).getFirst();
        assertThat(local.indexArn()).isEqualTo("arn:aws:dynamodb:us-east-1:000000000000:table/orders/index/local");
        assertThat(local.itemCount()).isEqualTo(1);
        var global = Objects.requireNonNull(table.globalSecondaryIndexes()).getFirst();
        assertThat(global.indexStatus()).isEqualTo("ACTIVE");
        assertThat(global.backfilling()).isNull();
        assertThat(global.keySchema())
                .extracting(KeySchemaElement::toString)
                .containsExactly(
                        "KeySchemaElement(attributeName=a, keyType=HASH)",
                        "KeySchemaElement(attributeName=z, keyType=HASH)",
                        "KeySchemaElement(attributeName=pk, keyType=RANGE)",
                        "KeySchemaElement(attributeName=sk, keyType=RANGE)");
        assertThat(Objects.requireNonNull(global.projection()).nonKeyAttributes())
                .containsExactly("x", "y");
        assertThat(global.itemCount()).isEqualTo(20); // of the hidden table
        assertThat(Objects.requireNonNull(global.onDemandThroughput()).maxReadRequestUnits())
                .isEqualTo(9);
        assertThat(Objects.requireNonNull(table.streamSpecification()).streamViewType())
                .isEqualTo("NEW_IMAGE");
        assertThat(table.latestStreamLabel()).isEqualTo("2026-11-23T10:00:00.123");
        assertThat(table.latestStreamArn())
                .isEqualTo("arn:aws:dynamodb:us-east-1:000000000000:table/orders/stream/2026-11-23T10:00:00.123");
        var sse = Objects.requireNonNull(table.sseDescription());
        assertThat(sse.status()).isEqualTo("ENABLED");
        assertThat(sse.sseType()).isEqualTo("KMS");
        assertThat(sse.kmsMasterKeyArn()).matches("arn:aws:kms:us-east-1:000000000000:key/[0-9a-f-]{36}");
        assertThat(Objects.requireNonNull(table.tableClassSummary()).tableClass())
                .isEqualTo("STANDARD_INFREQUENT_ACCESS");
        assertThat(table.deletionProtectionEnabled()).isTrue();
        assertThat(Objects.requireNonNull(table.warmThroughput()).readUnitsPerSecond())
                .isEqualTo(13_000);
        assertThat(Objects.requireNonNull(table.onDemandThroughput()).maxWriteRequestUnits())
                .isEqualTo(6);
    }

    @Test
    void aTableMayBeNamedByItsArn() {
        plane.createPlain("arn:aws:dynamodb:us-east-1:000000000000:table/orders");

        assertThat(plane.describe("orders").tableName()).isEqualTo("orders");
        assertThat(plane.describe("arn:aws:dynamodb:us-east-1:000000000000:table/orders")
                        .tableName())
                .isEqualTo("orders");
    }

    @Test
    void arnsOfOtherPlacesAreRefused() {
        plane.createPlain("orders");

        assertThatThrownBy(() -> plane.describe("arn:aws:dynamodb:eu-west-1:000000000000:table/orders"))
                .hasMessage("1 validation error detected: Invalid AWS region in"
                        + " 'arn:aws:dynamodb:eu-west-1:000000000000:table/orders'");
        assertThatThrownBy(() -> plane.describe("arn:aws:dynamodb:us-east-1:123456789012:table/orders"))
                .hasMessage("Access is denied")
                .extracting(it -> ((DynamoException) it).code())
                .isEqualTo(ErrorCode.ACCESS_DENIED);
        assertThatThrownBy(() -> plane.describe("arn:aws:dynamodb:us-east-1:000000000000:table/orders/index/a"))
                .hasMessageStartingWith("1 validation error detected: Invalid resource type in ");
    }

    @Test
    void theNameIsTakenFromTheBeginning() {
        plane.createPlain("orders");

        assertThatThrownBy(() -> plane.createPlain("orders"))
                .hasMessage("Attempt to change a resource which is still in use: Table is being created: orders")
                .extracting(it -> ((DynamoException) it).code())
                .isEqualTo(ErrorCode.RESOURCE_IN_USE);
        plane.scheduler.runAll();
        assertThatThrownBy(() -> plane.createPlain("orders")).hasMessage("Table already exists: orders");
        plane.delete("orders");
        assertThatThrownBy(() -> plane.createPlain("orders"))
                .hasMessage("Attempt to change a resource which is still in use: Table is being deleted: orders");
        plane.scheduler.runAll();
        assertThat(plane.createPlain("orders").tableStatus()).isEqualTo("CREATING");
    }
}

package dev.evenkeel.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.server.Evenkeel;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ListTablesResponse;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.SSEStatus;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableClass;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

@OneAndThreeZones
class TablesTest {

    @Test
    void aTableIsReadyWhenTheWaiterFirstLooks(DynamoDbClient client) {
        var created = client.createTable(Sdk.plain("users")).tableDescription();
        assertThat(created.tableStatus()).isEqualTo(TableStatus.CREATING);

        var waited = client.waiter().waitUntilTableExists(request -> request.tableName("users"));

        assertThat(waited.attemptsExecuted()).isEqualTo(1);
        var table = waited.matched().response().orElseThrow().table();
        assertThat(table.tableStatus()).isEqualTo(TableStatus.ACTIVE);
        assertThat(table.tableId()).isEqualTo(created.tableId());
        assertThat(table.tableArn()).isEqualTo("arn:aws:dynamodb:us-east-1:000000000000:table/users");
        assertThat(table.billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
        assertThat(table.keySchema()).containsExactly(Sdk.hash("id"));
        assertThat(table.attributeDefinitions()).containsExactly(Sdk.string("id"));
    }

    @Test
    void aDeletedTableIsGoneWhenTheWaiterFirstLooks(DynamoDbClient client) {
        Sdk.createPlain(client);
        var deleted = client.deleteTable(request -> request.tableName(Sdk.PLAIN));
        assertThat(deleted.tableDescription().tableStatus()).isEqualTo(TableStatus.DELETING);

        var waited = client.waiter().waitUntilTableNotExists(request -> request.tableName(Sdk.PLAIN));

        assertThat(waited.attemptsExecuted()).isEqualTo(1);
        assertThat(waited.matched().exception().orElseThrow()).isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void whatIsNotThereIsAResourceNotFoundException(DynamoDbClient client) {
        assertThatThrownBy(() -> Sdk.describe(client, "missing"))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageStartingWith("Requested resource not found: Table: missing not found");
        assertThatThrownBy(() -> client.deleteTable(request -> request.tableName("missing")))
                .isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> client.scan(request -> request.tableName("missing")))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void aNameIsTakenOnce(DynamoDbClient client) {
        Sdk.createPlain(client);
        assertThatThrownBy(() -> Sdk.createPlain(client))
                .isInstanceOf(ResourceInUseException.class)
                .hasMessageStartingWith("Table already exists: plain");
    }

    @Test
    void listTablesGoesFromPageToPage(DynamoDbClient client) {
        var names = IntStream.range(0, 7).mapToObj(i -> "table-" + i).toList();
        names.reversed().forEach(name -> client.createTable(Sdk.plain(name)));

        var pages = client.listTablesPaginator(request -> request.limit(3));

        assertThat(pages.stream().map(ListTablesResponse::tableNames))
                .containsExactly(names.subList(0, 3), names.subList(3, 6), names.subList(6, 7));
        assertThat(pages.tableNames()).containsExactlyElementsOf(names);
    }

    @Test
    void settingsAreKeptAndReported(DynamoDbClient client) {
        client.createTable(Sdk.plain("settings").toBuilder()
                .billingMode(BillingMode.PROVISIONED)
                .provisionedThroughput(units(5, 6))
                .tableClass(TableClass.STANDARD_INFREQUENT_ACCESS)
                .sseSpecification(encryption -> encryption.enabled(true))
                .streamSpecification(
                        stream -> stream.streamEnabled(true).streamViewType(StreamViewType.NEW_AND_OLD_IMAGES))
                .warmThroughput(warm -> warm.readUnitsPerSecond(100L).writeUnitsPerSecond(200L))
                .build());

        var table = Sdk.describe(client, "settings");

        assertThat(table.provisionedThroughput().readCapacityUnits()).isEqualTo(5);
        assertThat(table.provisionedThroughput().writeCapacityUnits()).isEqualTo(6);
        assertThat(table.tableClassSummary().tableClass()).isEqualTo(TableClass.STANDARD_INFREQUENT_ACCESS);
        assertThat(table.sseDescription().status()).isEqualTo(SSEStatus.ENABLED);
        assertThat(table.streamSpecification().streamViewType()).isEqualTo(StreamViewType.NEW_AND_OLD_IMAGES);
        assertThat(table.latestStreamArn()).isEqualTo(table.tableArn() + "/stream/" + table.latestStreamLabel());
        assertThat(table.warmThroughput().writeUnitsPerSecond()).isEqualTo(200);
    }

    @Test
    void billingChangesBothWays(DynamoDbClient client) {
        Sdk.createOrders(client);

        client.updateTable(request -> request.tableName(Sdk.ORDERS)
                .billingMode(BillingMode.PROVISIONED)
                .provisionedThroughput(units(10, 20))
                .globalSecondaryIndexUpdates(update ->
                        update.update(index -> index.indexName(Sdk.BY_STATE).provisionedThroughput(units(1, 2)))));
        var provisioned = Sdk.describe(client, Sdk.ORDERS);
        assertThat(provisioned.billingModeSummary().billingMode()).isEqualTo(BillingMode.PROVISIONED);
        assertThat(provisioned.provisionedThroughput().writeCapacityUnits()).isEqualTo(20);
        assertThat(provisioned
                        .globalSecondaryIndexes()
                        .getFirst()
                        .provisionedThroughput()
                        .writeCapacityUnits())
                .isEqualTo(2);

        client.updateTable(request -> request.tableName(Sdk.ORDERS).billingMode(BillingMode.PAY_PER_REQUEST));
        var onDemand = Sdk.describe(client, Sdk.ORDERS);
        assertThat(onDemand.billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
        assertThat(onDemand.provisionedThroughput().writeCapacityUnits()).isZero();
    }

    /** Also when provisioned units had been below what an on-demand table begins with. */
    @Test
    void onDemandBillingWarmsTableAndIndexes(DynamoDbClient client) {
        client.createTable(Sdk.plain("warm").toBuilder()
                .billingMode(BillingMode.PROVISIONED)
                .provisionedThroughput(units(1, 1))
                .attributeDefinitions(Sdk.string("id"), Sdk.string("kind"))
                .globalSecondaryIndexes(index -> index.indexName("by-kind")
                        .keySchema(Sdk.hash("kind"))
                        .projection(projection -> projection.projectionType("ALL"))
                        .provisionedThroughput(units(1, 1)))
                .build());

        client.updateTable(request -> request.tableName("warm").billingMode(BillingMode.PAY_PER_REQUEST));

        var table = Sdk.describe(client, "warm");
        assertThat(table.warmThroughput().readUnitsPerSecond()).isEqualTo(12_000);
        assertThat(table.globalSecondaryIndexes().getFirst().warmThroughput().readUnitsPerSecond())
                .isEqualTo(12_000);
    }

    @Test
    void aProtectedTableIsNotDeleted(DynamoDbClient client) {
        client.createTable(Sdk.plain("precious").toBuilder()
                .deletionProtectionEnabled(true)
                .build());
        assertThatThrownBy(() -> client.deleteTable(request -> request.tableName("precious")))
                .isInstanceOf(DynamoDbException.class)
                .hasMessageContaining("protected against deletion");

        client.updateTable(request -> request.tableName("precious").deletionProtectionEnabled(false));
        client.deleteTable(request -> request.tableName("precious"));
        assertThat(client.listTables().tableNames()).isEmpty();
    }

    @Test
    void tagsComeAndGo(DynamoDbClient client) {
        client.createTable(Sdk.plain("tagged").toBuilder()
                .tags(tag("team", "a"), tag("stage", "test"))
                .build());
        String arn = Sdk.describe(client, "tagged").tableArn();

        client.tagResource(request -> request.resourceArn(arn).tags(tag("team", "b"), tag("cost", "1")));
        client.untagResource(request -> request.resourceArn(arn).tagKeys("stage"));

        assertThat(client.listTagsOfResource(request -> request.resourceArn(arn))
                        .tags())
                .containsExactlyInAnyOrder(tag("team", "b"), tag("cost", "1"));
    }

    @Test
    void anArnStandsForATable(DynamoDbClient client) {
        Sdk.createPlain(client);
        String arn = Sdk.describe(client, Sdk.PLAIN).tableArn();
        var item = Map.of("id", Sdk.s("a"));

        client.putItem(request -> request.tableName(arn).item(item));

        assertThat(client.scan(request -> request.tableName(arn)).items()).containsExactly(item);
        assertThat(Sdk.describe(client, arn).itemCount()).isEqualTo(1);
    }

    /** What infrastructure tools read from every table, whether they manage it or not. */
    @Test
    void whatIsNotOfferedReadsAsSwitchedOff(DynamoDbClient client) {
        Sdk.createPlain(client);
        assertThat(client.describeTimeToLive(request -> request.tableName(Sdk.PLAIN))
                        .timeToLiveDescription()
                        .timeToLiveStatus())
                .isEqualTo(TimeToLiveStatus.DISABLED);
        assertThat(client.describeContinuousBackups(request -> request.tableName(Sdk.PLAIN))
                        .continuousBackupsDescription()
                        .pointInTimeRecoveryDescription()
                        .pointInTimeRecoveryStatus())
                .isEqualTo(PointInTimeRecoveryStatus.DISABLED);
        assertThat(client.describeKinesisStreamingDestination(request -> request.tableName(Sdk.PLAIN))
                        .kinesisDataStreamDestinations())
                .isEmpty();
    }

    @Test
    void theAccountTellsItsLimitsAndEndpoint(DynamoDbClient client, Evenkeel evenkeel, URI endpoint) {
        assertThat(client.describeLimits().tableMaxReadCapacityUnits()).isEqualTo(40_000);
        assertThat(client.describeEndpoints().endpoints())
                .singleElement()
                .satisfies(told -> assertThat(told.address()).isEqualTo(endpoint.getAuthority()));
        assertThat(endpoint.getPort()).isEqualTo(evenkeel.port());
    }

    @Test
    void aRequestForNoTableAtAllIsRefusedWhole(DynamoDbClient client) {
        assertThatThrownBy(() -> client.createTable(request ->
                        request.tableName("ab").keySchema(Sdk.hash("id")).attributeDefinitions(List.of())))
                .isInstanceOf(DynamoDbException.class)
                .hasMessageContaining("at 'tableName' failed to satisfy constraint");
        assertThat(client.listTables().tableNames()).isEmpty();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private static ProvisionedThroughput units(long read, long write) {
        return ProvisionedThroughput.builder()
                .readCapacityUnits(read)
                .writeCapacityUnits(write)
                .build();
    }
}

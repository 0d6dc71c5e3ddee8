package dev.evenkeel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

@ExtendWith(EvenkeelExtension.class)
class EvenkeelExtensionTest {

    @BeforeEach
    void createTable(DynamoDbClient client) {
        client.createTable(request -> request.tableName("same-name")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName("id")
                        .keyType(KeyType.HASH)
                        .build()));
    }

    /** The second would fail to create its table if it had the first one's database. */
    @RepeatedTest(2)
    void eachTestHasADatabaseOfItsOwn(DynamoDbClient client) {
        assertThat(client.listTables().tableNames()).containsExactly("same-name");
    }

    @Test
    void everythingInjectedBelongsTogether(
            Evenkeel evenkeel, URI endpoint, ManualTicker ticker, DynamoDbClient client) {
        assertThat(endpoint).isEqualTo(evenkeel.endpoint());
        Instant before = client.describeTable(request -> request.tableName("same-name"))
                .table()
                .creationDateTime();
        ticker.advance(Duration.ofDays(2));
        client.deleteTable(request -> request.tableName("same-name"));
        createTable(client);
        Instant after = client.describeTable(request -> request.tableName("same-name"))
                .table()
                .creationDateTime();
        assertThat(after).isAfterOrEqualTo(before.plus(Duration.ofDays(2)));
    }
}

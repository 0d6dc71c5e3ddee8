package dev.evenkeel.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Tests that would disturb each other if they shared anything. */
@OneAndThreeZones
class IsolationTest {

    @RepeatedTest(4)
    void everyTestStartsEmpty(DynamoDbClient client) {
        assertThat(client.listTables().tableNames()).isEmpty();
        Sdk.createPlain(client);
        client.putItem(request -> request.tableName(Sdk.PLAIN).item(Map.of("id", Sdk.s("a"))));
        assertThat(Sdk.describe(client, Sdk.PLAIN).itemCount()).isEqualTo(1);
    }
}

package dev.evenkeel.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;

/** A control plane that takes its time, as DynamoDB's does. */
@OneAndThreeZones(controlPlaneDelayMillis = 800)
class SlowTablesTest {
    private static DynamoDbWaiter waiter(DynamoDbClient client) {
        return DynamoDbWaiter.builder()
                .client(client)
                .overrideConfiguration(configuration -> configuration
                        .maxAttempts(1_000)
                        .backoffStrategyV2(BackoffStrategy.fixedDelayWithoutJitter(Duration.ofMillis(10))))
                .build();
    }

    @Test
    void theWaiterWaits(DynamoDbClient client) {
        Sdk.createPlain(client);
        assertThat(Sdk.describe(client, Sdk.PLAIN).tableStatus()).isEqualTo(TableStatus.CREATING);
        assertThatThrownBy(() ->
                        client.putItem(request -> request.tableName(Sdk.PLAIN).item(Map.of("id", Sdk.s("a")))))
                .isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> client.deleteTable(request -> request.tableName(Sdk.PLAIN)))
                .isInstanceOf(ResourceInUseException.class);
        try (var waiter = waiter(client)) {
            var created = waiter.waitUntilTableExists(request -> request.tableName(Sdk.PLAIN));
            assertThat(created.attemptsExecuted()).isGreaterThan(1);
            client.deleteTable(request -> request.tableName(Sdk.PLAIN));
            var deleted = waiter.waitUntilTableNotExists(request -> request.tableName(Sdk.PLAIN));
            assertThat(deleted.attemptsExecuted()).isGreaterThan(1);
        }
    }
}

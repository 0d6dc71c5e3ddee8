package dev.evenkeel.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.dynamodbv2.AcquireLockOptions;
import com.amazonaws.services.dynamodbv2.AcquireLockOptions.AcquireLockOptionsBuilder;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDBLockClient;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDBLockClientOptions;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDBLockClientOptions.AmazonDynamoDBLockClientOptionsBuilder;
import com.amazonaws.services.dynamodbv2.CreateDynamoDBTableOptions;
import com.amazonaws.services.dynamodbv2.GetLockOptions;
import com.amazonaws.services.dynamodbv2.LockItem;
import com.amazonaws.services.dynamodbv2.model.LockCurrentlyUnavailableException;
import com.amazonaws.services.dynamodbv2.model.LockNotGrantedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;

/** AWS's lock client: leases in a table, kept by heartbeats, taken from whoever stopped sending them. */
@OneAndThreeZones
class LockClientTest {
    private static final String LOCKS = "locks";
    private static final long LONG_LEASE_MILLIS = 60_000;
    private static final long SHORT_LEASE_MILLIS = 60;
    private static final int POLLS_MAX = 20_000;

    private DynamoDbClient client;

    @BeforeEach
    void createTable(DynamoDbClient plain) {
        client = plain;
        AmazonDynamoDBLockClient.createLockTableInDynamoDB(CreateDynamoDBTableOptions.builder(
                        client,
                        ProvisionedThroughput.builder()
                                .readCapacityUnits(1_000L)
                                .writeCapacityUnits(1_000L)
                                .build(),
                        LOCKS)
                .withPartitionKeyName("key")
                .withSortKeyName("part")
                .build());
    }

    private AmazonDynamoDBLockClientOptionsBuilder owner(String name, long leaseMillis) {
        return AmazonDynamoDBLockClientOptions.builder(client, LOCKS)
                .withPartitionKeyName("key")
                .withSortKeyName("part")
                .withOwnerName(name)
                .withTimeUnit(TimeUnit.MILLISECONDS)
                .withLeaseDuration(leaseMillis)
                .withHeartbeatPeriod(leaseMillis / 4)
                .withCreateHeartbeatBackgroundThread(false);
    }

    /** An owner whose heartbeats are the test's to send. */
    private AmazonDynamoDBLockClient quiet(String name, long leaseMillis) {
        return new AmazonDynamoDBLockClient(owner(name, leaseMillis).build());
    }

    private static AcquireLockOptionsBuilder lock(String key) {
        return AcquireLockOptions.builder(key)
                .withSortKey("whole")
                .withTimeUnit(TimeUnit.MILLISECONDS)
                .withRefreshPeriod(2L)
                .withAdditionalTimeToWaitForLock(LONG_LEASE_MILLIS);
    }

    private static ByteBuffer data(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Optional<ByteBuffer> data) {
        return StandardCharsets.UTF_8.decode(data.orElseThrow().duplicate()).toString();
    }

    @Test
    void onlyOneHasTheLockAtATime() throws Exception {
        Sdk.createPlain(client);
        try (var first = quiet("first", LONG_LEASE_MILLIS);
                var second = quiet("second", LONG_LEASE_MILLIS);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var turns = IntStream.range(0, 24)
                    .mapToObj(i -> threads.submit(turn(i % 2 == 0 ? first : second)))
                    .toList();
            for (var turn : turns) {
                turn.get();
            }
        }
        // each turn read the number and wrote the next one, with nothing but the lock to keep the others out
        assertThat(client.getItem(request -> request.tableName(Sdk.PLAIN)
                                .key(Map.of("id", Sdk.s("counter")))
                                .consistentRead(true))
                        .item()
                        .get("value")
                        .n())
                .isEqualTo("24");
    }

    private Callable<Boolean> turn(AmazonDynamoDBLockClient owner) {
        return () -> {
            var held = owner.acquireLock(lock("counter").build());
            var key = Map.of("id", Sdk.s("counter"));
            var item = client.getItem(
                            request -> request.tableName(Sdk.PLAIN).key(key).consistentRead(true))
                    .item();
            long value = item.isEmpty() ? 0 : Long.parseLong(item.get("value").n());
            client.putItem(request ->
                    request.tableName(Sdk.PLAIN).item(Map.of("id", Sdk.s("counter"), "value", Sdk.n(value + 1))));
            return owner.releaseLock(held);
        };
    }

    @Test
    void whoStopsSendingHeartbeatsLosesTheLock() throws Exception {
        try (var stopped = quiet("stopped", SHORT_LEASE_MILLIS);
                var next = quiet("next", LONG_LEASE_MILLIS)) {
            var lost =
                    stopped.acquireLock(lock("job").withData(data("half done")).build());
            var taken = next.acquireLock(lock("job").withReplaceData(false).build());

            assertThat(text(taken.getData())).isEqualTo("half done");
            assertThat(lost.isExpired()).isTrue();
            assertThatThrownBy(() -> stopped.sendHeartbeat(lost)).isInstanceOf(LockNotGrantedException.class);
            assertThat(stopped.releaseLock(lost)).isFalse();
            assertThat(current(next, "job").getOwnerName()).isEqualTo("next");
            assertThat(next.releaseLock(taken)).isTrue();
        }
    }

    private static LockItem current(AmazonDynamoDBLockClient asked, String key) {
        return asked.getLockFromDynamoDB(
                        GetLockOptions.builder(key).withSortKey("whole").build())
                .orElseThrow();
    }

    @Test
    void heartbeatsKeepTheLock() throws Exception {
        var options =
                owner("holder", LONG_LEASE_MILLIS).withHeartbeatPeriod(5L).withCreateHeartbeatBackgroundThread(true);
        try (var holder = new AmazonDynamoDBLockClient(options.build());
                var waiting = quiet("waiting", LONG_LEASE_MILLIS)) {
            var held = holder.acquireLock(lock("job").build());
            var first = current(waiting, "job").getRecordVersionNumber();
            int beats = 0;
            for (int i = 0; i < POLLS_MAX && beats < 3; i++) {
                var version = current(waiting, "job").getRecordVersionNumber();
                beats += version.equals(first) ? 0 : 1;
                first = version;
            }
            assertThat(beats).isEqualTo(3);
            assertThatThrownBy(() -> waiting.acquireLock(
                            lock("job").withShouldSkipBlockingWait(true).build()))
                    .isInstanceOf(LockCurrentlyUnavailableException.class);
            assertThat(holder.releaseLock(held)).isTrue();
            assertThat(waiting.tryAcquireLock(lock("job").build())).isPresent();
        }
    }

    @Test
    void locksAreListedAndReleasedOnesKeepTheirData() throws Exception {
        try (var owner = quiet("owner", LONG_LEASE_MILLIS)) {
            for (int i = 0; i < 5; i++) {
                owner.acquireLock(lock("job-" + i).withData(data("data-" + i)).build());
            }
            assertThat(owner.lockTableExists()).isTrue();
            try (var all = owner.getAllLocksFromDynamoDB(false)) {
                assertThat(all.map(LockItem::getPartitionKey))
                        .containsExactlyInAnyOrder("job-0", "job-1", "job-2", "job-3", "job-4");
            }
            try (var some = owner.getLocksByPartitionKey("job-3", false)) {
                assertThat(some.map(it -> text(it.getData()))).containsExactly("data-3");
            }
            releaseButKeep(owner);
        }
    }

    private static void releaseButKeep(AmazonDynamoDBLockClient owner) throws InterruptedException {
        var kept = owner.acquireLock(lock("kept")
                .withData(data("result"))
                .withDeleteLockOnRelease(false)
                .build());
        assertThat(owner.releaseLock(kept)).isTrue();
        assertThat(current(owner, "kept").isExpired()).isTrue(); // it is there, and anybody's
        var again = owner.acquireLock(lock("kept")
                .withReplaceData(false)
                .withAcquireReleasedLocksConsistently(true)
                .withUpdateExistingLockRecord(true)
                .build());
        assertThat(text(again.getData())).isEqualTo("result");
        assertThat(owner.getLock("kept", Optional.of("whole"))).isPresent();
    }
}

package dev.evenkeel.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.api.Operation;
import dev.evenkeel.metadata.TableStatus;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Transactions over tables whose partitions are in different groups, led by different nodes. */
@Timeout(120)
class TransactionsTest {
    private static final int TABLES = 3;
    private static final int ACCOUNTS = 4;
    private static final int REPEATS = 50;
    private static final int BALANCE = 100;

    private final TestNodes cluster = new TestNodes(TABLES);

    @BeforeEach
    void found() {
        cluster.found("a1", "b1", "c1");
        for (int i = 0; i < TABLES; i++) {
            createTable("table" + i);
        }
        var groups = new HashSet<Integer>();
        for (int i = 0; i < TABLES; i++) {
            var image = cluster.node("a1").catalogImage();
            var table = image.table("table" + i).orElseThrow();
            groups.add(image.partitions(table.id()).getFirst().groupId());
        }
        assertThat(groups).as("groups of the tables").hasSizeGreaterThan(1);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    private void createTable(String name) {
        call(
                "a1",
                "CreateTable",
                "{'TableName':'" + name
                        + "','BillingMode':'PAY_PER_REQUEST','AttributeDefinitions':[{'AttributeName':'id',"
                        + "'AttributeType':'S'}],'KeySchema':[{'AttributeName':'id','KeyType':'HASH'}]}");
        TestNodes.until(() -> cluster.names().stream()
                .allMatch(node -> cluster.node(node)
                        .catalogImage()
                        .table(name)
                        .filter(table -> table.status() == TableStatus.ACTIVE)
                        .isPresent()));
    }

    private String call(String node, String operation, String json) {
        return execute(node, Operation.named(operation).orElseThrow(), json);
    }

    private <I, O> String execute(String node, Operation<I, O> operation, String json) {
        var body = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        var output = cluster.node(node).execute(operation, operation.read(body, 0, body.length));
        var bytes = new ByteArrayOutputStream();
        operation.write(output, bytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String table(int account) {
        return "table" + account % TABLES;
    }

    private static String add(int account, int amount, String condition) {
        return "{'Update':{'TableName':'" + table(account) + "','Key':{'id':{'S':'" + account
                + "'}},'UpdateExpression':'ADD balance :more','ConditionExpression':'" + condition
                + "','ExpressionAttributeValues':{':more':{'N':'" + amount + "'}"
                + (condition.contains(":least") ? ",':least':{'N':'" + -amount + "'}" : "") + "}}}";
    }

    private static String put(int account) {
        return "{'Put':{'TableName':'" + table(account) + "','Item':{'id':{'S':'" + account + "'},'balance':{'N':'"
                + BALANCE + "'}}}}";
    }

    private static String transact(List<String> actions, String token) {
        return "{'TransactItems':[" + String.join(",", actions) + "],'ClientRequestToken':'" + token + "'}";
    }

    private int balances(String node) {
        var gets = new ArrayList<String>();
        for (int i = 0; i < ACCOUNTS; i++) {
            gets.add("{'Get':{'TableName':'" + table(i) + "','Key':{'id':{'S':'" + i + "'}}}}");
        }
        var answer = call(node, "TransactGetItems", "{'TransactItems':[" + String.join(",", gets) + "]}");
        int sum = 0;
        for (var part : answer.split("\"balance\":\\{\"N\":\"")) {
            if (Character.isDigit(part.charAt(0)) || part.charAt(0) == '-') {
                sum += Integer.parseInt(part.substring(0, part.indexOf('"')));
            }
        }
        return sum;
    }

    private void fill() {
        var puts = new ArrayList<String>();
        for (int i = 0; i < ACCOUNTS; i++) {
            puts.add(put(i));
        }
        call("b1", "TransactWriteItems", transact(puts, "fill"));
    }

    @Test
    void nothingIsLostBetweenAccountsAndEveryReadSeesThemWhole() throws Exception {
        fill();
        assertThat(balances("c1")).isEqualTo(ACCOUNTS * BALANCE);
        var transfers = new AtomicInteger();
        var reads = new AtomicInteger();
        var clients = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < 6; i++) {
            int client = i;
            clients.add(() -> {
                var random = new Random(client);
                for (int j = 0; j < 25; j++) {
                    var node = List.of("a1", "b1", "c1").get(random.nextInt(3));
                    if (client == 0) {
                        reads.addAndGet(read(node));
                    } else {
                        transfers.addAndGet(transfer(node, random, client + "-" + j));
                    }
                }
                return true;
            });
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : threads.invokeAll(clients)) {
                done.get();
            }
        }
        assertThat(balances("a1")).isEqualTo(ACCOUNTS * BALANCE);
        assertThat(transfers.get()).isPositive();
    }

    private int read(String node) {
        try {
            assertThat(balances(node)).isEqualTo(ACCOUNTS * BALANCE);
            return 1;
        } catch (DynamoException cancelled) {
            assertThat(cancelled.code()).isEqualTo(ErrorCode.TRANSACTION_CANCELED);
            return 0;
        }
    }

    private int transfer(String node, Random random, String token) {
        int from = random.nextInt(ACCOUNTS);
        int to = (from + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
        int amount = 1 + random.nextInt(5);
        try {
            call(
                    node,
                    "TransactWriteItems",
                    transact(
                            List.of(add(from, -amount, "balance >= :least"), add(to, amount, "attribute_exists(id)")),
                            token));
            return 1;
        } catch (DynamoException cancelled) {
            assertThat(cancelled.code()).isEqualTo(ErrorCode.TRANSACTION_CANCELED);
            return 0;
        }
    }

    @Test
    void aTokenIsKnownToAllRoutersAndAfterALeaderHasGone() {
        fill();
        var request = transact(List.of(add(0, 1, "attribute_exists(id)"), add(1, 1, "attribute_exists(id)")), "once");
        call("a1", "TransactWriteItems", request);
        call("b1", "TransactWriteItems", request);
        cluster.node("a1").handOver();
        call("c1", "TransactWriteItems", request);
        assertThat(balances("c1")).isEqualTo(ACCOUNTS * BALANCE + 2);
    }

    /** Its coordinator may still be telling the ledger so, and somebody else may do it first. */
    @Test
    void aTokenUsedAgainAtOnceIsOfATransactionThatIsDone() {
        fill();
        for (int i = 0; i < REPEATS; i++) {
            var request =
                    transact(List.of(add(0, 1, "attribute_exists(id)"), add(1, 1, "attribute_exists(id)")), "r" + i);
            call("a1", "TransactWriteItems", request);
            call("b1", "TransactWriteItems", request);
        }
        assertThat(balances("c1")).isEqualTo(ACCOUNTS * BALANCE + 2 * REPEATS);
    }
}

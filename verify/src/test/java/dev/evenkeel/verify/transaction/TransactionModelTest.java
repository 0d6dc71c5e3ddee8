package dev.evenkeel.verify.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.verify.history.SerialTransaction;
import dev.evenkeel.verify.history.SerializabilityChecker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Mixed transactions and plain requests on a few hot items in two groups, while leaders change, messages are lost or come
 * twice, coordinators stop at any step, and no two clocks agree. Whatever has an outcome must have a place in one order of
 * all, whole; and in the end nothing is held.
 */
class TransactionModelTest {
    private static final int CLIENTS = 4;
    private static final int OPERATIONS = 100;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Long.getLong("evenkeel.test.seeds", 12));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyHistoryHasAnOrder(long seed) throws InterruptedException {
        try (var nodes = new Nodes(seed)) {
            var clients = new ArrayList<Client>();
            var threads = new ArrayList<Thread>();
            var failures = new ArrayList<Throwable>();
            for (int i = 0; i < CLIENTS; i++) {
                var client = new Client(nodes, "c" + i + "-", new Random(seed * 100 + i));
                clients.add(client);
                threads.add(Thread.ofPlatform()
                        .uncaughtExceptionHandler((_, failure) -> failures.add(failure))
                        .start(() -> client.run(OPERATIONS)));
            }
            for (var thread : threads) {
                thread.join();
            }
            assertThat(failures).isEmpty();
            nodes.settle();
            nodes.checkNothingIsHeldAndReplicasAreEqual();

            var history = new ArrayList<SerialTransaction>();
            clients.forEach(client -> history.addAll(client.history()));
            var lists = new HashMap<String, List<String>>();
            Client.LISTS.forEach(list -> lists.put(list, clients.getFirst().now(list)));
            assertThat(SerializabilityChecker.check(history, lists))
                    .as("seed %s", seed)
                    .isEmpty();
            checkThatSomethingHappened(nodes, clients, history);
        }
    }

    private static void checkThatSomethingHappened(Nodes nodes, List<Client> clients, List<SerialTransaction> history) {
        assertThat(nodes.groups.values()).allMatch(group -> group.moves > 2);
        assertThat(clients.stream().mapToInt(client -> client.crashes).sum()).isPositive();
        for (var ending : List.of(SerialTransaction.Ending.COMMITTED, SerialTransaction.Ending.CANCELLED)) {
            assertThat(history.stream()
                            .filter(it -> it.appends().size() > 1 && it.ending() == ending)
                            .count())
                    .as("%s transactions", ending)
                    .isGreaterThan(5);
        }
        assertThat(history.stream()
                        .filter(it -> it.reads().size() > 1 && it.ending() == SerialTransaction.Ending.COMMITTED)
                        .count())
                .as("reads")
                .isGreaterThan(5);
    }
}

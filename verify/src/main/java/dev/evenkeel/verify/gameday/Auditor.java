package dev.evenkeel.verify.gameday;

import dev.evenkeel.verify.history.Action;
import dev.evenkeel.verify.history.Operation;
import dev.evenkeel.verify.history.Outcome;
import dev.evenkeel.verify.history.State;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;

/** Creates the tables, and in the end reads strongly everything that anybody wrote. */
final class Auditor {
    private static final String NAME = "auditor";
    private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(20);
    private static final Duration SETTLED_TIME_MAX = Duration.ofSeconds(60);

    private final ClusterNode node;
    private final DayClock clock;

    Auditor(ClusterNode node, DayClock clock) {
        this.node = node;
        this.clock = clock;
    }

    void createTables(List<String> tables) throws InterruptedException {
        for (var table : tables) {
            createTable(table);
        }
        for (var table : tables) {
            var last = new AtomicReference<>("");
            if (!clock.await(() -> isActive(table, last), SETTLED_TIME_MAX)) {
                throw new GameDayException("table " + table + " does not become ACTIVE: " + last.get());
            }
        }
    }

    /** Tried again for a while: a new cluster may be ready to answer before it is ready to decide. */
    private void createTable(String table) throws InterruptedException {
        var request = TableRequests.create(table);
        var last = new AtomicReference<>("");
        boolean isCreated = clock.await(() -> isCreated(request, last), SETTLED_TIME_MAX);
        if (!isCreated) {
            throw new GameDayException("table " + table + " cannot be created: " + last.get());
        }
    }

    private boolean isCreated(TableRequests.Request request, AtomicReference<String> last) {
        return ask(request, last)
                .filter(answer -> answer.isOk() || Answers.error(answer).equals("ResourceInUseException"))
                .isPresent();
    }

    private boolean isActive(String table, AtomicReference<String> last) {
        return ask(TableRequests.describe(table), last)
                .filter(answer -> answer.isOk() && answer.body().contains("\"TableStatus\":\"ACTIVE\""))
                .isPresent();
    }

    /** @param last is told what came instead of a good answer */
    private Optional<HttpConnection.Answer> ask(TableRequests.Request request, AtomicReference<String> last) {
        try (var connection = new HttpConnection(node.clientAddress(), ANSWER_TIME_MAX)) {
            var answer = connection.post(request.operation(), request.body());
            last.set(answer.isOk() ? "" : answer.status() + " " + Answers.error(answer));
            return Optional.of(answer);
        } catch (IOException e) {
            last.set(e.toString());
            return Optional.empty();
        }
    }

    /**
     * A strong read of every key that was written to, and of every item that is there.
     *
     * @throws GameDayException when that cannot be read
     */
    List<Operation> readAll(List<String> tables, List<Operation> operations) throws InterruptedException {
        var reads = new ArrayList<Operation>();
        for (var table : tables) {
            var keys = new TreeSet<String>();
            for (var operation : operations) {
                if (operation.key().startsWith(table + "/")) {
                    keys.add(operation.key());
                }
            }
            reads.addAll(readTable(table, keys));
        }
        return reads;
    }

    private List<Operation> readTable(String table, Set<String> keys) throws InterruptedException {
        long begun = clock.nanos();
        var found = scan(table);
        long ended = clock.nanos();
        var all = new TreeSet<>(keys);
        all.addAll(found.keySet());
        return all.stream()
                .map(key -> new Operation(
                        begun,
                        ended,
                        NAME,
                        node.id(),
                        key,
                        new Action.Read(true),
                        new Outcome.Done(found.getOrDefault(key, State.ABSENT))))
                .toList();
    }

    private Map<String, State> scan(String table) throws InterruptedException {
        var found = new HashMap<String, State>();
        Map<String, Object> startKey = Map.of();
        do {
            var page = page(table, startKey);
            for (var item : Json.objects(page, "Items")) {
                var key = table + "/" + Answers.content(item, TableRequests.KEY, "S");
                if (found.put(key, Answers.state(item)) != null) {
                    throw new GameDayException("a scan told twice of " + key);
                }
            }
            startKey = Json.object(page.getOrDefault("LastEvaluatedKey", Map.of()));
        } while (!startKey.isEmpty());
        return found;
    }

    /** Tried again for a while: a cluster that has just been ill may still be moving its leaders. */
    private Map<String, Object> page(String table, Map<String, Object> startKey) throws InterruptedException {
        var request = TableRequests.scan(table, startKey);
        var page = new HashMap<String, Object>();
        var last = new AtomicReference<>("");
        if (!clock.await(() -> isRead(request, page, last), SETTLED_TIME_MAX)) {
            throw new GameDayException("table " + table + " cannot be read in the end: " + last.get());
        }
        return page;
    }

    private boolean isRead(TableRequests.Request request, Map<String, Object> page, AtomicReference<String> last) {
        var answer = ask(request, last).filter(HttpConnection.Answer::isOk);
        answer.ifPresent(read -> page.putAll(Json.object(read.body())));
        return answer.isPresent();
    }
}

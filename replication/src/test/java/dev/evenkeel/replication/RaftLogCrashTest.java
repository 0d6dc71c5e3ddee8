package dev.evenkeel.replication;

import static dev.evenkeel.replication.RecordingMachine.payload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Several lives of a log with Raft groups and a solo group under load, each ended by a power loss. After each: what
 * returned is there, what was cut off is not, votes are not forgotten, and of what was under way a clean prefix is there.
 */
@Timeout(60)
class RaftLogCrashTest {
    private static final NodeLogSettings SMALL = new NodeLogSettings(4000, 30_000, 4000, 1000);
    private static final int GROUPS = 3;
    private static final int SOLO = 9;
    private static final int LIVES = 5;

    private final List<Group> groups = new ArrayList<>();
    private final List<String> acknowledged = new ArrayList<>();
    private final List<Throwable> surprises = new ArrayList<>();
    private RecordingMachine machine = new RecordingMachine();

    /** A group's log may be one of these, and so may its vote. */
    private static final class Group {
        final int id;
        List<RaftModel> models = List.of(new RaftModel());
        List<Vote> votes = List.of(Vote.NONE);

        Group(int id) {
            this.id = id;
        }

        void check(RaftLog log) {
            assertThat(votes).contains(log.vote());
            votes = List.of(log.vote());
            var found = models.stream().filter(model -> model.mayBe(log)).findFirst();
            assertThat(found)
                    .as("group %s: %s to %s, may be %s", id, log.firstIndex(), log.lastIndex(), models)
                    .isPresent();
            models = List.of(found.orElseThrow().foundIn(log));
        }
    }

    static List<Long> seeds() {
        return LongStream.rangeClosed(1, Long.getLong("evenkeel.crash.seeds", 150))
                .boxed()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingThatReturnedIsLost(long seed) throws InterruptedException {
        var random = new Random(seed);
        var disk = new FaultyLogFiles(seed);
        if (random.nextBoolean()) {
            disk.withShortWrites();
        }
        if (random.nextBoolean()) {
            disk.withWriteBack();
        }
        for (int i = 0; i < GROUPS; i++) {
            groups.add(new Group(i));
        }
        for (int life = 0; life < LIVES; life++) {
            live(disk, random);
            assertThat(surprises).isEmpty();
            disk = disk.afterPowerLoss();
            machine = machine.afterCrash(random);
        }
        try (var log = NodeLog.open(disk, SMALL, Ticker.system())) {
            groups.forEach(group -> check(log, group));
        }
    }

    private static void check(NodeLog log, Group group) {
        try (var raft = log.openRaft(group.id)) {
            group.check(raft);
        }
    }

    private void live(FaultyLogFiles disk, Random random) throws InterruptedException {
        try (var log = NodeLog.open(disk, SMALL, Ticker.system());
                var solo = SoloGroup.open(SOLO, log, machine)) {
            assertThat(machine.texts()).containsAll(acknowledged);
            groups.forEach(group -> check(log, group));
            disk.losePowerAfter(random.nextInt(random.nextBoolean() ? 40 : 600));
            if (random.nextInt(3) == 0) {
                disk.leaveSpace(random.nextInt(10_000));
            }
            var threads = new ArrayList<Thread>();
            var logs = new ArrayList<RaftLog>();
            for (var group : groups) {
                var raft = log.openRaft(group.id);
                logs.add(raft);
                long seed = random.nextLong();
                threads.add(start(() -> write(disk, raft, group, new Random(seed))));
                threads.add(start(() -> vote(disk, raft, group)));
            }
            if (random.nextBoolean()) {
                long seed = random.nextLong();
                threads.add(start(() -> propose(disk, solo, new Random(seed))));
            }
            for (var thread : threads) {
                thread.join();
            }
            logs.forEach(RaftLog::close);
        }
    }

    private Thread start(Runnable task) {
        return Thread.startVirtualThread(() -> {
            try {
                task.run();
            } catch (Throwable e) {
                synchronized (surprises) {
                    surprises.add(e);
                }
            }
        });
    }

    private static void write(FaultyLogFiles disk, RaftLog log, Group group, Random random) {
        while (disk.hasPower()) {
            var model = group.models.getFirst();
            try {
                group.models = List.of(changed(log, group, model, random));
            } catch (OutcomeUnknownException e) {
                return;
            } catch (LogUnavailableException e) {
                group.models = List.of(model);
                disk.leaveSpace(random.nextInt(4) == 0 ? random.nextInt(10_000) : Long.MAX_VALUE);
            }
            group.models.getFirst().assertSameAt(log, random.nextLong(log.lastIndex() + 2));
        }
    }

    /** Makes a change, with what it may come to as the group's models while it is under way. */
    private static RaftModel changed(RaftLog log, Group group, RaftModel model, Random random) {
        switch (random.nextInt(30)) {
            case 0, 1 -> {
                long lastKept = random.nextLong(model.first() - 1, model.last() + 1);
                var cut = model.copy().truncateSuffix(lastKept);
                group.models = List.of(model, cut);
                log.truncateSuffix(lastKept);
                return cut;
            }
            case 2, 3, 4 -> {
                long firstKept = random.nextLong(1, model.last() + (random.nextInt(5) == 0 ? 10 : 2));
                var cut = model.copy().truncatePrefix(firstKept);
                group.models = List.of(model, cut);
                log.truncatePrefix(firstKept);
                return cut;
            }
            case 5 -> {
                long nextIndex = random.nextLong(1, model.last() + 100);
                var reset = model.copy().reset(nextIndex);
                group.models = List.of(model, reset);
                log.reset(nextIndex);
                return reset;
            }
            default -> {
                var entries = RaftLogModelTest.entries(random, model.last());
                group.models = model.prefixesOf(entries);
                log.append(entries);
                return group.models.getLast();
            }
        }
    }

    private static void vote(FaultyLogFiles disk, RaftLog log, Group group) {
        while (disk.hasPower()) {
            var before = group.votes.getFirst();
            var cast = new Vote(before.term() + 1, before.term() % 3 == 0 ? "" : "node" + before.term());
            group.votes = List.of(before, cast);
            try {
                log.vote(cast);
                group.votes = List.of(cast);
            } catch (OutcomeUnknownException e) {
                return;
            } catch (LogUnavailableException e) {
                group.votes = List.of(before);
            }
            assertThat(log.vote()).isEqualTo(group.votes.getFirst());
        }
    }

    private void propose(FaultyLogFiles disk, SoloGroup group, Random random) {
        @Nullable RuntimeException last = null;
        while (disk.hasPower() && !(last instanceof OutcomeUnknownException)) {
            var text = random.nextLong() + "x".repeat(random.nextInt(300));
            try {
                group.propose(payload(text)).await();
                acknowledged.add(text);
            } catch (ReplicationException e) {
                last = e;
            }
            if (random.nextInt(20) == 0) {
                machine.persist();
            }
        }
    }
}

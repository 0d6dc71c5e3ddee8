package dev.evenkeel.replication;

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

/** Random calls on several groups, against an obvious model; on disk with restarts in between. */
@Timeout(60)
class RaftLogModelTest {
    private static final int GROUPS = 3;
    private static final int STEPS = 400;

    private final List<RaftModel> models = new ArrayList<>();
    private final List<Vote> votes = new ArrayList<>();
    private final List<RaftLog> logs = new ArrayList<>();
    private @Nullable NodeLog nodeLog;

    static List<Long> seeds() {
        return LongStream.rangeClosed(1, 60).boxed().toList();
    }

    private void begin() {
        for (int i = 0; i < GROUPS; i++) {
            models.add(new RaftModel());
            votes.add(Vote.NONE);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void inMemory(long seed) {
        var random = new Random(seed);
        begin();
        for (int i = 0; i < GROUPS; i++) {
            logs.add(new MemoryRaftLog());
        }
        for (int step = 0; step < STEPS; step++) {
            change(random, random.nextInt(GROUPS));
        }
        check();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void onDisk(long seed) {
        var random = new Random(seed);
        begin();
        var disk = random.nextBoolean() ? new FaultyLogFiles(seed).withShortWrites() : new FaultyLogFiles(seed);
        var settings = new NodeLogSettings(
                random.nextInt(500, 10_000), 20_000, random.nextInt(500, 5000), random.nextInt(3) * 1000L);
        reopen(disk, settings);
        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(40) == 0) {
                reopen(disk, settings);
                check();
            }
            change(random, random.nextInt(GROUPS));
        }
        reopen(disk, settings);
        check();
        closeAll();
    }

    private void reopen(FaultyLogFiles disk, NodeLogSettings settings) {
        closeAll();
        var opened = NodeLog.open(disk, settings, Ticker.system());
        for (int i = 0; i < GROUPS; i++) {
            logs.add(opened.openRaft(i));
        }
        nodeLog = opened;
    }

    private void closeAll() {
        logs.forEach(RaftLog::close);
        logs.clear();
        if (nodeLog != null) {
            nodeLog.close();
        }
    }

    private void change(Random random, int group) {
        var log = logs.get(group);
        var model = models.get(group);
        switch (random.nextInt(20)) {
            case 0 -> {
                long lastKept = random.nextLong(model.first() - 1, model.last() + 1);
                log.truncateSuffix(lastKept);
                model.truncateSuffix(lastKept);
            }
            case 1, 2 -> {
                long firstKept = random.nextLong(1, model.last() + (random.nextInt(5) == 0 ? 10 : 2));
                log.truncatePrefix(firstKept);
                model.truncatePrefix(firstKept);
            }
            case 3 -> {
                if (random.nextInt(4) == 0) {
                    long nextIndex = random.nextLong(1, model.last() + 100);
                    log.reset(nextIndex);
                    model.reset(nextIndex);
                }
            }
            case 4, 5 -> {
                var vote = new Vote(votes.get(group).term() + 1, random.nextBoolean() ? "" : "node" + group);
                log.vote(vote);
                votes.set(group, vote);
            }
            default -> {
                var entries = entries(random, model.last());
                log.append(entries);
                model.append(entries);
            }
        }
        model.assertSameAt(log, random.nextLong(Math.max(0, model.first() - 2), model.last() + 3));
        assertThat(log.vote()).isEqualTo(votes.get(group));
    }

    static List<RaftEntry> entries(Random random, long after) {
        var entries = new ArrayList<RaftEntry>();
        int count = 1 + random.nextInt(8);
        for (int i = 1; i <= count; i++) {
            int length = random.nextInt(random.nextInt(200) == 0 ? 70_000 : 200);
            var kind = RaftEntry.Kind.values()[random.nextInt(3)];
            var payload = RecordingMachine.payload(random.nextInt(1000) + "x".repeat(length));
            entries.add(new RaftEntry(after + i, random.nextInt(1000), kind, payload));
        }
        return entries;
    }

    private void check() {
        for (int i = 0; i < GROUPS; i++) {
            models.get(i).assertSame(logs.get(i));
            assertThat(logs.get(i).vote()).isEqualTo(votes.get(i));
        }
    }
}

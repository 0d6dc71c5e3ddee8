package dev.evenkeel.replication;

import static dev.evenkeel.replication.RecordingMachine.payload;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Several lives of a log under load, each ended by a power loss. After each: what was acknowledged is there, what was
 * refused is not, and all groups' entries are in order.
 */
@Timeout(60)
class LogCrashTest {
    private static final NodeLogSettings SMALL = new NodeLogSettings(6000, 30_000, 4000, 2000);
    private static final int GROUPS = 3;
    private static final int WRITERS = 4;

    private final List<RecordingMachine> machines = new ArrayList<>();
    /** By group and LSN. */
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();

    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final List<Throwable> surprises = new ArrayList<>();

    static List<Long> seeds() {
        return LongStream.rangeClosed(1, 150).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingAcknowledgedIsLost(long seed) throws InterruptedException {
        var random = new Random(seed);
        var disk = new FaultyLogFiles(seed);
        if (random.nextBoolean()) {
            disk.withShortWrites();
        }
        if (random.nextBoolean()) {
            disk.withWriteBack();
        }
        for (int i = 0; i < GROUPS; i++) {
            machines.add(new RecordingMachine());
        }
        for (int life = 0; life < 5; life++) {
            live(disk, random, life);
            assertThat(surprises).isEmpty();
            disk = disk.afterPowerLoss();
            machines.replaceAll(machine -> machine.afterCrash(random));
        }
        try (var log = NodeLog.open(disk, SMALL, Ticker.system())) {
            check(open(log));
        }
    }

    private void live(FaultyLogFiles disk, Random random, int life) throws InterruptedException {
        try (var log = NodeLog.open(disk, SMALL, Ticker.system())) {
            var groups = open(log);
            check(groups);
            disk.losePowerAfter(random.nextInt(random.nextBoolean() ? 40 : 600));
            if (random.nextInt(3) == 0) {
                disk.leaveSpace(random.nextInt(10_000));
            }
            var followers =
                    groups.stream().map(group -> start(() -> follow(group))).toList();
            var writers = new ArrayList<Thread>();
            for (int i = 0; i < WRITERS; i++) {
                long seed = random.nextLong();
                var name = life + "/" + i;
                writers.add(start(() -> write(disk, groups, new Random(seed), name)));
            }
            for (var writer : writers) {
                writer.join();
            }
            groups.forEach(SoloGroup::close);
            for (var follower : followers) {
                follower.join();
            }
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

    private List<SoloGroup> open(NodeLog log) {
        var groups = new ArrayList<SoloGroup>();
        for (int i = 0; i < GROUPS; i++) {
            groups.add(SoloGroup.open(i, log, machines.get(i)));
        }
        return groups;
    }

    private void write(FaultyLogFiles disk, List<SoloGroup> groups, Random random, String name) {
        for (int i = 0; disk.hasPower(); i++) {
            int at = random.nextInt(GROUPS);
            var text = name + "/" + i + " " + "x".repeat(random.nextInt(random.nextInt(20) == 0 ? 4000 : 300));
            try {
                var proposal = groups.get(at).propose(payload(text));
                proposal.await();
                var twin = acknowledged.put(at + "@" + proposal.lsn(), text);
                assertThat(twin).isNull();
            } catch (OutcomeUnknownException e) {
                continue; // both is right
            } catch (LogUnavailableException e) {
                refused.add(text);
                disk.leaveSpace(random.nextInt(4) == 0 ? random.nextInt(10_000) : Long.MAX_VALUE);
            } catch (NotLeaderException e) {
                refused.add(text);
            }
            if (random.nextInt(50) == 0) {
                machines.get(at).persist();
            }
        }
    }

    /** Reads along from somewhere, as a propagator does, and wants every entry once. */
    private void follow(SoloGroup group) {
        try (var tail = group.tail()) {
            long position = tail.position();
            for (var entries = tail.next(5); !entries.isEmpty(); entries = tail.next(5)) {
                for (var entry : entries) {
                    position++;
                    assertThat(entry.lsn()).isEqualTo(position);
                    var text = acknowledged.get(group.id() + "@" + position);
                    assertThat(text).isIn(null, RecordingMachine.text(entry));
                }
            }
        } catch (IllegalStateException e) {
            assertThat(e).hasMessageEndingWith("is closed"); // the power went before it could begin
        }
    }

    private void check(List<SoloGroup> groups) {
        for (int i = 0; i < GROUPS; i++) {
            var texts = machines.get(i).texts();
            assertThat(groups.get(i).appliedLsn()).isEqualTo(texts.size());
            assertThat(texts).doesNotHaveDuplicates().noneMatch(refused::contains);
        }
        acknowledged.forEach((place, text) -> {
            var texts = machines.get(place.charAt(0) - '0').texts();
            int lsn = Integer.parseInt(place.substring(2));
            assertThat(texts).as(place).hasSizeGreaterThanOrEqualTo(lsn);
            assertThat(texts.get(lsn - 1)).as(place).isEqualTo(text);
        });
    }
}

package dev.evenkeel.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Keeps the payloads it was given as text, and checks on the way that they come in order and without a gap. */
final class RecordingMachine implements StateMachine {
    private final List<String> texts = new ArrayList<>();
    private long persistedLsn;
    private int persistCalls;
    private int applyCalls;
    private @Nullable RuntimeException failure;
    private int failsAfter;
    private long neededAfterLsn = Long.MAX_VALUE;

    @Override
    public synchronized void apply(List<LogEntry> entries) {
        applyCalls++;
        for (var entry : entries) {
            if (failure != null && failsAfter-- <= 0) {
                throw failure;
            }
            assertThat(entry.lsn()).isEqualTo(texts.size() + 1);
            texts.add(text(entry));
        }
    }

    static String text(LogEntry entry) {
        return new String(entry.payload(), StandardCharsets.ISO_8859_1);
    }

    static byte[] payload(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** From now on it throws, after so many more entries; null ends that. */
    synchronized void failWith(@Nullable RuntimeException cause, int afterEntries) {
        failure = cause;
        failsAfter = afterEntries;
    }

    synchronized void needAfter(long lsn) {
        neededAfterLsn = lsn;
    }

    @Override
    public synchronized long neededAfterLsn() {
        return neededAfterLsn;
    }

    @Override
    public synchronized long appliedLsn() {
        return texts.size();
    }

    @Override
    public synchronized long persistedLsn() {
        return persistedLsn;
    }

    @Override
    public synchronized void persist() {
        persistCalls++;
        persistedLsn = texts.size();
    }

    synchronized void persistOnly(long lsn) {
        persistedLsn = lsn;
    }

    /** What a store like it would have after a crash: what was persisted and maybe some more. */
    synchronized RecordingMachine afterCrash(Random random) {
        var survivor = new RecordingMachine();
        long lsn = persistedLsn + random.nextInt((int) (texts.size() - persistedLsn) + 1);
        survivor.texts.addAll(texts.subList(0, (int) lsn));
        survivor.persistedLsn = lsn;
        return survivor;
    }

    synchronized List<String> texts() {
        return List.copyOf(texts);
    }

    synchronized int persistCalls() {
        return persistCalls;
    }

    synchronized int applyCalls() {
        return applyCalls;
    }
}

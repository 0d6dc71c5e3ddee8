package dev.evenkeel.replication.raft;

import dev.evenkeel.replication.LogEntry;
import dev.evenkeel.replication.ReplicatedStateMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps the payloads it was given as text, with their LSNs, and checks that these only rise. */
final class Journal implements ReplicatedStateMachine {
    record Line(long lsn, String text) {}

    /** Nothing is applied while a test holds it. */
    final ReentrantLock applying = new ReentrantLock();

    private final List<Line> lines = new ArrayList<>();
    private volatile long appliedLsn;
    private volatile boolean stalled;
    private volatile int restores;

    /** Whether it takes no entries. */
    void setStalled(boolean stalled) {
        this.stalled = stalled;
    }

    static byte[] payload(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void apply(List<LogEntry> entries) {
        applying.lock();
        try {
            add(entries);
        } finally {
            applying.unlock();
        }
    }

    private synchronized void add(List<LogEntry> entries) {
        if (stalled) {
            throw new IllegalStateException("the store takes nothing");
        }
        for (var entry : entries) {
            if (entry.lsn() > appliedLsn) {
                lines.add(new Line(entry.lsn(), new String(entry.payload(), StandardCharsets.UTF_8)));
                appliedLsn = entry.lsn();
            }
        }
    }

    /** How often it was given the whole state. */
    int restores() {
        return restores;
    }

    synchronized List<Line> lines() {
        return List.copyOf(lines);
    }

    List<String> texts() {
        return lines().stream().map(Line::text).toList();
    }

    @Override
    public long appliedLsn() {
        return appliedLsn;
    }

    @Override
    public long persistedLsn() {
        return 0;
    }

    @Override
    public void persist() {}

    @Override
    public void checkpoint(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.write(
                    folder.resolve("lines"),
                    lines().stream().map(line -> line.lsn + " " + line.text).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void restore(Path folder) {
        try {
            restores++;
            lines.clear();
            for (var text : Files.readAllLines(folder.resolve("lines"))) {
                int space = text.indexOf(' ');
                lines.add(new Line(Long.parseLong(text.substring(0, space)), text.substring(space + 1)));
            }
            appliedLsn = lines.isEmpty() ? 0 : lines.getLast().lsn;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

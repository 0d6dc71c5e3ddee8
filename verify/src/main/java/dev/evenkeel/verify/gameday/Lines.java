package dev.evenkeel.verify.gameday;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** What a process prints on one of its outputs, read by a thread of its own so that the process never waits for us. */
final class Lines {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    Lines(InputStream source) {
        Thread.ofPlatform().daemon().name("output-reader").start(() -> read(source));
    }

    private void read(InputStream source) {
        try (var reader = new BufferedReader(new InputStreamReader(source, StandardCharsets.UTF_8))) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            add("(output lost: " + e + ")"); // the process was killed
        } finally {
            end();
        }
    }

    private void add(String line) {
        lock.lock();
        try {
            lines.add(line);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The first line like that; empty when the output ended, or the time, without one. */
    Optional<String> await(Predicate<String> wanted, long secondsMax) throws InterruptedException {
        long nanosLeft = TimeUnit.SECONDS.toNanos(secondsMax);
        lock.lock();
        try {
            while (true) {
                var found = lines.stream().filter(wanted).findFirst();
                if (found.isPresent() || ended || nanosLeft <= 0) {
                    return found;
                }
                nanosLeft = changed.awaitNanos(nanosLeft);
            }
        } finally {
            lock.unlock();
        }
    }

    /** All of it, once the process has ended. */
    List<String> all() throws InterruptedException {
        lock.lock();
        try {
            while (!ended) {
                changed.await();
            }
            return List.copyOf(lines);
        } finally {
            lock.unlock();
        }
    }

    /** What there is by now. */
    String soFar() {
        lock.lock();
        try {
            return String.join("\n", lines);
        } finally {
            lock.unlock();
        }
    }
}

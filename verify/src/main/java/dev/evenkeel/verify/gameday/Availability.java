package dev.evenkeel.verify.gameday;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Successes by total in windows of time, reads and writes apart, as the clients saw them: every request counts, whether
 * another attempt made up for it or not. An answer that tells the caller of a mistake, or of a condition, is a success.
 */
final class Availability {
    private static final Duration WINDOW_MAX = Duration.ofMinutes(5);
    private static final Duration WINDOW_MIN = Duration.ofSeconds(2);

    /** Client 2 before client 10. */
    private static final Comparator<String> NUMBERED =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    /** A day of minutes is to have more than one line. */
    private static final int WINDOWS_WANTED = 8;

    record Share(long succeeded, long total) {
        static final Share NONE = new Share(0, 0);

        Share plus(long moreSucceeded, long more) {
            return new Share(succeeded + moreSucceeded, total + more);
        }

        double percent() {
            return total == 0 ? 100 : 100.0 * succeeded / total;
        }
    }

    /** @param callsFailed that no attempt succeeded for */
    record Window(long fromNanos, Share reads, Share writes, long callsFailed) {
        Window plus(Call call) {
            long total = call.attempts().size();
            long succeeded = call.isAnswered() ? 1 : 0;
            return new Window(
                    fromNanos,
                    call.isWrite() ? reads : reads.plus(succeeded, total),
                    call.isWrite() ? writes.plus(succeeded, total) : writes,
                    callsFailed + (call.isAnswered() ? 0 : 1));
        }
    }

    private Availability() {}

    static Duration window(Duration day) {
        var wanted = Duration.ofSeconds(Math.ceilDiv(day.toSeconds(), WINDOWS_WANTED));
        if (wanted.compareTo(WINDOW_MAX) > 0) {
            return WINDOW_MAX;
        }
        return wanted.compareTo(WINDOW_MIN) < 0 ? WINDOW_MIN : wanted;
    }

    static List<Window> windows(Collection<Call> calls, Duration length) {
        var windows = new TreeMap<Long, Window>();
        for (var call : calls) {
            long from = call.endedNanos() / length.toNanos() * length.toNanos();
            windows.merge(from, empty(from).plus(call), (window, _) -> window.plus(call));
        }
        return new ArrayList<>(windows.values());
    }

    static Window total(Collection<Call> calls) {
        var total = empty(0);
        for (var call : calls) {
            total = total.plus(call);
        }
        return total;
    }

    static SortedMap<String, Window> byClient(Collection<Call> calls) {
        var clients = new TreeMap<String, Window>(NUMBERED);
        for (var call : calls) {
            clients.merge(call.client(), empty(0).plus(call), (window, _) -> window.plus(call));
        }
        return clients;
    }

    /** By the zone of the node that was asked: each request counts for itself, as if it had been all of its call. */
    static SortedMap<String, Window> byZone(Collection<Call> calls) {
        var zones = new TreeMap<String, Window>();
        for (var call : calls) {
            for (var attempt : call.attempts()) {
                var alone = call.only(attempt);
                zones.merge(attempt.zone(), empty(0).plus(alone), (window, _) -> window.plus(alone));
            }
        }
        return zones;
    }

    private static Window empty(long from) {
        return new Window(from, Share.NONE, Share.NONE, 0);
    }
}

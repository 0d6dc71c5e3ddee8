package dev.evenkeel.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The obvious Raft log, and what may be left of it after a crash. */
final class RaftModel {
    /** Those before {@link #first}, too, as far as a crash may bring them back. */
    private final TreeMap<Long, String> texts = new TreeMap<>();

    private long first = 1;
    private long last;
    /** Nothing before this one may come back. */
    private long floor = 1;

    long first() {
        return first;
    }

    long last() {
        return last;
    }

    RaftModel copy() {
        var copy = new RaftModel();
        copy.texts.putAll(texts);
        copy.first = first;
        copy.last = last;
        copy.floor = floor;
        return copy;
    }

    RaftModel append(List<RaftEntry> entries) {
        for (var entry : entries) {
            texts.put(entry.index(), RaftLogContract.text(entry));
            last = entry.index();
        }
        return this;
    }

    RaftModel truncatePrefix(long firstKept) {
        if (firstKept > last + 1) {
            return reset(firstKept);
        }
        first = Math.max(first, firstKept);
        return this;
    }

    RaftModel truncateSuffix(long lastKept) {
        texts.tailMap(lastKept, false).clear();
        last = lastKept;
        return this;
    }

    RaftModel reset(long nextIndex) {
        texts.clear();
        first = nextIndex;
        last = nextIndex - 1;
        floor = nextIndex;
        return this;
    }

    /** What an append that nobody has answered may come to. */
    List<RaftModel> prefixesOf(List<RaftEntry> entries) {
        var outcomes = new ArrayList<RaftModel>();
        for (int count = 0; count <= entries.size(); count++) {
            outcomes.add(copy().append(entries.subList(0, count)));
        }
        return outcomes;
    }

    void assertSame(RaftLog log) {
        assertThat(log.firstIndex()).isEqualTo(first);
        assertThat(log.lastIndex()).isEqualTo(last);
        for (long index = first - 2; index <= last + 2; index++) {
            assertThat(RaftLogContract.text(log.entry(index))).isEqualTo(index < first ? null : texts.get(index));
        }
    }

    void assertSameAt(RaftLog log, long index) {
        assertThat(log.firstIndex()).isEqualTo(first);
        assertThat(log.lastIndex()).isEqualTo(last);
        assertThat(RaftLogContract.text(log.entry(index))).isEqualTo(index < first ? null : texts.get(index));
    }

    /** Whether a crash may have left this of it. */
    boolean mayBe(RaftLog log) {
        if (log.lastIndex() != last || log.firstIndex() > first || log.firstIndex() < floor) {
            return false;
        }
        for (long index = log.firstIndex(); index <= last; index++) {
            var text = RaftLogContract.text(log.entry(index));
            if (text == null || !text.equals(texts.get(index))) {
                return false;
            }
        }
        return true;
    }

    /** The one thing the crash may have changed is where it begins. */
    RaftModel foundIn(RaftLog log) {
        first = log.firstIndex();
        texts.headMap(first).clear();
        floor = first;
        return this;
    }

    @Override
    public String toString() {
        return first + " (not before " + floor + ") to " + last + ": " + texts;
    }
}

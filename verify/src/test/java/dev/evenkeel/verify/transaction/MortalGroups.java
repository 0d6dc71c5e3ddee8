package dev.evenkeel.verify.transaction;

import dev.evenkeel.model.Bytes;
import dev.evenkeel.partition.ActionAnswer;
import dev.evenkeel.partition.ItemVersion;
import dev.evenkeel.partition.RemoteGroup;
import dev.evenkeel.partition.TransactionGroup;
import dev.evenkeel.partition.TransactionGroups;
import dev.evenkeel.partition.TransactionWrite;
import dev.evenkeel.partition.transaction.Claim;
import dev.evenkeel.partition.transaction.Decision;
import dev.evenkeel.partition.transaction.ItemPlace;
import dev.evenkeel.partition.transaction.LedgerRecord;
import dev.evenkeel.partition.transaction.Transaction;
import dev.evenkeel.partition.transaction.TransactionId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The groups as a coordinator sees them that stops behind a number of steps: its last one is carried out, and not answered. */
final class MortalGroups implements TransactionGroups {
    private final Map<Integer, RemoteGroup> groups;
    private final AtomicInteger stepsLeft;

    MortalGroups(Map<Integer, RemoteGroup> groups, int steps) {
        this.groups = groups;
        this.stepsLeft = new AtomicInteger(steps);
    }

    @Override
    public TransactionGroup group(int groupId) {
        return new Mortal(Objects.requireNonNull(groups.get(groupId)).transactions());
    }

    private <T> T step(Supplier<T> step) {
        int left = stepsLeft.decrementAndGet();
        if (left < -1) {
            throw new Crash();
        }
        var result = step.get();
        if (left == -1) {
            throw new Crash();
        }
        return result;
    }

    private final class Mortal implements TransactionGroup {
        private final TransactionGroup group;

        Mortal(TransactionGroup group) {
            this.group = group;
        }

        @Override
        public Whole writeAll(TransactionId id, Bytes digest, List<TransactionWrite> writes) {
            return step(() -> group.writeAll(id, digest, writes));
        }

        @Override
        public List<ActionAnswer> prepare(Transaction transaction, List<TransactionWrite> writes) {
            return step(() -> group.prepare(transaction, writes));
        }

        @Override
        public void finish(TransactionId id, long timestamp, boolean commits, List<ItemPlace> items) {
            step(() -> {
                group.finish(id, timestamp, commits, items);
                return true;
            });
        }

        @Override
        public List<ItemVersion> read(List<ItemPlace> items) {
            return step(() -> group.read(items));
        }

        @Override
        public List<ItemVersion> versions(List<ItemPlace> items) {
            return step(() -> group.versions(items));
        }

        @Override
        public Claim begin(LedgerRecord preparing) {
            return step(() -> group.begin(preparing));
        }

        @Override
        public Decision decide(TransactionId id, boolean commits) {
            return step(() -> group.decide(id, commits));
        }

        @Override
        public void complete(TransactionId id) {
            step(() -> {
                group.complete(id);
                return true;
            });
        }

        @Override
        public Decision outcome(TransactionId id) {
            return step(() -> group.outcome(id));
        }
    }
}

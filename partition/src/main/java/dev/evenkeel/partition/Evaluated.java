package dev.evenkeel.partition;

import dev.evenkeel.model.CapacityUnits;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.Item;
import dev.evenkeel.partition.transaction.PreparedItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One action of a transaction, evaluated by its partition's owner.
 *
 * @param pending what the evaluation rests on and is not applied yet
 * @param effect null for a check, and when it is not accepted
 * @param held what the transaction holds of the item already, when it is asked for a second time; else null
 */
record Evaluated(
        PartitionLeader partition,
        TransactionWrite action,
        Pending.@Nullable Outcome<Item> pending,
        ActionAnswer answer,
        @Nullable WriteEffect effect,
        @Nullable PreparedItem held) {

    /** Tells what is special to a step of a transaction. */
    interface Rules {
        /** Whether what holds the item is this very transaction. */
        boolean isOwn(PreparedItem holder);

        /** Whether the transaction may be placed behind all that happened to the item. */
        boolean isInTime(PartitionLeader partition, byte[] position);
    }

    /** Evaluates the actions of a transaction, all of them, whatever is said to one. */
    static List<Evaluated> all(LockedPartitions locked, List<TransactionWrite> actions, Rules rules) {
        var sizes = new CollectionSizes();
        var all = new ArrayList<Evaluated>(actions.size());
        for (var action : actions) {
            var partition = locked.get(action.partitionId());
            var evaluated = of(partition, action, rules, position -> sizes.bytes(partition, position));
            sizes.add(partition, evaluated.effect);
            all.add(evaluated);
        }
        return all;
    }

    private static Evaluated of(
            PartitionLeader partition, TransactionWrite action, Rules rules, ToLongFunction<byte[]> collectionBytes) {
        var write = action.write();
        var position = write.position();
        var pending = partition.pending(position);
        var holder = partition.preparedItems().get(position);
        if (holder != null && !rules.isOwn(holder)) {
            return refused(partition, action, pending, DynamoException.transactionConflict());
        }
        var before = partition.latest(position);
        if (holder != null) {
            var again = WriteEffect.of(
                    partition.schema(),
                    position,
                    before,
                    new WriteEvaluation(holder.writes() ? holder.after() : before, null),
                    collectionBytes);
            return accepted(partition, action, pending, again, holder);
        }
        if (!WriteEvaluation.conditionHolds(write, before)) {
            var item = write.returnItemOnConditionFailure() ? before : null;
            return refused(partition, action, pending, DynamoException.conditionalCheckFailed(item));
        }
        if (!rules.isInTime(partition, position)) {
            var tooOld = new ActionAnswer.TooOld(partition.bounds().of(position));
            return new Evaluated(partition, action, pending, tooOld, null, null);
        }
        return write instanceof ItemWrite.Check
                ? checked(partition, action, pending, before)
                : written(partition, action, pending, before, collectionBytes);
    }

    private static Evaluated written(
            PartitionLeader partition,
            TransactionWrite action,
            Pending.@Nullable Outcome<Item> pending,
            @Nullable Item before,
            ToLongFunction<byte[]> collectionBytes) {
        try {
            var evaluation = WriteEvaluation.of(partition.schema(), action.write(), before);
            var effect =
                    WriteEffect.of(partition.schema(), action.write().position(), before, evaluation, collectionBytes);
            effect.checkLimits();
            return accepted(partition, action, pending, effect, null);
        } catch (DynamoException refusal) {
            return refused(partition, action, pending, refusal);
        }
    }

    private static Evaluated accepted(
            PartitionLeader partition,
            TransactionWrite action,
            Pending.@Nullable Outcome<Item> pending,
            WriteEffect effect,
            @Nullable PreparedItem held) {
        var outcome = effect.outcome();
        var answer = new ActionAnswer.Accepted(outcome.tableUnits(), outcome.indexUnits(), outcome.collectionBytes());
        return new Evaluated(partition, action, pending, answer, effect, held);
    }

    private static Evaluated checked(
            PartitionLeader partition,
            TransactionWrite action,
            Pending.@Nullable Outcome<Item> pending,
            @Nullable Item item) {
        double units = CapacityUnits.forWrite(WriteEvaluation.sizeOf(item));
        return new Evaluated(partition, action, pending, new ActionAnswer.Accepted(units, Map.of(), -1), null, null);
    }

    private static Evaluated refused(
            PartitionLeader partition,
            TransactionWrite action,
            Pending.@Nullable Outcome<Item> pending,
            DynamoException failure) {
        return new Evaluated(partition, action, pending, new ActionAnswer.Refused(failure), null, null);
    }

    byte[] position() {
        return action.write().position();
    }
}

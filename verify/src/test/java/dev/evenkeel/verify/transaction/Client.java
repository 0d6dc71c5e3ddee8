package dev.evenkeel.verify.transaction;

import dev.evenkeel.expression.Condition;
import dev.evenkeel.expression.ExpressionKind;
import dev.evenkeel.expression.Expressions;
import dev.evenkeel.expression.Placeholders;
import dev.evenkeel.expression.Update;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Bytes;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.Keys;
import dev.evenkeel.model.Ticker;
import dev.evenkeel.partition.ItemWrite;
import dev.evenkeel.partition.PartitionReplica;
import dev.evenkeel.partition.RemoteGroup;
import dev.evenkeel.partition.transaction.ItemPlace;
import dev.evenkeel.router.transaction.RequestToken;
import dev.evenkeel.router.transaction.TransactionAction;
import dev.evenkeel.router.transaction.TransactionCoordinator;
import dev.evenkeel.router.transaction.TransactionGet;
import dev.evenkeel.verify.history.SerialTransaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Appends its names to lists and reads them, one request after another, and notes what it was told. */
final class Client {
    /** The last letter tells the group. */
    static final List<String> LISTS = List.of("x1", "y1", "x2", "y2");

    private final Nodes nodes;
    private final String name;
    private final Random random;
    private final Ticker clock;
    private final Map<Integer, RemoteGroup> groups;
    private final List<SerialTransaction> history = new ArrayList<>();
    /** What it last found in lists. */
    private final Map<String, List<String>> known = new HashMap<>();

    private int count;
    int crashes;

    Client(Nodes nodes, String name, Random random) {
        this.nodes = nodes;
        this.name = name;
        this.random = random;
        this.clock = nodes.clock(random);
        this.groups = nodes.client(null);
    }

    List<SerialTransaction> history() {
        return history;
    }

    void run(int operations) {
        for (int i = 0; i < operations; i++) {
            switch (random.nextInt(6)) {
                case 0 -> append();
                case 1 -> get();
                case 2 -> transactGet();
                default -> transactWrite();
            }
            if (random.nextInt(8) == 0) {
                nodes.pass();
            }
        }
    }

    private static int group(String list) {
        return list.charAt(1) - '0';
    }

    private static Item key(String list) {
        return Item.of(Map.of("id", AttributeValue.of(list)));
    }

    private static byte[] position(String list) {
        return Keys.position(key(list), Nodes.KEY);
    }

    private static ItemPlace place(String list) {
        return new ItemPlace(Nodes.partitionOf(group(list), position(list)), position(list));
    }

    private PartitionReplica partition(String list) {
        return Objects.requireNonNull(groups.get(group(list)))
                .partition(place(list).partitionId());
    }

    private static Update appending(String name) {
        return Expressions.update(
                "SET xs = list_append(if_not_exists(xs, :none), :name)",
                new Placeholders(
                        null,
                        Map.of(
                                ":none", new AttributeValue.L(List.of()),
                                ":name", new AttributeValue.L(List.of(AttributeValue.of(name))))));
    }

    /** That the list is as it was found. */
    private static Condition is(List<String> found) {
        return found.isEmpty()
                ? Expressions.condition(
                        ExpressionKind.CONDITION, "attribute_not_exists(id)", new Placeholders(null, null))
                : Expressions.condition(
                        ExpressionKind.CONDITION,
                        "size(xs) = :size",
                        new Placeholders(null, Map.of(":size", AttributeValue.of(found.size()))));
    }

    private static List<String> names(@Nullable Item item) {
        if (item == null) {
            return List.of();
        }
        return ((AttributeValue.L) Objects.requireNonNull(item.get("xs")))
                .value().stream().map(it -> ((AttributeValue.S) it).value()).toList();
    }

    private String nextName() {
        return name + count++;
    }

    private void note(
            String which, Map<String, List<String>> reads, List<String> appends, SerialTransaction.Ending ending) {
        history.add(new SerialTransaction(which, reads, appends, ending));
    }

    /** The list as a consistent read finds it, when nothing is in the way any more. */
    List<String> now(String list) {
        return names(partition(list).get(position(list), true));
    }

    private void append() {
        var mine = nextName();
        var list = LISTS.get(random.nextInt(LISTS.size()));
        SerialTransaction.Ending ending;
        try {
            partition(list).write(new ItemWrite.Change(position(list), key(list), appending(mine), null, false));
            ending = SerialTransaction.Ending.COMMITTED;
        } catch (DynamoException failure) {
            ending = ending(failure);
        }
        note(mine, Map.of(), List.of(list), ending);
    }

    private static SerialTransaction.Ending ending(DynamoException failure) {
        return switch (failure.code()) {
            case INTERNAL_SERVER_ERROR -> SerialTransaction.Ending.UNKNOWN;
            case TRANSACTION_CONFLICT, TRANSACTION_CANCELED, SERVICE_UNAVAILABLE -> SerialTransaction.Ending.CANCELLED;
            default -> throw failure;
        };
    }

    private void get() {
        var list = LISTS.get(random.nextInt(LISTS.size()));
        try {
            var found = now(list);
            known.put(list, found);
            note(nextName(), Map.of(list, found), List.of(), SerialTransaction.Ending.COMMITTED);
        } catch (DynamoException unreachable) {
            note(nextName(), Map.of(), List.of(), ending(unreachable));
        }
    }

    private List<String> someLists() {
        var lists = new ArrayList<>(LISTS);
        Collections.shuffle(lists, random);
        return lists.subList(0, 1 + random.nextInt(lists.size()));
    }

    private TransactionCoordinator coordinator(MortalGroups mortal, boolean inOneRound) {
        return new TransactionCoordinator(mortal, () -> Nodes.GROUPS, clock, random, Runnable::run, inOneRound);
    }

    private void transactGet() {
        var lists = someLists();
        var gets = lists.stream()
                .map(list -> new TransactionGet(group(list), place(list)))
                .toList();
        var mortal = new MortalGroups(groups, Integer.MAX_VALUE);
        try {
            var items = coordinator(mortal, random.nextBoolean()).read(gets);
            var reads = new HashMap<String, List<String>>();
            for (int i = 0; i < lists.size(); i++) {
                reads.put(lists.get(i), names(items.get(i)));
            }
            known.putAll(reads);
            note(nextName(), reads, List.of(), SerialTransaction.Ending.COMMITTED);
        } catch (DynamoException cancelled) {
            note(nextName(), Map.of(), List.of(), ending(cancelled));
        }
    }

    private void transactWrite() {
        var mine = nextName();
        var appends = new ArrayList<String>();
        var reads = new HashMap<String, List<String>>();
        var actions = new ArrayList<TransactionAction>();
        for (var list : someLists()) {
            var found = random.nextInt(3) == 0 ? known.get(list) : null;
            var condition = found == null ? null : is(found);
            if (found != null) {
                reads.put(list, found);
            }
            if (condition != null && random.nextBoolean()) {
                actions.add(action(list, new ItemWrite.Check(position(list), condition, false)));
            } else {
                appends.add(list);
                actions.add(action(
                        list, new ItemWrite.Change(position(list), key(list), appending(mine), condition, false)));
            }
        }
        var token = random.nextBoolean() ? new RequestToken(mine, Bytes.utf8(mine)) : null;
        note(mine, reads, appends, written(actions, token));
    }

    private static TransactionAction action(String list, ItemWrite write) {
        return new TransactionAction(group(list), place(list).partitionId(), write);
    }

    /** Whoever has a token asks until he knows. */
    private SerialTransaction.Ending written(List<TransactionAction> actions, @Nullable RequestToken token) {
        var ending = writtenOnce(actions, token);
        for (int i = 0; i < 3 && token != null && ending == SerialTransaction.Ending.UNKNOWN; i++) {
            ending = writtenOnce(actions, token);
        }
        return ending;
    }

    private SerialTransaction.Ending writtenOnce(List<TransactionAction> actions, @Nullable RequestToken token) {
        var mortal = new MortalGroups(groups, random.nextInt(3) == 0 ? random.nextInt(8) : Integer.MAX_VALUE);
        try {
            coordinator(mortal, random.nextInt(3) > 0).write(actions, token);
            return SerialTransaction.Ending.COMMITTED;
        } catch (Crash stopped) {
            crashes++;
            return SerialTransaction.Ending.UNKNOWN;
        } catch (DynamoException failure) {
            return switch (failure.code()) {
                case TRANSACTION_IN_PROGRESS -> SerialTransaction.Ending.UNKNOWN;
                default -> ending(failure);
            };
        }
    }
}

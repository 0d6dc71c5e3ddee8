package dev.evenkeel.verify.gameday;

import dev.evenkeel.verify.history.Action;
import dev.evenkeel.verify.history.Operation;
import dev.evenkeel.verify.history.Outcome;
import dev.evenkeel.verify.history.State;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * One client: asks, waits, asks again, as an SDK would. When an attempt fails it waits a little and asks the next node;
 * every attempt is an operation of its own in the history, with a value of its own, since each may have taken effect.
 */
final class Worker implements Runnable {
    private static final int ATTEMPTS_MAX = 4;
    private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(3);
    private static final long BACKOFF_NANOS = Duration.ofMillis(25).toNanos();

    private final String name;
    private final SplittableRandom random;
    private final LoadPlan plan;
    private final Keys keys;
    private final Pulse pulse;
    private final DayClock clock;
    private final List<ClusterNode> nodes;
    private final List<HttpConnection> connections;
    private final List<Operation> operations = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private int nextNode;
    private int values;
    private volatile boolean stopped;
    private volatile Optional<Throwable> failure = Optional.empty();

    Worker(
            int number,
            SplittableRandom random,
            LoadPlan plan,
            Keys keys,
            Pulse pulse,
            DayClock clock,
            List<ClusterNode> nodes) {
        this.name = "c" + number;
        this.random = random;
        this.plan = plan;
        this.keys = keys;
        this.pulse = pulse;
        this.clock = clock;
        this.nodes = nodes;
        connections = nodes.stream()
                .map(node -> new HttpConnection(node.clientAddress(), ANSWER_TIME_MAX))
                .toList();
        nextNode = number % nodes.size();
    }

    @Override
    public void run() {
        long paceNanos = Duration.ofSeconds(1).toNanos() * plan.workers() / plan.callsPerSecond();
        long next = clock.nanos();
        try {
            while (!stopped) {
                callOnce();
                next = Math.max(next + paceNanos, clock.nanos()); // what was missed in a pause is not made up for
                clock.passUntil(next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable wrong) {
            failure = Optional.of(wrong);
        } finally {
            connections.forEach(HttpConnection::close);
        }
    }

    void stop() {
        stopped = true;
    }

    /** Why it gave up before it was stopped: an answer that makes no sense. */
    Optional<Throwable> failure() {
        return failure;
    }

    /** To be read when its thread has ended. */
    List<Operation> operations() {
        return operations;
    }

    /** As {@link #operations}. */
    List<Call> calls() {
        return calls;
    }

    private void callOnce() throws InterruptedException {
        int dice = random.nextInt(100);
        var target = dice < 10 ? new Keys.Target(keys.table(random), "once-" + name + "-" + values) : keys.next(random);
        boolean tells = random.nextInt(4) > 0;
        long begun = clock.nanos();
        var attempts = new ArrayList<Call.Attempt>();
        boolean isAnswered = false;
        var action = action(dice, target);
        for (int attempt = 0; attempt < ATTEMPTS_MAX && !isAnswered && !stopped; attempt++) {
            if (attempt > 0) {
                clock.pass(Duration.ofNanos(random.nextLong(BACKOFF_NANOS << attempt)));
                action = anew(action);
            }
            var zone = nodes.get(nextNode).zone();
            isAnswered = attempt(target, action, tells);
            attempts.add(new Call.Attempt(zone, isAnswered));
        }
        if (attempts.isEmpty()) {
            return; // stopped before it began
        }
        calls.add(new Call(clock.nanos(), name, target.table(), !action.isRead(), attempts));
        if (isAnswered && !action.isRead()) {
            pulse.wrote(target.table(), begun);
        }
    }

    /** Below 10 a put to a key of its own, so that many keys lie about in the end; else something on a common key. */
    private Action action(int dice, Keys.Target target) {
        if (dice < 25) {
            return new Action.Put(newValue());
        }
        if (dice < 40) {
            return new Action.PutIf(keys.lastValue(target), newValue());
        }
        if (dice < 55) {
            return new Action.Add(1);
        }
        if (dice < 60) {
            return new Action.Delete();
        }
        return new Action.Read(dice < 85);
    }

    private String newValue() {
        return name + "." + values++;
    }

    /** The same again, with a value that tells it from the attempt before. */
    private Action anew(Action action) {
        return switch (action) {
            case Action.Put _ -> new Action.Put(newValue());
            case Action.PutIf put -> new Action.PutIf(put.expected(), newValue());
            case Action.Add _, Action.Delete _, Action.Read _ -> action;
        };
    }

    /** Whether there was an answer that an SDK would not try again after. */
    private boolean attempt(Keys.Target target, Action action, boolean tells) {
        var node = nodes.get(nextNode);
        var request = TableRequests.of(target.table(), target.key(), action, tells);
        long invoked = clock.nanos();
        Outcome outcome;
        boolean isAnswered = false;
        try {
            var answer = connections.get(nextNode).post(request.operation(), request.body());
            outcome = Answers.outcome(action, tells, answer);
            isAnswered = !answer.isServerError();
        } catch (NotSentException e) {
            outcome = new Outcome.Refused("not sent: " + e.getMessage());
        } catch (IOException e) {
            outcome = action.isRead() ? new Outcome.Refused(e.toString()) : new Outcome.Unknown(e.toString());
        }
        operations.add(new Operation(invoked, clock.nanos(), name, node.id(), target.historyKey(), action, outcome));
        note(target, action, outcome);
        nextNode = (nextNode + 1) % nodes.size();
        return isAnswered;
    }

    private void note(Keys.Target target, Action action, Outcome outcome) {
        switch (outcome) {
            case Outcome.Done done
            when action.isRead() || action instanceof Action.Add ->
                keys.saw(target, done.seen().map(State::value).orElse(""));
            case Outcome.Done _ -> keys.saw(target, action.written());
            case Outcome.ConditionFailed failed ->
                keys.saw(target, failed.seen().value());
            case Outcome.Refused _, Outcome.Unknown _ -> {}
        }
    }
}

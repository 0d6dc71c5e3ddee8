package dev.evenkeel.verify.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Histories by hand: {@code at(1, 4).put("a")} is a put that was asked for at 1 and acknowledged at 4. */
final class HistoryBuilder {
    static final String KEY = "k";

    private final List<Operation> operations = new ArrayList<>();

    /** The times of the next operation. */
    record Span(HistoryBuilder history, long invoked, long returned) {
        HistoryBuilder put(String value) {
            return history.add(this, new Action.Put(value), new Outcome.Done(Optional.empty()));
        }

        HistoryBuilder putOver(State before, String value) {
            return history.add(this, new Action.Put(value), new Outcome.Done(before));
        }

        HistoryBuilder putUnknown(String value) {
            return history.add(this, new Action.Put(value), new Outcome.Unknown("time-out"));
        }

        HistoryBuilder putRefused(String value) {
            return history.add(this, new Action.Put(value), new Outcome.Refused("throttled"));
        }

        HistoryBuilder putIf(String expected, String value) {
            return history.add(this, new Action.PutIf(expected, value), new Outcome.Done(Optional.empty()));
        }

        HistoryBuilder putIfUnknown(String expected, String value) {
            return history.add(this, new Action.PutIf(expected, value), new Outcome.Unknown("time-out"));
        }

        HistoryBuilder putIfFailed(String expected, String value, State seen) {
            return history.add(this, new Action.PutIf(expected, value), new Outcome.ConditionFailed(seen));
        }

        HistoryBuilder add(long amount, long count) {
            return history.add(this, new Action.Add(amount), new Outcome.Done(State.counted(count)));
        }

        HistoryBuilder addUnknown(long amount) {
            return history.add(this, new Action.Add(amount), new Outcome.Unknown("connection lost"));
        }

        HistoryBuilder delete() {
            return history.add(this, new Action.Delete(), new Outcome.Done(Optional.empty()));
        }

        HistoryBuilder deleteUnknown() {
            return history.add(this, new Action.Delete(), new Outcome.Unknown("time-out"));
        }

        HistoryBuilder read(State seen) {
            return history.add(this, new Action.Read(true), new Outcome.Done(seen));
        }

        HistoryBuilder read(String value) {
            return read(State.of(value));
        }

        HistoryBuilder readEventually(State seen) {
            return history.add(this, new Action.Read(false), new Outcome.Done(seen));
        }
    }

    Span at(long invoked, long returned) {
        return new Span(this, invoked, returned);
    }

    private HistoryBuilder add(Span span, Action action, Outcome outcome) {
        var client = "c" + operations.size();
        operations.add(new Operation(span.invoked, span.returned, client, "n1", KEY, action, outcome));
        return this;
    }

    List<Operation> build() {
        return List.copyOf(operations);
    }
}

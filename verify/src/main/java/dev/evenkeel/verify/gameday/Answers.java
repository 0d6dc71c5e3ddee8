package dev.evenkeel.verify.gameday;

import dev.evenkeel.verify.history.Action;
import dev.evenkeel.verify.history.Outcome;
import dev.evenkeel.verify.history.State;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What an answer says about the item. A 4xx is a promise that nothing happened; after a 5xx of a write nobody knows, and a
 * read never matters to anybody but its reader.
 */
final class Answers {
    private Answers() {}

    /** @param tells whether a put or delete was to tell what was there before */
    static Outcome outcome(Action action, boolean tells, HttpConnection.Answer answer) {
        if (answer.isOk()) {
            return new Outcome.Done(seen(action, tells, Json.object(answer.body())));
        }
        if (answer.isServerError()) {
            var why = answer.status() + " " + error(answer);
            return action.isRead() ? new Outcome.Refused(why) : new Outcome.Unknown(why);
        }
        var error = error(answer);
        return error.equals("ConditionalCheckFailedException")
                ? new Outcome.ConditionFailed(state(Json.object(answer.body()), "Item"))
                : new Outcome.Refused(error);
    }

    private static Optional<State> seen(Action action, boolean tells, Map<String, Object> body) {
        return switch (action) {
            case Action.Read _ -> Optional.of(state(body, "Item"));
            case Action.Add _ -> Optional.of(state(body, "Attributes"));
            case Action.Put _, Action.PutIf _, Action.Delete _ ->
                tells ? Optional.of(state(body, "Attributes")) : Optional.empty();
        };
    }

    private static State state(Map<String, Object> body, String member) {
        var item = body.get(member);
        return item == null ? State.ABSENT : state(Json.object(item));
    }

    static State state(Map<String, Object> item) {
        var count = content(item, TableRequests.COUNT, "N");
        return new State(content(item, TableRequests.VALUE, "S"), count.isEmpty() ? 0 : Long.parseLong(count));
    }

    static String content(Map<String, Object> item, String attribute, String type) {
        var value = item.get(attribute);
        return value == null
                ? ""
                : Objects.requireNonNull(Json.object(value).get(type), () -> "no " + type + " in " + item)
                        .toString();
    }

    /** The error's name without its namespace, or what else was said. */
    static String error(HttpConnection.Answer answer) {
        if (!answer.body().startsWith("{")) {
            return answer.body();
        }
        var body = Json.object(answer.body());
        var type = body.getOrDefault("__type", "").toString();
        return type.substring(type.indexOf('#') + 1);
    }
}

package dev.evenkeel.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression as it is written: placeholders not yet replaced, nothing checked but the grammar. */
final class Syntax {
    private Syntax() {}

    /** What can be true or false. */
    sealed interface Node {}

    record Or(List<Node> parts) implements Node {}

    record And(List<Node> parts) implements Node {}

    record Not(Node part) implements Node {}

    record Comparison(Comparator comparator, Operand left, Operand right) implements Node {}

    record Between(Operand value, Operand low, Operand high) implements Node {}

    record In(Operand value, List<Operand> options) implements Node {}

    record Test(Call call) implements Node {}

    /** What has a value. */
    sealed interface Operand {}

    record Path(List<Step> steps) implements Operand {}

    record Value(String placeholder) implements Operand {}

    record Call(String function, List<Operand> arguments) implements Operand {}

    record Sum(boolean plus, Operand left, Operand right) implements Operand {}

    sealed interface Step {}

    /** A name, or the placeholder of one, which starts with {@code #}. */
    record Name(String text) implements Step {
        boolean isPlaceholder() {
            return text.charAt(0) == '#';
        }
    }

    record Index(String digits) implements Step {}

    enum ClauseKind {
        SET,
        REMOVE,
        ADD,
        DELETE
    }

    record Clause(ClauseKind kind, List<Action> actions) {}

    /** @param value null in a REMOVE */
    record Action(ClauseKind kind, Path target, @Nullable Operand value) {}
}

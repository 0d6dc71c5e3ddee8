package dev.evenkeel.expression.partiql;

import java.util.List;

/** Something with a value or a truth in a statement, as it is written. */
public sealed interface Expression {
    Position position();

    record Text(String value, Position position) implements Expression {}

    /** A number, as it is written and with its sign. */
    record Numeric(String digits, Position position) implements Expression {}

    record Truth(boolean value, Position position) implements Expression {}

    /** {@code NULL}. */
    record Null(Position position) implements Expression {}

    /** {@code MISSING}. */
    record Missing(Position position) implements Expression {}

    /** @param index of the {@code ?} among all of the statement, from 0 */
    record Parameter(int index, Position position) implements Expression {}

    /** @param steps the first of which is a name */
    record Path(List<Step> steps, Position position) implements Expression {
        public Path {
            steps = List.copyOf(steps);
        }
    }

    sealed interface Step {}

    record Name(String text) implements Step {}

    record Index(int number) implements Step {}

    /** @param function in lower case; the case of function names does not count */
    record Call(String function, List<Expression> arguments, Position position) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** {@code [a, b]}. */
    record Sequence(List<Expression> elements, Position position) implements Expression {
        public Sequence {
            elements = List.copyOf(elements);
        }
    }

    /** {@code <<a, b>>}: how a set is written. */
    record Bag(List<Expression> members, Position position) implements Expression {
        public Bag {
            members = List.copyOf(members);
        }
    }

    /** {@code {'a': b}}. */
    record Struct(List<Field> fields, Position position) implements Expression {
        public Struct {
            fields = List.copyOf(fields);
        }
    }

    record Field(Expression key, Expression value) {}

    /** Two operands and a sign between them: a comparison or arithmetic. */
    record Binary(String operator, Expression left, Expression right, Position position) implements Expression {}

    record And(List<Expression> parts, Position position) implements Expression {
        public And {
            parts = List.copyOf(parts);
        }
    }

    record Or(List<Expression> parts, Position position) implements Expression {
        public Or {
            parts = List.copyOf(parts);
        }
    }

    record Not(Expression part, Position position) implements Expression {}

    /** A minus or plus that is not part of a number. */
    record Signed(String operator, Expression operand, Position position) implements Expression {}

    record Between(Expression value, Expression low, Expression high, Position position) implements Expression {}

    record In(Expression value, List<Expression> options, Position position) implements Expression {
        public In {
            options = List.copyOf(options);
        }
    }

    /** @param type in upper case, as {@code MISSING}, {@code NULL} or {@code STRING} */
    record IsType(Expression value, String type, Position position) implements Expression {}

    record Like(Expression value, Expression pattern, Position position) implements Expression {}

    /** {@code *} as the argument of a function. */
    record Star(Position position) implements Expression {}

    /** {@code (SELECT …)}. */
    record Subquery(StatementSyntax.Select select, Position position) implements Expression {}
}

package dev.evenkeel.verify.model;

import java.util.Map;
import java.util.Optional;

/** What a condition compares and an update computes with. */
sealed interface Operand {
    record Attribute(DocumentPath path) implements Operand {}

    record Literal(Value value) implements Operand {}

    record SizeOf(DocumentPath path) implements Operand {}

    default String text(Placeholders placeholders) {
        return switch (this) {
            case Attribute attribute -> attribute.path.text(placeholders);
            case Literal literal -> placeholders.value(literal.value);
            case SizeOf size -> "size(" + size.path.text(placeholders) + ")";
        };
    }

    /** Empty when the item has no such attribute, or one that has no size. */
    default Optional<Value> value(Map<String, Value> item) {
        return switch (this) {
            case Attribute attribute -> attribute.path.in(item);
            case Literal literal -> Optional.of(literal.value);
            case SizeOf size -> size.path.in(item).flatMap(Operand::sizeOf);
        };
    }

    private static Optional<Value> sizeOf(Value value) {
        return switch (value) {
            case Value.S s -> Optional.of(Value.N.of(s.text().length()));
            case Value.B b -> Optional.of(Value.N.of(b.bytes().length()));
            case Value.SS ss -> Optional.of(Value.N.of(ss.members().size()));
            case Value.NS ns -> Optional.of(Value.N.of(ns.members().size()));
            case Value.BS bs -> Optional.of(Value.N.of(bs.members().size()));
            case Value.L l -> Optional.of(Value.N.of(l.elements().size()));
            case Value.M m -> Optional.of(Value.N.of(m.entries().size()));
            case Value.N _, Value.Bool _, Value.Null _ -> Optional.empty();
        };
    }
}

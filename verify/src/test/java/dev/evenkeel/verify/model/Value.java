package dev.evenkeel.verify.model;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** An attribute value as the Developer Guide describes it. Immutable; equality is DynamoDB's. */
sealed interface Value {
    record S(String text) implements Value {}

    /** Without trailing zeros, so that equal numbers are equal objects. */
    record N(BigDecimal number) implements Value {
        public N {
            number = number.stripTrailingZeros();
        }

        static N of(long number) {
            return new N(BigDecimal.valueOf(number));
        }
    }

    /** One character for each byte (ISO 8859-1), whose order is then the order of unsigned bytes. */
    record B(String bytes) implements Value {}

    record Bool(boolean value) implements Value {}

    record Null() implements Value {}

    record SS(Set<String> members) implements Value {
        public SS {
            members = Set.copyOf(members);
        }
    }

    record NS(Set<BigDecimal> members) implements Value {
        public NS {
            var stripped = new LinkedHashSet<BigDecimal>();
            members.forEach(member -> stripped.add(member.stripTrailingZeros()));
            members = Set.copyOf(stripped);
        }
    }

    record BS(Set<String> members) implements Value {
        public BS {
            members = Set.copyOf(members);
        }
    }

    record L(List<Value> elements) implements Value {
        public L {
            elements = List.copyOf(elements);
        }
    }

    record M(Map<String, Value> entries) implements Value {
        public M {
            entries = Map.copyOf(entries);
        }
    }

    /** The name of the type on the wire. */
    default String type() {
        return switch (this) {
            case S _ -> "S";
            case N _ -> "N";
            case B _ -> "B";
            case Bool _ -> "BOOL";
            case Null _ -> "NULL";
            case SS _ -> "SS";
            case NS _ -> "NS";
            case BS _ -> "BS";
            case L _ -> "L";
            case M _ -> "M";
        };
    }

    /** The bytes that limits and capacity count, without a name. */
    default int size() {
        return switch (this) {
            case S s -> utf8(s.text);
            case N n -> numberSize(n.number);
            case B b -> b.bytes.length();
            case Bool _, Null _ -> 1;
            case SS ss -> ss.members.stream().mapToInt(Value::utf8).sum();
            case NS ns -> ns.members.stream().mapToInt(Value::numberSize).sum();
            case BS bs -> bs.members.stream().mapToInt(String::length).sum();
            case L l ->
                3 + l.elements.stream().mapToInt(element -> 1 + element.size()).sum();
            case M m -> 3 + m.entries.size() + itemSize(m.entries);
        };
    }

    /** Names and values together. */
    static int itemSize(Map<String, Value> item) {
        return item.entrySet().stream()
                .mapToInt(entry -> utf8(entry.getKey()) + entry.getValue().size())
                .sum();
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** One byte, one for every two digits begun before the point and after it, one for a minus. */
    private static int numberSize(BigDecimal number) {
        if (number.signum() == 0) {
            return 1;
        }
        var stripped = number.stripTrailingZeros();
        var digits = stripped.unscaledValue().abs().toString();
        int beforePoint = Math.clamp((long) digits.length() - stripped.scale(), 0, digits.length());
        int afterPoint = digits.length() - beforePoint;
        return 1 + (beforePoint + 1) / 2 + (afterPoint + 1) / 2 + (number.signum() < 0 ? 1 : 0);
    }

    /** Order of two values of one scalar key type. */
    static int compare(Value left, Value right) {
        if (left instanceof S a && right instanceof S b) {
            return Arrays.compareUnsigned(
                    a.text.getBytes(StandardCharsets.UTF_8), b.text.getBytes(StandardCharsets.UTF_8));
        }
        if (left instanceof N a && right instanceof N b) {
            return a.number.compareTo(b.number);
        }
        if (left instanceof B a && right instanceof B b) {
            return a.bytes.compareTo(b.bytes);
        }
        throw new IllegalArgumentException("no order between " + left + " and " + right);
    }

    static boolean comparable(Value left, Value right) {
        return left.type().equals(right.type()) && (left instanceof S || left instanceof N || left instanceof B);
    }

    /** This list with an element replaced, or appended when the index is behind its end. */
    static L withElement(L list, int index, Value value) {
        var elements = new ArrayList<>(list.elements);
        if (index < elements.size()) {
            elements.set(index, value);
        } else {
            elements.add(value);
        }
        return new L(elements);
    }

    static M withEntry(M map, String name, Value value) {
        var entries = new TreeMap<>(map.entries);
        entries.put(name, value);
        return new M(entries);
    }
}

package dev.evenkeel.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * One attribute value as a tree, for code that computes with values. Items at rest and on their way stay in their binary
 * form ({@link Item}) and are decoded into this only where an expression looks.
 *
 * <p>Immutable. Equality is DynamoDB's: numbers by value, sets without order, maps without order, lists in order.
 */
public sealed interface AttributeValue {

    AttributeType type();

    /** A string; ordered by its UTF-8 bytes. */
    record S(String value) implements AttributeValue {
        @Override
        public AttributeType type() {
            return AttributeType.S;
        }
    }

    record N(DynamoNumber value) implements AttributeValue {
        @Override
        public AttributeType type() {
            return AttributeType.N;
        }
    }

    record B(Bytes value) implements AttributeValue {
        @Override
        public AttributeType type() {
            return AttributeType.B;
        }
    }

    record Bool(boolean value) implements AttributeValue {
        public static final Bool TRUE = new Bool(true);
        public static final Bool FALSE = new Bool(false);

        @Override
        public AttributeType type() {
            return AttributeType.BOOL;
        }
    }

    record Null() implements AttributeValue {
        public static final Null VALUE = new Null();

        @Override
        public AttributeType type() {
            return AttributeType.NULL;
        }
    }

    /** A map; iterates in the order it was made with, which is name order when it came from an item. */
    record M(Map<String, AttributeValue> value) implements AttributeValue {
        public M {
            value = Collections.unmodifiableMap(new LinkedHashMap<>(value));
        }

        @Override
        public AttributeType type() {
            return AttributeType.M;
        }
    }

    record L(List<AttributeValue> value) implements AttributeValue {
        public L {
            value = List.copyOf(value);
        }

        @Override
        public AttributeType type() {
            return AttributeType.L;
        }
    }

    /** A string set: distinct members in UTF-8 order, never empty in an item. */
    record SS(List<String> value) implements AttributeValue {
        public SS {
            var sorted = new TreeSet<>(Utf8.ORDER);
            sorted.addAll(value);
            value = List.copyOf(sorted);
        }

        @Override
        public AttributeType type() {
            return AttributeType.SS;
        }
    }

    /** A number set: distinct members in ascending order, never empty in an item. */
    record NS(List<DynamoNumber> value) implements AttributeValue {
        public NS {
            value = List.copyOf(new TreeSet<>(value));
        }

        @Override
        public AttributeType type() {
            return AttributeType.NS;
        }
    }

    /** A binary set: distinct members in byte order, never empty in an item. */
    record BS(List<Bytes> value) implements AttributeValue {
        public BS {
            value = List.copyOf(new TreeSet<>(value));
        }

        @Override
        public AttributeType type() {
            return AttributeType.BS;
        }
    }

    static AttributeValue of(String text) {
        return new S(text);
    }

    static AttributeValue of(long number) {
        return new N(DynamoNumber.of(number));
    }

    /** The bytes DynamoDB counts for this value, without a name (Developer Guide, "Item sizes and formats"). */
    default int sizeBytes() {
        return ItemSize.ofValue(this);
    }
}

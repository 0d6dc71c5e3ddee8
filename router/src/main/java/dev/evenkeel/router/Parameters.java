package dev.evenkeel.router;

import dev.evenkeel.api.shape.AttributeValueUpdate;
import dev.evenkeel.api.shape.Condition;
import dev.evenkeel.api.shape.ExpectedAttributeValue;
import dev.evenkeel.api.shape.WireItem;
import dev.evenkeel.api.shape.WireValue;
import dev.evenkeel.expression.AttributeUpdate;
import dev.evenkeel.expression.Expected;
import dev.evenkeel.expression.LegacyComparison;
import dev.evenkeel.expression.Placeholders;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.Item;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Parameters from the wire's types into the model's and the expression languages'. A value that was malformed on the wire
 * is reported here, at its turn in DynamoDB's order of complaints.
 */
final class Parameters {
    private Parameters() {}

    /** @throws DynamoException validation, when something in it was malformed */
    static Item item(WireItem wire) {
        var defect = wire.defect();
        if (defect != null) {
            throw DynamoException.validation(defect);
        }
        return wire.item();
    }

    static AttributeValue value(WireValue wire) {
        var defect = wire.defect();
        if (defect != null) {
            throw DynamoException.validation(defect);
        }
        return wire.value();
    }

    /** A member the shape requires, which is there after the shape was checked. */
    static <T> T required(@Nullable T member) {
        return Objects.requireNonNull(member);
    }

    /** Malformed values travel along: they are reported by the name of their placeholder. */
    static Placeholders placeholders(@Nullable Map<String, String> names, @Nullable Map<String, WireValue> values) {
        if (values == null) {
            return new Placeholders(names, null);
        }
        var sound = new LinkedHashMap<String, AttributeValue>();
        var defects = new LinkedHashMap<String, String>();
        values.forEach((name, wire) -> {
            sound.put(name, wire.value());
            var defect = wire.defect();
            if (defect != null) {
                defects.put(name, defect);
            }
        });
        return new Placeholders(names, sound, defects);
    }

    static Map<String, LegacyComparison> comparisons(Map<String, Condition> conditions) {
        var comparisons = new LinkedHashMap<String, LegacyComparison>();
        conditions.forEach((name, condition) -> comparisons.put(
                name,
                new LegacyComparison(
                        required(condition.comparisonOperator()), values(condition.attributeValueList()))));
        return comparisons;
    }

    static Map<String, Expected> expected(Map<String, ExpectedAttributeValue> entries) {
        var expected = new LinkedHashMap<String, Expected>();
        entries.forEach((name, entry) -> {
            var value = entry.value();
            var list = entry.attributeValueList();
            expected.put(
                    name,
                    new Expected(
                            entry.exists(),
                            value == null ? null : value(value),
                            entry.comparisonOperator(),
                            list == null ? null : values(list)));
        });
        return expected;
    }

    static Map<String, AttributeUpdate> updates(Map<String, AttributeValueUpdate> entries) {
        var updates = new LinkedHashMap<String, AttributeUpdate>();
        entries.forEach((name, entry) -> {
            var value = entry.value();
            updates.put(name, new AttributeUpdate(entry.action(), value == null ? null : value(value)));
        });
        return updates;
    }

    private static List<AttributeValue> values(@Nullable List<WireValue> wires) {
        if (wires == null) {
            return List.of();
        }
        var values = new ArrayList<AttributeValue>(wires.size());
        wires.forEach(wire -> values.add(value(wire)));
        return values;
    }
}

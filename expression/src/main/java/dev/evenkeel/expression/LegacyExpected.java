package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.DynamoException;
import java.util.List;

/** One entry of {@code Expected}: either a comparison, or Exists and Value, in any of the ways that are allowed. */
final class LegacyExpected {
    private LegacyExpected() {}

    static Test test(String name, Expected expected) {
        if (expected.values() != null && expected.value() != null) {
            throw invalid("Value and AttributeValueList cannot be used together", name);
        }
        var path = DocumentPath.ofAttribute(name);
        if (expected.operator() != null) {
            return comparison(name, path, expected, LegacyOperator.named(expected.operator()));
        }
        if (expected.values() != null) {
            throw invalid("AttributeValueList can only be used with a ComparisonOperator", name);
        }
        return existence(name, path, expected);
    }

    private static Test comparison(String name, DocumentPath path, Expected expected, LegacyOperator operator) {
        if (expected.exists() != null) {
            throw invalid("Exists and ComparisonOperator cannot be used together", name);
        }
        if (operator != LegacyOperator.NULL
                && operator != LegacyOperator.NOT_NULL
                && expected.values() == null
                && expected.value() == null) {
            throw invalid("Value or AttributeValueList must be used with ComparisonOperator: " + operator, name);
        }
        var values = values(expected);
        operator.checkCount(values.size());
        operator.checkValues(values);
        return operator.test(path, values);
    }

    private static List<AttributeValue> values(Expected expected) {
        if (expected.values() != null) {
            return expected.values();
        }
        return expected.value() == null ? List.of() : List.of(expected.value());
    }

    private static Test existence(String name, DocumentPath path, Expected expected) {
        boolean exists = expected.exists() == null || expected.exists();
        if (exists && expected.value() == null) {
            throw invalid("Value must be provided when Exists is " + expected.exists(), name);
        }
        if (!exists && expected.value() != null) {
            throw invalid("Value cannot be used when Exists is false", name);
        }
        return exists ? LegacyOperator.EQ.test(path, values(expected)) : LegacyOperator.NULL.test(path, List.of());
    }

    private static DynamoException invalid(String problem, String attribute) {
        return LegacyOperator.invalid(problem + " for Attribute: " + attribute);
    }
}

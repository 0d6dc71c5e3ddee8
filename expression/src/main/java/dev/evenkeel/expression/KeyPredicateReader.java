package dev.evenkeel.expression;

import dev.evenkeel.expression.KeyPredicate.Kind;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.DynamoException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a key condition out of a condition: comparisons of one attribute with values, joined by AND. What else conditions
 * can say is refused in the words that DynamoDB has for each case.
 */
final class KeyPredicateReader {
    private final Map<String, KeyPredicate> predicates = new LinkedHashMap<>();

    KeyPredicates read(Test test) {
        visit(test);
        return new BoundKeyPredicates(predicates);
    }

    private void visit(Test test) {
        switch (test) {
            case Test.AllOf(var parts) -> parts.forEach(this::visit);
            case Test.AnyOf _ -> throw invalidOperator("OR");
            case Test.Missing _ -> throw invalidOperator(FunctionName.ATTRIBUTE_NOT_EXISTS.text());
            case Test.Negation _ -> throw invalidOperator("NOT");
            case Test.OneOf _ -> throw invalidOperator("IN");
            case Test.Exists _ -> throw invalidOperator(FunctionName.ATTRIBUTE_EXISTS.text());
            case Test.HasType _ -> throw invalidOperator(FunctionName.ATTRIBUTE_TYPE.text());
            case Test.Contains _, Test.ContainsNot _ -> throw invalidOperator(FunctionName.CONTAINS.text());
            case Test.Compared compared -> comparison(compared);
            case Test.Between(var value, var low, var high) -> {
                requireAttributeFirst("BETWEEN", value);
                add(Kind.BETWEEN, List.of(value, low, high));
            }
            case Test.BeginsWith(var value, var prefix) -> {
                requireAttributeFirst(FunctionName.BEGINS_WITH.text(), value);
                add(Kind.BEGINS_WITH, List.of(value, prefix));
            }
        }
    }

    private void comparison(Test.Compared compared) {
        var comparator = compared.comparator();
        if (comparator == Comparator.NOT_EQUAL) {
            throw invalidOperator(comparator.text());
        }
        boolean attributeFirst = compared.left() instanceof Operand.Attribute;
        add(Kind.of(attributeFirst ? comparator : comparator.flipped()), List.of(compared.left(), compared.right()));
    }

    private static void requireAttributeFirst(String operator, Operand first) {
        if (!(first instanceof Operand.Attribute)) {
            throw DynamoException.validation("Invalid condition in KeyConditionExpression: " + operator
                    + " operator must have the key attribute as its first operand");
        }
    }

    private void add(Kind kind, List<Operand> operands) {
        @Nullable String attribute = null;
        for (var operand : operands) {
            switch (operand) {
                case Operand.Attribute(var path) -> {
                    if (attribute != null) {
                        throw DynamoException.validation("Invalid condition in KeyConditionExpression: "
                                + "Multiple attribute names used in one condition");
                    }
                    if (!path.isTopLevel()) {
                        throw DynamoException.validation("Invalid KeyConditionExpression: "
                                + "KeyConditionExpressions cannot have conditions on nested attributes");
                    }
                    attribute = path.attribute();
                }
                case Operand.Size _ ->
                    throw DynamoException.validation("KeyConditionExpressions cannot contain nested operations");
                case Operand.Constant _ -> {}
            }
        }
        if (attribute == null) {
            throw DynamoException.validation("Invalid condition in KeyConditionExpression: No key attribute specified");
        }
        if (predicates.put(attribute, new KeyPredicate(kind, values(operands))) != null) {
            throw DynamoException.validation("KeyConditionExpressions must only contain one condition per key");
        }
    }

    private static List<AttributeValue> values(List<Operand> operands) {
        return operands.stream()
                .filter(operand -> operand instanceof Operand.Constant)
                .map(operand -> ((Operand.Constant) operand).value())
                .toList();
    }

    private static DynamoException invalidOperator(String operator) {
        return DynamoException.validation("Invalid operator used in KeyConditionExpression: " + operator);
    }
}

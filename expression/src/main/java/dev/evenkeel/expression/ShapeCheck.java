package dev.evenkeel.expression;

import dev.evenkeel.expression.grammar.ExpressionBaseListener;
import dev.evenkeel.expression.grammar.ExpressionParser;
import dev.evenkeel.expression.grammar.ExpressionParser.AdditionContext;
import dev.evenkeel.expression.grammar.ExpressionParser.AndConditionContext;
import dev.evenkeel.expression.grammar.ExpressionParser.NotConditionContext;
import dev.evenkeel.expression.grammar.ExpressionParser.OperandContext;
import dev.evenkeel.expression.grammar.ExpressionParser.OrConditionContext;
import dev.evenkeel.expression.grammar.ExpressionParser.PrimaryContext;
import dev.evenkeel.expression.grammar.ExpressionParser.RelationContext;
import dev.evenkeel.expression.grammar.ExpressionParser.TermContext;
import dev.evenkeel.expression.grammar.ExpressionParser.TestContext;
import org.jspecify.annotations.Nullable;

/**
 * Checks, while the parser goes, what the grammar leaves open so that one token suffices: conditions stand where
 * conditions belong and operands where operands do, and nothing is in parentheses twice. Being done on the way, the
 * first error in the text is the one that is told.
 */
final class ShapeCheck extends ExpressionBaseListener {
    private final ExpressionParser parser;
    private final FirstError stop;

    ShapeCheck(ExpressionParser parser, FirstError stop) {
        this.parser = parser;
        this.stop = stop;
    }

    private enum Shape {
        OPERAND,
        /** A function call: an operand or a condition, depending on the function. */
        CALL,
        CONDITION
    }

    static InvalidExpressionException redundantParentheses() {
        return new InvalidExpressionException("The expression has redundant parentheses;");
    }

    private InvalidExpressionException unexpectedToken() {
        return stop.syntaxErrorAt(parser.getCurrentToken());
    }

    @Override
    public void exitOperand(OperandContext operand) {
        if (!stop.failed() && operand.LEFT() != null && operand.operand().LEFT() != null) {
            throw stop.fail(redundantParentheses());
        }
    }

    @Override
    public void exitPrimary(PrimaryContext primary) {
        if (stop.failed() || primary.LEFT() == null) {
            return;
        }
        var inner = onlyTest(primary.orCondition());
        if (inner != null && inner.relation() == null && inner.primary().LEFT() != null) {
            throw stop.fail(redundantParentheses());
        }
    }

    @Override
    public void exitTerm(TermContext term) {
        if (!stop.failed()
                && term.LEFT() != null
                && term.assigned().addition() == null
                && term.assigned().term().LEFT() != null) {
            throw stop.fail(redundantParentheses());
        }
    }

    @Override
    public void enterAddition(AdditionContext addition) {
        var left = ((ExpressionParser.AssignedContext) addition.getParent()).term();
        if (left.LEFT() != null && left.assigned().addition() != null) {
            throw unexpectedToken();
        }
    }

    @Override
    public void enterRelation(RelationContext relation) {
        if (shapeOf(((TestContext) relation.getParent()).primary()) == Shape.CONDITION) {
            throw unexpectedToken();
        }
    }

    /** An operand alone is a test only on its way into parentheses, where it may be compared afterwards. */
    @Override
    public void exitTest(TestContext test) {
        if (!stop.failed()
                && test.relation() == null
                && shapeOf(test.primary()) == Shape.OPERAND
                && !(isAloneInParentheses(test) && parser.getCurrentToken().getType() == ExpressionParser.RIGHT)) {
            throw unexpectedToken();
        }
    }

    private static boolean isAloneInParentheses(TestContext test) {
        var not = (NotConditionContext) test.getParent();
        var and = (AndConditionContext) not.getParent();
        var or = (OrConditionContext) and.getParent();
        return not.NOT().isEmpty()
                && and.getChildCount() == 1
                && or.getChildCount() == 1
                && or.getParent() instanceof PrimaryContext;
    }

    private static Shape shapeOf(PrimaryContext primary) {
        if (primary.LEFT() == null) {
            return primary.reference().arguments() == null ? Shape.OPERAND : Shape.CALL;
        }
        var inner = onlyTest(primary.orCondition());
        // Not deep: parentheses directly around parentheses are refused.
        return inner == null || inner.relation() != null ? Shape.CONDITION : shapeOf(inner.primary());
    }

    /** The test that is the whole condition, or null when there is more to it. */
    private static @Nullable TestContext onlyTest(OrConditionContext or) {
        if (or.andCondition().size() > 1) {
            return null;
        }
        var and = or.andCondition(0);
        if (and.notCondition().size() > 1 || !and.notCondition(0).NOT().isEmpty()) {
            return null;
        }
        return and.notCondition(0).test();
    }
}

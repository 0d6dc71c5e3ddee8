package dev.evenkeel.expression;

import dev.evenkeel.expression.Syntax.Action;
import dev.evenkeel.expression.Syntax.Call;
import dev.evenkeel.expression.Syntax.Clause;
import dev.evenkeel.expression.Syntax.ClauseKind;
import dev.evenkeel.expression.Syntax.Node;
import dev.evenkeel.expression.Syntax.Operand;
import dev.evenkeel.expression.Syntax.Path;
import dev.evenkeel.expression.Syntax.Step;
import dev.evenkeel.expression.grammar.ExpressionParser.AndConditionContext;
import dev.evenkeel.expression.grammar.ExpressionParser.AssignedContext;
import dev.evenkeel.expression.grammar.ExpressionParser.ClauseContext;
import dev.evenkeel.expression.grammar.ExpressionParser.ConditionContext;
import dev.evenkeel.expression.grammar.ExpressionParser.NotConditionContext;
import dev.evenkeel.expression.grammar.ExpressionParser.OperandContext;
import dev.evenkeel.expression.grammar.ExpressionParser.OrConditionContext;
import dev.evenkeel.expression.grammar.ExpressionParser.PathContext;
import dev.evenkeel.expression.grammar.ExpressionParser.PrimaryContext;
import dev.evenkeel.expression.grammar.ExpressionParser.ProjectionContext;
import dev.evenkeel.expression.grammar.ExpressionParser.ReferenceContext;
import dev.evenkeel.expression.grammar.ExpressionParser.RelationContext;
import dev.evenkeel.expression.grammar.ExpressionParser.StepContext;
import dev.evenkeel.expression.grammar.ExpressionParser.TermContext;
import dev.evenkeel.expression.grammar.ExpressionParser.TestContext;
import dev.evenkeel.expression.grammar.ExpressionParser.UpdateContext;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Makes {@link Syntax} of the parser's trees; parentheses have served their purpose and go. */
final class SyntaxBuilder {
    private SyntaxBuilder() {}

    static Node condition(ConditionContext tree) {
        return node(tree.orCondition());
    }

    static List<Path> projection(ProjectionContext tree) {
        return tree.path().stream().map(SyntaxBuilder::path).toList();
    }

    static List<Clause> update(UpdateContext tree) {
        return tree.clause().stream().map(SyntaxBuilder::clause).toList();
    }

    private static Node node(OrConditionContext or) {
        var parts = new ArrayList<Node>();
        for (var part : or.andCondition()) { // no streams where it recurs: each would take frames of its own
            parts.add(node(part));
        }
        return parts.size() == 1 ? parts.getFirst() : new Syntax.Or(List.copyOf(parts));
    }

    private static Node node(AndConditionContext and) {
        var parts = new ArrayList<Node>();
        for (var part : and.notCondition()) {
            parts.add(node(part));
        }
        return parts.size() == 1 ? parts.getFirst() : new Syntax.And(List.copyOf(parts));
    }

    private static Node node(NotConditionContext not) {
        var node = node(not.test());
        for (int i = not.NOT().size(); i > 0; i--) {
            node = new Syntax.Not(node);
        }
        return node;
    }

    private static Node node(TestContext test) {
        var primary = test.primary();
        if (test.relation() != null) {
            return relation(operand(primary), test.relation());
        }
        return primary.LEFT() == null ? new Syntax.Test((Call) operand(primary)) : node(primary.orCondition());
    }

    private static Node relation(Operand left, RelationContext relation) {
        var operands = operands(relation.operand());
        if (relation.comparator() != null) {
            return new Syntax.Comparison(Comparator.of(relation.comparator().getText()), left, operands.getFirst());
        }
        return relation.BETWEEN() != null
                ? new Syntax.Between(left, operands.getFirst(), operands.getLast())
                : new Syntax.In(left, operands);
    }

    /** What a primary holds that is compared: the shape check has seen that it is an operand. */
    private static Operand operand(PrimaryContext primary) {
        var inner = primary;
        while (inner.LEFT() != null) {
            inner = inner.orCondition().andCondition(0).notCondition(0).test().primary();
        }
        return reference(inner.reference());
    }

    private static List<Operand> operands(List<OperandContext> contexts) {
        var operands = new ArrayList<Operand>(contexts.size());
        for (var context : contexts) {
            operands.add(operand(context));
        }
        return List.copyOf(operands);
    }

    private static Operand operand(OperandContext operand) {
        return operand.LEFT() == null ? reference(operand.reference()) : operand(operand.operand());
    }

    private static Operand reference(ReferenceContext reference) {
        if (reference.VALUE() != null) {
            return new Syntax.Value(reference.VALUE().getText());
        }
        if (reference.arguments() != null) {
            return new Call(
                    reference.IDENTIFIER().getText(),
                    operands(reference.arguments().operand()));
        }
        return path(reference.NAME(), reference.IDENTIFIER(), reference.step());
    }

    private static Path path(PathContext path) {
        return path(path.NAME(), path.IDENTIFIER(), path.step());
    }

    private static Path path(TerminalNode placeholder, TerminalNode identifier, List<StepContext> more) {
        var steps = new ArrayList<Step>(more.size() + 1);
        steps.add(new Syntax.Name((placeholder == null ? identifier : placeholder).getText()));
        for (var step : more) {
            if (step.INDEX() != null) {
                steps.add(new Syntax.Index(step.INDEX().getText()));
            } else {
                steps.add(new Syntax.Name((step.NAME() == null ? step.IDENTIFIER() : step.NAME()).getText()));
            }
        }
        return new Path(List.copyOf(steps));
    }

    private static Clause clause(ClauseContext clause) {
        var actions = new ArrayList<Action>();
        if (clause.SET() != null) {
            clause.assignment()
                    .forEach(
                            set -> actions.add(new Action(ClauseKind.SET, path(set.path()), assigned(set.assigned()))));
            return new Clause(ClauseKind.SET, List.copyOf(actions));
        }
        if (clause.REMOVE() != null) {
            clause.path().forEach(path -> actions.add(new Action(ClauseKind.REMOVE, path(path), null)));
            return new Clause(ClauseKind.REMOVE, List.copyOf(actions));
        }
        var kind = clause.ADD() != null ? ClauseKind.ADD : ClauseKind.DELETE;
        clause.change()
                .forEach(change -> actions.add(new Action(
                        kind,
                        path(change.path()),
                        new Syntax.Value(change.VALUE().getText()))));
        return new Clause(kind, List.copyOf(actions));
    }

    private static Operand assigned(AssignedContext assigned) {
        var left = term(assigned.term());
        if (assigned.addition() == null) {
            return left;
        }
        return new Syntax.Sum(
                assigned.addition().PLUS() != null,
                left,
                operand(assigned.addition().operand()));
    }

    private static Operand term(TermContext term) {
        return term.LEFT() == null ? reference(term.reference()) : assigned(term.assigned());
    }
}

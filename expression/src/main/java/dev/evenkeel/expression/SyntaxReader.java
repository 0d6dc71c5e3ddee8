package dev.evenkeel.expression;

import dev.evenkeel.expression.Syntax.Clause;
import dev.evenkeel.expression.Syntax.Node;
import dev.evenkeel.expression.Syntax.Path;
import dev.evenkeel.expression.grammar.ExpressionLexer;
import dev.evenkeel.expression.grammar.ExpressionParser;
import java.util.List;
import java.util.function.Function;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.atn.PredictionMode;

/**
 * Reads text by the grammar. The only door to ANTLR: its tables are unpacked when this class is first used, which is at
 * the first expression a process meets.
 */
final class SyntaxReader {
    private SyntaxReader() {}

    /** @throws InvalidExpressionException at the first thing that does not belong */
    static Node condition(String text) {
        return read(text, ExpressionParser::condition, SyntaxBuilder::condition);
    }

    /** @throws InvalidExpressionException at the first thing that does not belong */
    static List<Path> projection(String text) {
        return read(text, ExpressionParser::projection, SyntaxBuilder::projection);
    }

    /** @throws InvalidExpressionException at the first thing that does not belong */
    static List<Clause> update(String text) {
        return read(text, ExpressionParser::update, SyntaxBuilder::update);
    }

    private static <C extends ParserRuleContext, T> T read(
            String text, Function<ExpressionParser, C> rule, Function<C, T> build) {
        var lexer = new ExpressionLexer(CharStreams.fromString(text));
        lexer.removeErrorListeners();
        var tokens = new CommonTokenStream(lexer);
        tokens.fill();
        var stop = new FirstError(text, tokens);
        Limits.checkNesting(tokens.getTokens(), stop);
        var parser = new ExpressionParser(tokens);
        parser.removeErrorListeners();
        parser.setErrorHandler(stop);
        parser.addParseListener(new ShapeCheck(parser, stop));
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        var tree = rule.apply(parser);
        Limits.checkOperators(tokens.getTokens());
        return build.apply(tree);
    }
}

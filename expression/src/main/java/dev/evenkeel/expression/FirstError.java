package dev.evenkeel.expression;

import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;

/** Gives up at the first token that does not fit, and says so in DynamoDB's words. */
final class FirstError extends DefaultErrorStrategy {
    private final String text;
    private final CommonTokenStream tokens;
    private boolean failed;

    FirstError(String text, CommonTokenStream tokens) {
        this.text = text;
        this.tokens = tokens;
    }

    /** Whether parsing is being left: rules are then closed with parts missing. */
    boolean failed() {
        return failed;
    }

    InvalidExpressionException fail(InvalidExpressionException failure) {
        failed = true;
        return failure;
    }

    /** The token, and the text from the token before it to the one after it. */
    InvalidExpressionException syntaxErrorAt(Token token) {
        int at = token.getTokenIndex();
        int last = tokens.size() - 1;
        int from = at > 0 ? tokens.get(at - 1).getStartIndex() : 0;
        int to = tokens.get(Math.min(at + 1, last)).getStopIndex() + 1;
        // ANTLR counts code points.
        var near = text.substring(text.offsetByCodePoints(0, from), text.offsetByCodePoints(0, Math.max(from, to)));
        return fail(new InvalidExpressionException(
                "Syntax error; token: \"" + token.getText() + "\", near: \"" + near + "\""));
    }

    @Override
    public void recover(Parser parser, RecognitionException problem) {
        throw syntaxErrorAt(problem.getOffendingToken());
    }

    @Override
    public Token recoverInline(Parser parser) {
        throw syntaxErrorAt(new InputMismatchException(parser).getOffendingToken());
    }

    @Override
    public void sync(Parser parser) {
        // Nothing is skipped: the first mismatch is the answer.
    }

    @Override
    public void reportError(Parser parser, RecognitionException problem) {
        // The exception from recover says it.
    }
}

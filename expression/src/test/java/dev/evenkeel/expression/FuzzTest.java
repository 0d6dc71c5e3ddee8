package dev.evenkeel.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.AttributeType;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.KeyAttribute;
import dev.evenkeel.model.KeySchema;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the text, it is answered with a validation error or evaluated; nothing else comes out, however small the stack. */
class FuzzTest {
    private static final int TEXTS = 4000;
    private static final int SMALL_STACK_BYTES = 384 * 1024;

    private static final List<String> PIECES = List.of(
            "a",
            "b",
            "status",
            "pk",
            "#a",
            "#x",
            ":v",
            ":n",
            ":l",
            ":q",
            "#",
            ":",
            "(",
            ")",
            "((",
            "))",
            "[",
            "]",
            "[0]",
            "[1",
            "99999999999",
            "0",
            "12",
            ".",
            "..",
            ",",
            "=",
            "<>",
            "<",
            "<=",
            ">",
            ">=",
            "+",
            "-",
            "AND",
            "and",
            "OR",
            "NOT",
            "IN",
            "BETWEEN",
            "SET",
            "REMOVE",
            "ADD",
            "DELETE",
            "size(",
            "attribute_exists(",
            "attribute_type(",
            "contains(",
            "begins_with(",
            "if_not_exists(",
            "list_append(",
            "nope(",
            " ",
            "  ",
            "\t",
            "\n",
            "_",
            "!",
            "\"",
            "'",
            "\\",
            "\u0000",
            "\u00FC",
            "\uD83D\uDE00",
            "\uD83D",
            "\uDE00",
            "a.b",
            "a[0].b",
            "a = :v",
            "(a = :v)",
            "SET a = b",
            "a IN (:v, b)",
            "a BETWEEN :n AND :n",
            "<EOF>",
            "--",
            "\uFEFF");

    private static final List<String> SEEDS = List.of(
            "a = :v AND (b <> c OR NOT contains(a, :v)) AND size(a) > :n",
            "a BETWEEN :n AND :n OR a IN (:v, :l, b[0].c)",
            "SET a = if_not_exists(b, :l), c = c + :n REMOVE d[0], e ADD f :n DELETE g :s",
            "SET a = list_append(if_not_exists(a, :l), :l), b = (c - d)",
            "a, b.c, d[0].e, #a",
            "pk = :v AND begins_with(sk, :v)");

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void randomPieces(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < TEXTS; i++) {
            var text = new StringBuilder();
            for (int n = random.nextInt(25); n >= 0; n--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
                text.append(random.nextBoolean() ? " " : "");
            }
            tryEverything(seed, text.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33})
    void mutatedExpressions(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < TEXTS; i++) {
            var text = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
            for (int n = random.nextInt(4); n >= 0; n--) {
                int at = random.nextInt(text.length() + 1);
                switch (random.nextInt(3)) {
                    case 0 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                    case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(5)));
                    default -> text.insert(at, (char) random.nextInt(0x10000));
                }
            }
            tryEverything(seed, text.toString());
        }
    }

    @Test
    void deepNestingOnASmallStack() throws InterruptedException {
        var failure = new AtomicReference<Throwable>();
        var thread = new Thread(
                null,
                () -> List.of(
                                "(".repeat(4096),
                                "(".repeat(2046) + "a<b" + ")".repeat(2046),
                                "(".repeat(301) + "a<b",
                                "(".repeat(301) + "a",
                                "a<b" + " or (a<b".repeat(149) + ")".repeat(149),
                                "NOT (".repeat(299) + "a<b" + ")".repeat(299),
                                "NOT (".repeat(700) + "a<b" + ")".repeat(700),
                                "not ".repeat(1000) + "a<b",
                                "a < " + "size(".repeat(680) + "b" + ")".repeat(680),
                                "a < " + "size(".repeat(300) + "b" + ")".repeat(300),
                                "a < " + "f(".repeat(1355) + "b" + ")".repeat(1355),
                                "a" + ".b".repeat(2000),
                                "a" + "[0]".repeat(1300),
                                "SET a = " + "if_not_exists(a,".repeat(230) + "b" + ")".repeat(230),
                                "SET a = " + "(".repeat(2000) + "b" + ")".repeat(2000),
                                "SET a = " + "(".repeat(4000),
                                "a in (" + "(".repeat(1000) + "b" + ")".repeat(1000) + ")",
                                "a=b" + " and a=b".repeat(140))
                        .forEach(text -> tryEverything(0, text)),
                "small stack",
                SMALL_STACK_BYTES);
        thread.setUncaughtExceptionHandler((_, thrown) -> failure.set(thrown));
        thread.start();
        thread.join();
        assertThat(failure.get()).isNull();
    }

    private static void tryEverything(long seed, String text) {
        var item = Given.item("a", Given.l(Given.n(1), Given.m("c", Given.s("x"))), "b", Given.m("c", Given.n(2)));
        attempt(
                seed,
                text,
                () -> Expressions.condition(ExpressionKind.FILTER, text, placeholders())
                        .matches(item));
        attempt(seed, text, () -> Expressions.projection(text, placeholders()).project(item));
        attempt(seed, text, () -> Expressions.update(text, placeholders()).apply(item));
        attempt(seed, text, () -> Expressions.update(text, placeholders()).create(Item.EMPTY));
        attempt(
                seed,
                text,
                () -> Expressions.keyCondition(
                        text, placeholders(), KeySchema.of(new KeyAttribute("pk", AttributeType.S))));
    }

    private static Placeholders placeholders() {
        return new Placeholders(
                Map.of("#a", "a"),
                Given.map(":v", Given.s("v"), ":n", Given.n(1), ":l", Given.l(), ":s", Given.ss("x")));
    }

    private static void attempt(long seed, String text, Runnable evaluation) {
        try {
            evaluation.run();
        } catch (DynamoException refused) {
            assertThat(refused.code()).isEqualTo(ErrorCode.VALIDATION);
        } catch (RuntimeException | StackOverflowError escaped) {
            throw new AssertionError("seed " + seed + ", text " + text, escaped);
        }
    }
}

package dev.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.evenkeel.model.DynamoException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever arrives is either read or refused in order. */
class RequestFuzzTest {
    private static final byte[] TELLING =
            "{}[]\",:\\/0123456789.-+eE nulltrufas\u0000".getBytes(StandardCharsets.UTF_8);
    private static final int MUTANTS = 100;

    @Test
    void samplesAreValid() {
        Requests.SAMPLES.forEach((operation, json) -> assertThatCode(() -> Requests.accept(operation, json))
                .as(operation)
                .doesNotThrowAnyException());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.evenkeel.api.Seeds#hundred")
    void mutantsOfValidRequestsMeetOnlyDynamoErrors(long seed) {
        var random = new Random(seed);
        new TreeMap<>(Requests.SAMPLES).forEach((operation, json) -> {
            for (int i = 0; i < MUTANTS; i++) {
                send(operation, mutate(json.getBytes(StandardCharsets.UTF_8), random), seed);
            }
        });
    }

    private static void send(String operation, byte[] body, long seed) {
        try {
            var _ = Requests.accept(operation, body).toString(); // printing must work as well
        } catch (DynamoException _) {
            // refused in order
        } catch (RuntimeException | StackOverflowError e) {
            var text = new String(body, StandardCharsets.ISO_8859_1);
            throw new AssertionError("seed " + seed + ", " + operation + ": " + text, e);
        }
    }

    private static byte[] mutate(byte[] body, Random random) {
        var mutant = body.clone();
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            mutant = mutateOnce(mutant, random);
        }
        return mutant;
    }

    private static byte[] mutateOnce(byte[] body, Random random) {
        int at = random.nextInt(body.length);
        int end = Math.min(body.length, at + 1 + random.nextInt(30));
        return switch (random.nextInt(7)) {
            case 0 -> replaced(body, at, (byte) random.nextInt(256));
            case 1 -> replaced(body, at, TELLING[random.nextInt(TELLING.length)]);
            case 2 -> spliced(body, at, end, new byte[0]);
            case 3 -> spliced(body, at, at, Arrays.copyOfRange(body, at, end));
            case 4 -> spliced(body, at, at, new byte[] {TELLING[random.nextInt(TELLING.length)]});
            case 5 -> {
                int from = random.nextInt(body.length);
                yield spliced(body, at, end, Arrays.copyOfRange(body, from, Math.min(body.length, from + end - at)));
            }
            default -> spliced(body, at, end, "null".getBytes(StandardCharsets.US_ASCII));
        };
    }

    private static byte[] replaced(byte[] body, int at, byte with) {
        var copy = body.clone();
        copy[at] = with;
        return copy;
    }

    /** The bytes with one stretch replaced; never empty. */
    private static byte[] spliced(byte[] body, int from, int to, byte[] with) {
        var out = new byte[Math.max(1, body.length - (to - from) + with.length)];
        if (out.length > 1) {
            System.arraycopy(body, 0, out, 0, from);
            System.arraycopy(with, 0, out, from, with.length);
            System.arraycopy(body, to, out, from + with.length, body.length - to);
        }
        return out;
    }
}

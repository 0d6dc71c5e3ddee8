package dev.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class Utf8CheckTest {
    private static final byte[][] PIECES = {
        {'a'},
        "plain text".getBytes(StandardCharsets.UTF_8),
        "é€\uD83D\uDE00\uFFFD\u07FF\uD7FF\uE000".getBytes(StandardCharsets.UTF_8),
        "\uDBFF\uDFFF".getBytes(StandardCharsets.UTF_8),
        {(byte) 0xED, (byte) 0x9F},
        {(byte) 0xF0, (byte) 0x8F, (byte) 0xBF, (byte) 0xBF},
    };

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.evenkeel.api.Seeds#hundred")
    void agreesWithTheDecoderOfTheJdk(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            var bytes = ByteBuffer.allocate(200);
            for (int n = random.nextInt(8); n > 0; n--) {
                bytes.put(PIECES[random.nextInt(PIECES.length)]);
            }
            if (random.nextInt(3) == 0) {
                bytes.put((byte) random.nextInt(256))
                        .put((byte) random.nextInt(256))
                        .put((byte) random.nextInt(256));
            }
            int from = bytes.position() == 0 ? 0 : random.nextInt(bytes.position());
            var array = bytes.array();
            int length = bytes.position() - from;
            assertThat(Utf8Check.isValid(array, from, length)).isEqualTo(decodes(array, from, length));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plain|false",
                "\\ud83d\\ude00|false",
                "\\uD83D\\uDE00x\\u00e9|false",
                "\\\\ud800|false",
                "\\\\\\ud800|true",
                "\\ud800|true",
                "\\udc00|true",
                "\\ude00\\ud83d|true",
                "\\ud83d\\ud83d\\ude00|true",
                "\\ud83dx|true",
                "\\ud83|false",
            })
    void findsHalvesOfCharactersInEscapes(String text, boolean lone) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThat(Utf8Check.escapesLoneSurrogate(bytes, 0, bytes.length)).isEqualTo(lone);
    }

    private static boolean decodes(byte[] bytes, int from, int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, length));
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }
}

package dev.evenkeel.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParsingTest {

    @Test
    void textsAreParsedOnce() {
        var parsed = new ArrayList<String>();
        var cache = new ParseCache<String>(10, text -> {
            parsed.add(text);
            return text + "!";
        });
        assertThat(cache.get("a")).isEqualTo("a!");
        assertThat(cache.get("a")).isEqualTo("a!");
        assertThat(parsed).containsExactly("a");
    }

    @Test
    void theCacheIsBoundedAndKeepsWhatIsUsed() {
        var parsed = new ArrayList<String>();
        var cache = new ParseCache<String>(10, text -> {
            parsed.add(text);
            return text;
        });
        for (int i = 0; i < 1000; i++) {
            cache.get("often");
            cache.get("once " + i);
            assertThat(cache.size()).isLessThanOrEqualTo(22);
        }
        assertThat(parsed.stream().filter("often"::equals)).hasSize(1);
    }

    /** The grammar's tables take a while to unpack: not before an expression needs them. */
    @Test
    void theGrammarIsLoadedByTheFirstExpression() throws Exception {
        try (var loader = new RecordingLoader()) {
            var legacy = loader.loadClass("dev.evenkeel.expression.Legacy");
            legacy.getMethod("attributesToGet", List.class).invoke(null, List.of("a"));
            var placeholders = loader.loadClass("dev.evenkeel.expression.Placeholders");
            var expressions = Class.forName("dev.evenkeel.expression.Expressions", true, loader);
            assertThat(loader.hasLoadedGrammar()).isFalse();
            expressions
                    .getMethod("projection", String.class, placeholders)
                    .invoke(
                            null,
                            "a",
                            placeholders.getConstructor(Map.class, Map.class).newInstance(null, null));
            assertThat(loader.hasLoadedGrammar()).isTrue();
        }
    }

    /** Loads everything afresh and tells what it has loaded. */
    private static final class RecordingLoader extends URLClassLoader {
        RecordingLoader() {
            super(classPath(), ClassLoader.getPlatformClassLoader());
        }

        private static URL[] classPath() {
            return Arrays.stream(System.getProperty("java.class.path").split(System.getProperty("path.separator")))
                    .map(entry -> {
                        try {
                            return Path.of(entry).toUri().toURL();
                        } catch (MalformedURLException impossible) {
                            throw new AssertionError(impossible);
                        }
                    })
                    .toArray(URL[]::new);
        }

        boolean hasLoadedGrammar() {
            return findLoadedClass("dev.evenkeel.expression.grammar.ExpressionParser") != null;
        }
    }
}

package dev.evenkeel.verify.tla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every specification holds, needs each of its rules, and shows what it says can never be seen. */
final class SpecificationsTest {
    private static final boolean LARGE = Boolean.getBoolean("evenkeel.tla.large");

    @TempDir
    private Path root = Path.of("");

    @TestFactory
    Stream<DynamicNode> specifications() throws IOException {
        return Specification.all().stream().map(it -> dynamicContainer(it.name(), tests(it)));
    }

    private Stream<DynamicTest> tests(Specification it) {
        return Stream.of(
                        it.model().small().map(model -> dynamicTest("holds", () -> holds(it, model, quick()))),
                        it.rules().stream().map(rule -> dynamicTest("needs " + rule, () -> needs(it, rule))),
                        it.sights().stream().map(sight -> dynamicTest("refutes " + sight, () -> refutes(it, sight))),
                        it.model()
                                .large()
                                .filter(_ -> LARGE)
                                .map(model ->
                                        dynamicTest("holds in a larger model", () -> holds(it, model, patient()))))
                .flatMap(tests -> tests);
    }

    private static void holds(Specification it, ModelConfiguration model, ModelChecker checker) throws Exception {
        var result = checker.check(it, model);
        assertThat(result.holds()).as(result.output()).isTrue();
        assertThat(result.states()).as(result.output()).isGreaterThanOrEqualTo(model.statesMin());
    }

    private void needs(Specification it, String rule) throws Exception {
        var result = quick().check(it, it.model().without(rule));
        assertThat(result.isRefuted())
                .as("without %s nothing goes wrong:%n%s", rule, result.output())
                .isTrue();
    }

    private void refutes(Specification it, String sight) throws Exception {
        var result = quick().check(it, it.model().claiming(sight));
        assertThat(result.isRefuted()).as(result.output()).isTrue();
        assertThat(result.output()).contains("Invariant " + sight + " is violated");
    }

    private ModelChecker quick() throws IOException {
        return ModelChecker.quick(Files.createTempDirectory(root, "tlc"));
    }

    private ModelChecker patient() throws IOException {
        return ModelChecker.patient(Files.createTempDirectory(root, "tlc"));
    }
}

package dev.evenkeel.api.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SourceFileTest {

    @Test
    void indentsByBraces() {
        var source =
                new SourceFile("a.b", "C").importing("a.b.D").importing("x.Y").importing("java.lang.String");
        source.add("final class C {")
                .add("void m() {")
                .add("if (x) {")
                .add("} else {")
                .add("}")
                .add("}")
                .add("}");
        assertThat(source.text()).isEqualTo("""
                        package a.b;

                        import x.Y;

                        final class C {
                            void m() {
                                if (x) {
                                } else {
                                }
                            }
                        }
                        """);
    }

    @Test
    void breaksLongLinesOutsideOfText() {
        var long1 = "call(\"" + "a, b, ".repeat(15) + "\", second, third, fourth, fifth, sixth);";
        var lines = new SourceFile("a", "B").add(long1).text().lines().skip(2).toList();
        assertThat(lines).hasSizeGreaterThan(1).allMatch(line -> line.length() <= 120);
        assertThat(String.join(" ", lines).replaceAll(" +", " ")).isEqualTo(long1.replaceAll(" +", " "));
    }

    @Test
    void refusesBracesThatDoNotMatch() {
        var source = new SourceFile("a", "B").add("class B {");
        assertThatThrownBy(source::text).isInstanceOf(IllegalStateException.class);
    }
}

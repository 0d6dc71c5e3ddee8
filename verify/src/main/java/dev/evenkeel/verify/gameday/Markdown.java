package dev.evenkeel.verify.gameday;

import java.util.Locale;

/** A text in Markdown, line by line; numbers look the same everywhere. */
final class Markdown {
    private static final double NANOS_PER_SECOND = 1e9;

    private final StringBuilder out = new StringBuilder();

    void line(String format, Object... values) {
        out.append(text(format, values)).append('\n');
    }

    static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    void heading(String title) {
        line("");
        line("## %s", title);
        line("");
    }

    /** @param rule which columns are numbers, {@code |---:|}, and which are text, {@code |---|} */
    void table(String columns, String rule) {
        line("%s", columns);
        line("%s", rule);
    }

    /** For a cell of a table: in one line, and no end of the cell. */
    static String cell(String text) {
        return text.strip().replace("\n", " / ").replace("|", "\\|");
    }

    static double seconds(long nanos) {
        return nanos / NANOS_PER_SECOND;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}

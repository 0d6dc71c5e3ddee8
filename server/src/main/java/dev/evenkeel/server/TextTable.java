package dev.evenkeel.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of cells in columns that are as wide as they must be. */
final class TextTable {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final boolean[] toTheRight;

    /** @param titles one a column; what stands in a column whose title begins with ">" is a number */
    TextTable(String... titles) {
        toTheRight = new boolean[titles.length];
        for (int i = 0; i < titles.length; i++) {
            toTheRight[i] = titles[i].startsWith(">");
        }
        row(Arrays.stream(titles).map(title -> title.replace(">", "")).toArray(String[]::new));
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    /** Ends with a line feed. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (List<String> row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                String space = " ".repeat(width(i) - row.get(i).length());
                line.append(toTheRight[i] ? space + row.get(i) : row.get(i) + space)
                        .append(GAP);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}

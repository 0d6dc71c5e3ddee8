package dev.evenkeel.verify.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What charts are drawn with: a page whose colours follow the viewer's light or dark scheme, lines, curves and text. */
final class Svg {
    private static final List<String> LIGHT = List.of("#0b62c4", "#b8500c", "#1a7f37", "#8239c9", "#a1136b", "#6a6000");
    private static final List<String> DARK = List.of("#6cb0ff", "#ff9b5e", "#5fd17c", "#c9a0ff", "#ff86c8", "#d9cc52");

    /** Classes {@code s0} and up are strokes, {@code f0} and up fills. */
    static final int COLOURS = LIGHT.size();

    private static final String STYLE = """
            text { font: 12px system-ui, sans-serif; }
            .title { font-size: 14px; font-weight: 600; }
            .axis { font-size: 11px; }
            .grid { stroke-width: 1; }
            .line { fill: none; stroke-width: 2; }
            .p50 { stroke-dasharray: 5 4; }
            """;

    private Svg() {}

    /** A whole file. @param content drawn on the page's background */
    static String page(int width, int height, String label, String content) {
        var out = new StringBuilder();
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
                .append(width)
                .append(' ')
                .append(height);
        out.append("\" width=\"").append(width).append("\" height=\"").append(height);
        out.append("\" role=\"img\" aria-label=\"")
                .append(escape(label))
                .append("\">\n<style>\n")
                .append(STYLE);
        colours(out, "#ffffff", "#1f2328", "#59636e", "#d0d7de", LIGHT);
        out.append("@media (prefers-color-scheme: dark) {\n");
        colours(out, "#0d1117", "#e6edf3", "#9198a1", "#30363d", DARK);
        out.append("}\n");
        out.append("</style>\n<rect class=\"page\" width=\"100%\" height=\"100%\"/>\n");
        return out.append(content).append("</svg>\n").toString();
    }

    /** Written out, not as CSS variables, which many programs besides browsers do not know. */
    private static void colours(
            StringBuilder out, String page, String ink, String soft, String faint, List<String> series) {
        out.append(".page { fill: ").append(page).append("; }\n");
        out.append("text { fill: ").append(ink).append("; }\n");
        out.append(".axis { fill: ").append(soft).append("; }\n");
        out.append(".grid { stroke: ").append(faint).append("; }\n");
        for (int i = 0; i < series.size(); i++) {
            out.append(".s")
                    .append(i)
                    .append(" { stroke: ")
                    .append(series.get(i))
                    .append("; }\n");
            out.append(".f").append(i).append(" { fill: ").append(series.get(i)).append("; }\n");
        }
    }

    /**
     * A line through the points, and a dot at each.
     *
     * @param style a class besides those of the colour, or empty
     * @param points pairs of x and y
     */
    static void curve(StringBuilder out, int colour, String style, List<double[]> points) {
        var path = points.stream().map(Svg::pair).collect(Collectors.joining(" "));
        out.append("<polyline class=\"line ").append(style).append(" s").append(colour);
        out.append("\" points=\"").append(path).append("\"/>\n");
        for (var point : points) {
            out.append("<circle class=\"f")
                    .append(colour)
                    .append("\" r=\"3\" cx=\"")
                    .append(number(point[0]));
            out.append("\" cy=\"").append(number(point[1])).append("\"/>\n");
        }
    }

    private static String pair(double[] point) {
        return number(point[0]) + "," + number(point[1]);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    static void line(StringBuilder out, String style, double x1, double y1, double x2, double y2) {
        out.append("<line class=\"")
                .append(style)
                .append("\" x1=\"")
                .append(number(x1))
                .append("\" y1=\"");
        out.append(number(y1))
                .append("\" x2=\"")
                .append(number(x2))
                .append("\" y2=\"")
                .append(number(y2));
        out.append("\"/>\n");
    }

    /** @param anchor start, middle or end: which of them x is */
    static void text(StringBuilder out, double x, double y, String style, String anchor, String content) {
        out.append("<text x=\"")
                .append(number(x))
                .append("\" y=\"")
                .append(number(y))
                .append("\" class=\"");
        out.append(style)
                .append("\" text-anchor=\"")
                .append(anchor)
                .append("\">")
                .append(escape(content));
        out.append("</text>\n");
    }

    private static String escape(String content) {
        return content.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}

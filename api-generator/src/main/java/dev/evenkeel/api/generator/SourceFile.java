package dev.evenkeel.api.generator;

import java.util.Set;
import java.util.TreeSet;

/** One Java source in the making: imports collected, lines indented by the braces they open and close. */
final class SourceFile {
    static final String SHAPES = "dev.evenkeel.api.shape";
    static final String CODECS = "dev.evenkeel.api";

    private static final String INDENT = "    ";
    private static final int LINE_MAX = 120;

    private final String packageName;
    private final String className;
    private final Set<String> imports = new TreeSet<>();
    private final StringBuilder body = new StringBuilder();
    private int depth;

    SourceFile(String packageName, String className) {
        this.packageName = packageName;
        this.className = className;
    }

    String packageName() {
        return packageName;
    }

    String className() {
        return className;
    }

    /** Makes the class known by its simple name. One of the same package needs no import and gets none. */
    SourceFile importing(String qualifiedName) {
        int dot = qualifiedName.lastIndexOf('.');
        if (!qualifiedName.substring(0, dot).equals(packageName) && !qualifiedName.startsWith("java.lang.")) {
            imports.add(qualifiedName);
        }
        return this;
    }

    SourceFile importing(Iterable<String> qualifiedNames) {
        qualifiedNames.forEach(this::importing);
        return this;
    }

    /** Adds lines; one that starts with a closing brace steps out, one that ends with an opening one steps in. */
    SourceFile add(String text) {
        text.stripTrailing().lines().forEach(this::addLine);
        return this;
    }

    SourceFile blank() {
        body.append('\n');
        return this;
    }

    private void addLine(String line) {
        var content = line.strip();
        if (content.startsWith("}") || content.startsWith(")")) {
            depth--;
        }
        if (content.startsWith("*")) {
            body.append(INDENT.repeat(depth)).append(' ').append(content).append('\n');
        } else {
            addWrapped(content, INDENT.repeat(depth));
        }
        if (content.endsWith("{") || content.endsWith("(")) {
            depth++;
        }
    }

    /** Breaks a line that is too long where an argument or an operand begins. */
    private void addWrapped(String content, String indent) {
        var rest = content;
        var margin = indent;
        while (margin.length() + rest.length() > LINE_MAX) {
            int at = lastBreak(rest, LINE_MAX - margin.length());
            body.append(margin).append(rest.substring(0, at).stripTrailing()).append('\n');
            rest = rest.substring(at);
            margin = indent + INDENT + INDENT;
        }
        body.append(rest.isEmpty() ? "" : margin).append(rest).append('\n');
    }

    /**
     * Where to break a line: at a question if there is one, else as late as it fits; its end, when it cannot be broken.
     */
    private static int lastBreak(String line, int width) {
        int last = line.length();
        boolean quoted = false;
        for (int at = 1; at < line.length() && (at <= width || last == line.length()); at++) {
            if (line.charAt(at) == '"' && line.charAt(at - 1) != '\\') {
                quoted = !quoted;
            } else if (!quoted && line.startsWith("? ", at)) {
                return at;
            } else if (!quoted && mayBreakBefore(line, at)) {
                last = at;
            }
        }
        return last;
    }

    private static boolean mayBreakBefore(String line, int at) {
        return line.startsWith(", ", at - 2)
                || line.startsWith("= ", at - 2)
                || line.startsWith("-> ", at - 3)
                || line.startsWith("+ ", at)
                || line.startsWith(": ", at)
                || (line.charAt(at - 1) == '(' && line.charAt(at) != ')');
    }

    String text() {
        if (depth != 0) {
            throw new IllegalStateException(className + ": braces do not match");
        }
        var text = new StringBuilder("package " + packageName + ";\n\n");
        imports.forEach(name -> text.append("import ").append(name).append(";\n"));
        if (!imports.isEmpty()) {
            text.append('\n');
        }
        return text.append(body).toString();
    }
}

package dev.evenkeel.api.generator;

import java.util.Set;
import java.util.TreeSet;

/** One Java source in the making: imports collected, lines indented by the braces they open and close. */
final class SourceFile {
    static final String SHAPES = "dev.evenkeel.api.shape";
    static final String CODECS = "dev.evenkeel.api";

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
        if (!content.isEmpty()) {
            body.append("    ".repeat(depth)).append(content.startsWith("*") ? " " : "");
            body.append(content);
        }
        body.append('\n');
        if (content.endsWith("{") || content.endsWith("(")) {
            depth++;
        }
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

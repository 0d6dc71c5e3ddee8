package dev.evenkeel.api.generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where the sources go. A file whose text is as it was keeps its time stamp, so that a build without changes compiles
 * nothing.
 */
final class OutputFolder {
    private final Path root;
    private final Set<Path> written = new HashSet<>();

    OutputFolder(Path root) {
        this.root = root;
    }

    void write(SourceFile source) throws IOException {
        var file = root.resolve(source.packageName().replace('.', '/')).resolve(source.className() + ".java");
        written.add(file);
        var text = source.text();
        if (Files.exists(file) && Files.readString(file).equals(text)) {
            return;
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** Removes what an earlier model or generator wrote and this one did not. */
    void deleteStale() throws IOException {
        for (var file : files()) {
            if (!written.contains(file)) {
                Files.delete(file);
            }
        }
    }

    private List<Path> files() throws IOException {
        try (var files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}

package dev.evenkeel.storage;

import java.io.IOException;
import java.nio.file.Path;

/** A process that takes the data folder named on its command line and holds it until it is killed. */
final class DataFolderHolder {
    private DataFolderHolder() {}

    public static void main(String[] arguments) throws IOException {
        try (var folder = DataFolder.open(Path.of(arguments[0]))) {
            System.out.println("held");
            System.out.flush();
            System.in.read();
            System.err.println(folder.root());
        }
    }
}

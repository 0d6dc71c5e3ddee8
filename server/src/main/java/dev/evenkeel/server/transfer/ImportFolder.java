package dev.evenkeel.server.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is to be imported: files, or folders with what ExportTableToPointInTime writes ("DynamoDB table export output
 * format", Developer Guide): {@code manifest-summary.json}, {@code manifest-files.json} with a line for each data file, and
 * these in {@code data/}. The summary names the table; the key is only in the {@code table.json} that our exports have besides.
 *
 * @param table what is known of the table
 * @param tableName what it was called, if that is known
 */
public record ImportFolder(List<ImportFile> files, Optional<TransferTable> table, Optional<String> tableName) {
    static final String SUMMARY = "manifest-summary.json";
    static final String FILES = "manifest-files.json";
    static final String TABLE = "table.json";
    static final String DATA = "data";
    static final String FORMAT = "DYNAMODB_JSON";
    private static final int DEPTH_MAX = 6;

    /** @throws TransferException when something is missing or of another kind */
    public static ImportFolder of(List<Path> paths) {
        var files = new ArrayList<ImportFile>();
        Optional<TransferTable> table = Optional.empty();
        Optional<String> name = Optional.empty();
        for (Path path : paths) {
            ImportFolder found = of(path);
            files.addAll(found.files());
            table = table.or(found::table);
            name = name.or(found::tableName);
        }
        return new ImportFolder(List.copyOf(files), table, name);
    }

    private static ImportFolder of(Path path) {
        try {
            return Files.isDirectory(path) ? folder(path) : file(path);
        } catch (IOException e) {
            throw new TransferException(
                    "What is to be imported from " + path + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static ImportFolder file(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new TransferException("There is no file " + path + " to import");
        }
        var file = new ImportFile(path, Optional.empty());
        Optional<TransferTable> table = file.firstLine();
        return new ImportFolder(List.of(file), table, table.map(TransferTable::name));
    }

    /** The folder with the manifest, or any that it lies in, as when a bucket was copied. */
    private static ImportFolder folder(Path path) throws IOException {
        List<Path> manifests;
        try (Stream<Path> found = Files.find(path, DEPTH_MAX, (file, _) -> file.endsWith(FILES))) {
            manifests = found.sorted().toList();
        }
        return switch (manifests.size()) {
            case 0 ->
                throw new TransferException("In the folder " + path + " is no " + FILES
                        + ": name the files to import, or the folder of an export that is complete");
            case 1 -> export(manifests.getFirst());
            default ->
                throw new TransferException("In the folder " + path + " are " + manifests.size()
                        + " exports; name one: " + manifests.getFirst().getParent() + " …");
        };
    }

    private static ImportFolder export(Path manifest) throws IOException {
        Path folder = manifest.resolveSibling("");
        Optional<String> name = tableName(manifest.resolveSibling(SUMMARY));
        var files = new ArrayList<ImportFile>();
        try (JsonLines lines = new InputFile(manifest).open(_ -> {})) {
            for (JsonLine line = lines.next(); line != null; line = lines.next()) {
                files.add(dataFile(folder, line));
            }
        }
        Path schema = manifest.resolveSibling(TABLE);
        Optional<TransferTable> table = Files.exists(schema)
                ? Optional.of(TransferTable.ofCreateTable(Files.readAllBytes(schema)))
                : Optional.empty();
        return new ImportFolder(List.copyOf(files), table, name.or(() -> table.map(TransferTable::name)));
    }

    private static ImportFile dataFile(Path folder, JsonLine line) throws IOException {
        JsonObject entry = JsonObject.parse(line.document());
        String key = entry.text("dataFileS3Key")
                .orElseThrow(() -> new TransferException(line.place() + ": expected a dataFileS3Key"));
        Path file = folder.resolve(DATA).resolve(key.substring(key.lastIndexOf('/') + 1));
        if (!Files.isRegularFile(file)) {
            throw new TransferException("The data file " + file + " of " + line.origin() + " is missing");
        }
        return new ImportFile(file, entry.number("itemCount"));
    }

    /** @throws TransferException when the export is of a kind that is not read */
    private static Optional<String> tableName(Path summaryFile) throws IOException {
        if (!Files.exists(summaryFile)) {
            return Optional.empty();
        }
        JsonObject summary = JsonObject.parse(Files.readAllBytes(summaryFile));
        String format = summary.text("outputFormat").orElse(FORMAT);
        if (!format.equals(FORMAT)) {
            throw new TransferException(summaryFile + ": the format is " + format + ", only " + FORMAT + " is read");
        }
        if (summary.text("exportType").orElse("").equals("INCREMENTAL_EXPORT")) {
            throw new TransferException(summaryFile + ": the export is incremental, only full ones are read");
        }
        return summary.text("tableArn").map(arn -> arn.substring(arn.lastIndexOf('/') + 1));
    }
}

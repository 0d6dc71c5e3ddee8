package dev.evenkeel.server.transfer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes a table into a file of lines, or into a folder as ExportTableToPointInTime does, with a data file for each segment
 * of the scan (see {@link ImportFolder}). A scan shows no item twice, and an item that changes meanwhile as it was before or
 * as it is afterwards.
 *
 * @param out a file when it is called {@code *.json} or {@code *.json.gz}, else a folder
 * @param itemsOnly whether the table's schema is left out of a file
 */
public record TableExport(
        DynamoClient client, String table, Path out, int segments, boolean consistent, boolean itemsOnly) {
    public void run(Course course) {
        EndpointTables.Found found = new EndpointTables(client).existing(table);
        var source = new ScanSource(client, table, found.items(), segments, consistent);
        try {
            requireOurs();
            if (isFolder()) {
                Files.createDirectories(out.resolve(ImportFolder.DATA));
            }
            TransferState state = TransferState.of(
                    stateFile(),
                    "export of " + table + " at " + client.endpoint()
                            + (isFolder() || itemsOnly ? "" : " with its schema"),
                    source.parts());
            write(source, state, found, course);
            state.delete();
        } catch (FileSystemException e) {
            throw new TransferException(
                    e.getFile() + " cannot be written: " + e.getClass().getSimpleName(), e);
        } catch (IOException e) {
            throw new TransferException(out + " cannot be written: " + e.getMessage(), e);
        }
    }

    private boolean isFolder() {
        String name = String.valueOf(out.getFileName());
        return !name.endsWith(".json") && !name.endsWith(".json.gz");
    }

    private Path stateFile() {
        return isFolder() ? out.resolve("export.state") : out.resolveSibling(out.getFileName() + ".state");
    }

    /** What others have written is not touched. */
    private void requireOurs() throws IOException {
        if (Files.exists(stateFile()) || !Files.exists(out)) {
            return;
        }
        if (isFolder() && Files.isDirectory(out)) {
            try (Stream<Path> inside = Files.list(out)) {
                if (inside.findAny().isEmpty()) {
                    return;
                }
            }
        }
        throw new TransferException(out + " exists: choose another name, or delete it");
    }

    private void write(ScanSource source, TransferState state, EndpointTables.Found found, Course course)
            throws IOException {
        String head = isFolder() || itemsOnly ? "" : found.table().createTable() + "\n";
        state.save(); // before the files, which are somebody else's without it
        try (FilesSink sink = FilesSink.open(files(), state.parts(), head)) {
            course.run(source, sink, state, table, "Exported %s items of " + table + " to " + out);
        }
        if (isFolder()) {
            Files.writeString(out.resolve(ImportFolder.TABLE), found.table().createTable() + "\n");
            writeManifest(state, found.arn());
        }
    }

    /** Of each segment. */
    private List<Path> files() {
        if (!isFolder()) {
            return Collections.nCopies(segments, out);
        }
        var files = new ArrayList<Path>();
        for (int segment = 0; segment < segments; segment++) {
            files.add(out.resolve(ImportFolder.DATA).resolve("segment-" + segment + ".json.gz"));
        }
        return files;
    }

    /** Comes last: an export without it is not complete. */
    private void writeManifest(TransferState state, String arn) throws IOException {
        var lines = new StringBuilder();
        List<Path> files = files();
        for (int segment = 0; segment < segments; segment++) {
            Path file = files.get(segment);
            lines.append("{\"itemCount\":")
                    .append(state.parts().get(segment).items())
                    .append(",\"md5Checksum\":\"")
                    .append(md5(file))
                    .append("\",\"dataFileS3Key\":\"" + ImportFolder.DATA + "/")
                    .append(file.getFileName())
                    .append("\"}\n");
        }
        Files.writeString(
                out.resolve(ImportFolder.SUMMARY),
                "{\"version\":\"2020-06-30\",\"tableArn\":" + EndpointTables.quoted(arn)
                        + ",\"manifestFilesS3Key\":\"" + ImportFolder.FILES + "\",\"itemCount\":" + state.items()
                        + ",\"outputFormat\":\"" + ImportFolder.FORMAT + "\",\"exportType\":\"FULL_EXPORT\"}\n");
        Files.writeString(out.resolve(ImportFolder.FILES), lines);
    }

    private static String md5(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return Base64.getEncoder().encodeToString(digest.digest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}

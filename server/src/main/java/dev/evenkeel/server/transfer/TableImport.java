package dev.evenkeel.server.transfer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Puts items into a table: those of files, or of a table elsewhere. What does not fit is told before anything is written.
 *
 * @param table what the table is to be called; empty for the name that files or the source have
 * @param stateFile where to note how far it is
 */
public record TableImport(DynamoClient target, Optional<String> table, BadLines bad, Path stateFile) {
    private EndpointTables tables() {
        return new EndpointTables(target);
    }

    public void files(ImportFolder folder, Course course) {
        String name = table.or(folder::tableName)
                .orElseThrow(() -> new TransferException("The files do not say which table they are of: name it"));
        Optional<TransferTable> schema = folder.table().map(found -> found.withName(name));
        Optional<EndpointTables.Found> there = tables().find(name);
        var key = there.map(EndpointTables.Found::table)
                .or(() -> schema)
                .orElseThrow(() -> new TransferException("There is no table " + name + " at " + target.endpoint()
                        + ", and the files do not say what it is like: create it first, or begin a file with the input"
                        + " of its CreateTable"))
                .key();
        if (there.isPresent() && schema.isPresent()) {
            EndpointTables.requireKey(there.get(), schema.get().key(), "the files");
        }
        var source = new FilesSource(folder.files(), new ItemReader(key), bad);
        source.requireFirstItems();
        if (there.isEmpty()) {
            tables().create(schema.orElseThrow());
        }
        String from = folder.files().size() == 1
                ? folder.files().getFirst().path().toString()
                : folder.files().size() + " files";
        run(source, name, from, course);
    }

    /** From a table at another endpoint, called {@code sourceTable} there. */
    public void move(DynamoClient from, String sourceTable, int segments, boolean consistent, Course course) {
        EndpointTables.Found found = new EndpointTables(from).existing(sourceTable);
        String name = table.orElse(sourceTable);
        if (name.equals(sourceTable) && from.endpoint().equals(target.endpoint())) {
            throw new TransferException("Table " + name + " would be moved onto itself");
        }
        Optional<EndpointTables.Found> there = tables().find(name);
        there.ifPresent(table -> EndpointTables.requireKey(
                table, found.table().key(), "table " + sourceTable + " at " + from.endpoint()));
        if (there.isEmpty()) {
            tables().create(found.table().withName(name));
        }
        var source = new ScanSource(from, sourceTable, found.items(), segments, consistent);
        run(source, name, sourceTable + " at " + from.endpoint(), course);
    }

    private void run(Source source, String name, String from, Course course) {
        var state = TransferState.of(
                stateFile, "import into " + name + " at " + target.endpoint() + " from " + from, source.parts());
        var sink = new TableSink(target, name, bad, course.parallel());
        course.run(source, sink, state, name, "Imported %s items into " + name + " from " + from);
        if (bad.count() > 0) {
            course.tell(bad.count() + " lines were left out");
        }
        try {
            state.delete();
        } catch (IOException e) {
            throw new TransferException("The state " + stateFile + " cannot be deleted: " + e.getMessage(), e);
        }
    }
}

package dev.evenkeel.server;

import dev.evenkeel.server.transfer.BadLines;
import dev.evenkeel.server.transfer.Course;
import dev.evenkeel.server.transfer.DynamoClient;
import dev.evenkeel.server.transfer.EndpointOptions;
import dev.evenkeel.server.transfer.ImportFolder;
import dev.evenkeel.server.transfer.StopSignal;
import dev.evenkeel.server.transfer.TableImport;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The subcommand {@code import}. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Puts items into a table: those of files of DynamoDB JSON, or of a table at another endpoint.",
        footer = {
            "",
            "A FILE has a line {\"Item\":{…}} for each item and may be compressed with gzip (FILE.gz). Its first line may be "
                    + "the input of the CreateTable that makes the table when it is not there. A folder is one that "
                    + "'evenkeel export' or DynamoDB's ExportTableToPointInTime wrote.",
            "When an import was interrupted, the same command goes on where it was."
        })
final class ImportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create(); // picocli puts the real one in

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "Files, or folders of exports.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--table",
            paramLabel = "NAME",
            description = "The table to put them into, or with --from to take. Default: what the files say")
    private Optional<String> table = Optional.empty();

    @Mixin
    private TransferOptions options = new TransferOptions();

    @Option(names = "--skip-bad", paramLabel = "FILE", description = "Put lines that are wrong there, and go on.")
    private @Nullable Path skipBad;

    @Option(
            names = "--state",
            paramLabel = "FILE",
            description = "Where to note how far it is. Default: beside the first file, or with --from in this folder")
    private @Nullable Path state;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "Requests at the same time. Default: ${DEFAULT-VALUE}")
    private int parallel = 8;

    @Option(
            names = "--from",
            paramLabel = "URL",
            description =
                    "Take --table from this endpoint instead of files. It is created as it is there, if it is not.")
    private @Nullable URI from;

    @Option(names = "--as", paramLabel = "NAME", description = "With --from: what to call it here. Default: the same")
    private Optional<String> as = Optional.empty();

    @Option(names = "--from-region", paramLabel = "REGION", description = "As --region, of --from.")
    private Optional<String> fromRegion = Optional.empty();

    @Option(names = "--from-profile", paramLabel = "NAME", description = "As --profile, of --from.")
    private Optional<String> fromProfile = Optional.empty();

    @Option(
            names = "--segments",
            paramLabel = "N",
            description = "With --from: parts of the table that are read at the same time. Default: ${DEFAULT-VALUE}")
    private int segments = 4;

    @Option(names = "--eventual", description = "With --from: read eventually consistent, at half the price.")
    private boolean eventual;

    @Override
    public Integer call() {
        requireUse();
        return TransferOptions.run(spec.commandLine().getErr(), this::importItems);
    }

    private void importItems(StopSignal stop) {
        Course course = options.course(spec.commandLine().getErr(), parallel, stop);
        try (DynamoClient target = options.client(stop)) {
            if (from == null) {
                new TableImport(target, table, badLines(), stateBesideFiles()).files(ImportFolder.of(files), course);
            } else {
                move(from, target, course, stop);
            }
        }
    }

    private void requireUse() {
        if ((from == null) == files.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Name either files or --from");
        }
        if (from != null && table.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--from needs --table");
        }
        if (from == null && as.isPresent()) {
            throw new ParameterException(spec.commandLine(), "--as needs --from");
        }
        ExportCommand.requireBetween(spec, "--segments", segments);
        ExportCommand.requireBetween(spec, "--parallel", parallel);
    }

    private void move(URI source, DynamoClient target, Course course, StopSignal stop) {
        String name = table.orElseThrow();
        Path noted = state == null ? Path.of(as.orElse(name) + ".import.state") : state;
        try (DynamoClient client = options.client(new EndpointOptions(source, fromRegion, fromProfile), stop)) {
            new TableImport(target, as, badLines(), noted).move(client, name, segments, !eventual, course);
        }
    }

    private BadLines badLines() {
        PrintWriter err = spec.commandLine().getErr();
        return skipBad == null
                ? BadLines.refused()
                : BadLines.collected(skipBad, problem -> err.println("left out: " + problem));
    }

    private Path stateBesideFiles() {
        if (state != null) {
            return state;
        }
        Path first = files.getFirst();
        return Files.isDirectory(first)
                ? first.resolve("import.state")
                : first.resolveSibling(first.getFileName() + ".import.state");
    }
}

package dev.evenkeel.server;

import dev.evenkeel.server.transfer.DynamoClient;
import dev.evenkeel.server.transfer.StopSignal;
import dev.evenkeel.server.transfer.TableExport;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The subcommand {@code export}. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Writes a table of any DynamoDB endpoint into files of DynamoDB JSON.",
        footer = {
            "",
            "OUT is a file when it is called *.json or *.json.gz: the input of the CreateTable that makes the table, then a "
                    + "line {\"Item\":{…}} for each item. Else it is a folder such as ExportTableToPointInTime writes.",
            "When an export was interrupted, the same command goes on where it was."
        })
final class ExportCommand implements Callable<Integer> {
    /** What DynamoDB takes as TotalSegments at most is more than a machine has use for. */
    static final int SEGMENTS_MAX = 1_000;

    @Spec
    private CommandSpec spec = CommandSpec.create(); // picocli puts the real one in

    @Parameters(paramLabel = "OUT", description = "The file or folder to write.")
    private Path out = Path.of("");

    @Option(names = "--table", required = true, paramLabel = "NAME", description = "The table.")
    private String table = "";

    @Mixin
    private TransferOptions options = new TransferOptions();

    @Option(
            names = "--segments",
            paramLabel = "N",
            description = "Parts of the table that are read at the same time. Default: ${DEFAULT-VALUE}")
    private int segments = 4;

    @Option(names = "--eventual", description = "Read eventually consistent: at half the price, and possibly older.")
    private boolean eventual;

    @Option(names = "--items-only", description = "Leave the table's schema out of a file.")
    private boolean itemsOnly;

    @Override
    public Integer call() {
        requireBetween(spec, "--segments", segments);
        return TransferOptions.run(spec.commandLine().getErr(), this::export);
    }

    private void export(StopSignal stop) {
        try (DynamoClient client = options.client(stop)) {
            new TableExport(client, table, out, segments, !eventual, itemsOnly)
                    .run(options.course(spec.commandLine().getErr(), segments, stop));
        }
    }

    static void requireBetween(CommandSpec spec, String option, int value) {
        if (value < 1 || value > SEGMENTS_MAX) {
            throw new ParameterException(
                    spec.commandLine(), option + " must be from 1 to " + SEGMENTS_MAX + ", not " + value);
        }
    }
}

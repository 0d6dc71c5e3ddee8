package dev.evenkeel.server;

import dev.evenkeel.server.transfer.TransferException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line in all its forms: commands, help, mistakes. */
@Command(
        name = "evenkeel",
        mixinStandardHelpOptions = true,
        versionProvider = CommandLines.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "An open DynamoDB.",
        subcommands = {
            DevCommand.class,
            NodeCommand.class,
            ClusterCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            TrainCommand.class,
            CommandLine.HelpCommand.class
        })
final class CommandLines implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create(); // picocli puts the real one in

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"Evenkeel " + Main.version()};
        }
    }

    static int run(String... arguments) {
        return all().execute(arguments);
    }

    /** Ours, and what other rooms bring along. */
    static CommandLine all() {
        var line = new CommandLine(new CommandLines());
        ServiceLoader.load(Subcommand.class).forEach(line::addSubcommand);
        tellVersions(line);
        return line.setParameterExceptionHandler(CommandLines::badParameters)
                .setExecutionExceptionHandler(CommandLines::failed);
    }

    private static void tellVersions(CommandLine line) {
        for (CommandLine command : line.getSubcommands().values()) {
            command.getCommandSpec().versionProvider(new Version());
            tellVersions(command);
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing a command");
    }

    private static int badParameters(ParameterException problem, String[] arguments) {
        CommandLine command = problem.getCommandLine();
        command.getErr()
                .println("evenkeel: " + problem.getMessage() + "; see '"
                        + command.getCommandSpec().qualifiedName() + " --help'");
        return CommandLine.ExitCode.USAGE;
    }

    private static int failed(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (failure instanceof StartException || failure instanceof TransferException) {
            err.println("evenkeel: " + failure.getMessage());
        } else if (failure instanceof IOException) { // of a file that is named; the message may be its name alone
            err.println("evenkeel: " + failure.getClass().getSimpleName() + ": " + failure.getMessage());
        } else {
            err.println("evenkeel: a mistake of ours, please report it:");
            failure.printStackTrace(err);
            err.flush();
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}

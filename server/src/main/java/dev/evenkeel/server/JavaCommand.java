package dev.evenkeel.server;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How this program was started, to start it again with other arguments: the same Java, flags and class path. */
final class JavaCommand {
    /** Options of the JVM that two processes cannot have at once. */
    private static final String DEBUGGER = "-agentlib:jdwp";

    private JavaCommand() {}

    static List<String> ofThisProcess() {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith(DEBUGGER))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        return List.copyOf(command);
    }
}

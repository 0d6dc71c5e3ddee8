package dev.evenkeel.verify.clock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** The agent as the JVM wants it: a jar of its own, made of the classes that this process has. */
public final class ClockAgentJar {
    private static final List<String> CLASSES = List.of(
            "ClockAgent",
            "ClockCalls",
            "ClockSetting",
            "ConstantPool",
            "MethodName",
            "ShiftedClock",
            "ShiftedClock$Pace");

    private ClockAgentJar() {}

    /** The argument of the JVM that starts the agent, which then follows that file. */
    public static String argument(Path jar, Path setting) {
        return "-javaagent:" + jar.toAbsolutePath() + "=" + setting.toAbsolutePath();
    }

    public static void write(Path jar) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest(jar))) {
            for (var name : CLASSES) {
                var path = ClockAgentJar.class.getPackageName().replace('.', '/') + "/" + name + ".class";
                out.putNextEntry(new JarEntry(path));
                try (var in = ClockAgentJar.class.getResourceAsStream("/" + path)) {
                    if (in == null) {
                        throw new IOException("no class " + path);
                    }
                    in.transferTo(out);
                }
            }
        }
    }

    /** On the boot class path the JDK's own classes find the clock, too, and nobody has a second one. */
    private static Manifest manifest(Path jar) {
        var manifest = new Manifest();
        var attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Premain-Class", ClockAgent.class.getName());
        attributes.putValue("Boot-Class-Path", String.valueOf(jar.getFileName()));
        attributes.putValue("Can-Retransform-Classes", "true");
        return manifest;
    }
}

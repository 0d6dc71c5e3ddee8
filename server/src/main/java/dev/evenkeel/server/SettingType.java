package dev.evenkeel.server;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What may stand behind a setting.
 *
 * @param right what would be right, for people: "… is to be RIGHT"
 * @param placeholder stands for a wrong value while the rest of the file is read, and offends nobody
 * @param parse empty when the text is not right
 * @param quoted whether the text may stand in quotes too
 */
record SettingType<T>(String right, T placeholder, Function<String, Optional<T>> parse, boolean quoted) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{1,40}");
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,9}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_.:%-]{1,255}");
    private static final int PORT_MAX = 65_535;

    /** Stands in messages and in names of files, and so has no characters that mean anything there. */
    static final SettingType<String> NAME_TEXT = text(
            "a name of up to 40 letters, digits and '-'",
            "",
            text -> NAME.matcher(text).matches());

    static final SettingType<String> HOST_NAME = text(
            "a host name or an address", "localhost", text -> HOST.matcher(text).matches());

    /** An address to be reached at, so not one that means all. */
    static final SettingType<String> PEER_HOST = text(
            "the host name or address at which other nodes find it",
            "localhost",
            text -> HOST.matcher(text).matches() && !isWildcard(text));

    static final SettingType<Integer> PORT = whole(1, PORT_MAX);
    static final SettingType<Integer> PORT_OR_FREE = whole(0, PORT_MAX);

    static final SettingType<Duration> DURATION = new SettingType<>(
            "a duration such as 500ms, 2s or PT1M",
            Duration.ZERO,
            text -> attempt(() -> Durations.parse(text)).filter(duration -> !duration.isNegative()),
            true);

    private static SettingType<String> text(String right, String placeholder, Predicate<String> isRight) {
        return new SettingType<>(right, placeholder, text -> Optional.of(text).filter(isRight), true);
    }

    static SettingType<Integer> whole(int min, int max) {
        return new SettingType<>(
                "a whole number from " + min + " to " + max,
                0,
                text -> Optional.of(text)
                        .filter(it -> WHOLE.matcher(it).matches())
                        .map(Integer::valueOf)
                        .filter(number -> min <= number && number <= max),
                false);
    }

    /** A path that need not be there; a relative one starts at the folder. */
    static SettingType<Path> path(String right, Path folder) {
        return new SettingType<>(
                right, folder, text -> attempt(() -> folder.resolve(text)).filter(_ -> !text.isBlank()), true);
    }

    static SettingType<Path> existingFile(Path folder) {
        SettingType<Path> path = path("a file that is there and can be read", folder);
        return new SettingType<>(
                path.right, path.placeholder, text -> path.parse.apply(text).filter(SettingType::isReadable), true);
    }

    private static boolean isReadable(Path file) {
        return Files.isRegularFile(file) && Files.isReadable(file);
    }

    /** Whether only this machine can be meant. No names are looked up: what they mean may change. */
    static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost")
                || literal(host).map(InetAddress::isLoopbackAddress).orElse(false);
    }

    private static boolean isWildcard(String host) {
        return literal(host).map(InetAddress::isAnyLocalAddress).orElse(false);
    }

    private static Optional<InetAddress> literal(String host) {
        return attempt(() -> InetAddress.ofLiteral(host));
    }

    /** {@link InvalidPathException} is one of the refusals, too. */
    private static <T> Optional<T> attempt(Supplier<T> parse) {
        try {
            return Optional.of(parse.get());
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}

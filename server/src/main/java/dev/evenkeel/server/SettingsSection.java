package dev.evenkeel.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A mapping in a YAML file whose settings are asked for one by one. What is wrong is noted, with its line, and reading goes
 * on with a placeholder. {@link #end} notes what was not asked for and what is missing.
 */
final class SettingsSection {
    private static final int TEXT_SHOWN_MAX = 60;
    private static final String SECTION = "a section of settings";
    private static final String LIST = "a list of at least one";

    private final String path; // empty for the whole file
    private final int line;
    private final Map<String, Setting> settings = new LinkedHashMap<>();
    private final SettingsProblems problems;
    private final SequencedMap<String, String> asked = new LinkedHashMap<>(); // to what would be right
    private final List<String> missing = new ArrayList<>();

    /** A section that is missing or wrong itself, which has been noted: its settings are not missed. */
    private final boolean absent;

    private record Setting(int line, Node value) {}

    private SettingsSection(String path, @Nullable Node node, int line, SettingsProblems problems) {
        this.path = path;
        this.line = line;
        this.problems = problems;
        this.absent = !(node instanceof MappingNode);
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(this::add);
        }
    }

    /** The whole file. */
    static SettingsSection root(@Nullable Node node, SettingsProblems problems) {
        if (!(node instanceof MappingNode)) {
            problems.add(1, "the file is to be " + SECTION + ", not " + (node == null ? "empty" : describe(node)));
        }
        return new SettingsSection("", node, 1, problems);
    }

    private void add(NodeTuple tuple) {
        int settingLine = lineOf(tuple.getKeyNode());
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            problems.add(settingLine, "the name of a setting is to be a word, not " + describe(tuple.getKeyNode()));
            return;
        }
        var first = settings.putIfAbsent(key.getValue(), new Setting(settingLine, tuple.getValueNode()));
        if (first != null) {
            problems.add(settingLine, pathOf(key.getValue()) + " is set twice, first in line " + first.line);
        }
    }

    <T> T required(String key, SettingType<T> type) {
        return value(key, type).orElseGet(() -> {
            if (!settings.containsKey(key)) {
                missing.add(key);
            }
            return type.placeholder();
        });
    }

    <T> T optional(String key, SettingType<T> type, T otherwise) {
        return value(key, type).orElse(otherwise);
    }

    private <T> Optional<T> value(String key, SettingType<T> type) {
        asked.put(key, type.right());
        Setting setting = settings.get(key);
        if (setting == null) {
            return Optional.empty();
        }
        Optional<T> value = scalar(setting.value, type);
        if (value.isEmpty()) {
            refuse(setting.value, pathOf(key), type.right());
        }
        return value;
    }

    private static <T> Optional<T> scalar(Node node, SettingType<T> type) {
        return node instanceof ScalarNode scalar
                        && !node.getTag().equals(Tag.NULL)
                        && (type.quoted() || scalar.isPlain())
                ? type.parse().apply(scalar.getValue())
                : Optional.empty();
    }

    SettingsSection section(String key) {
        if (!settings.containsKey(key)) {
            asked.put(key, SECTION);
            missing.add(key);
        }
        return optionalSection(key).orElseGet(() -> new SettingsSection(pathOf(key), null, line, problems));
    }

    Optional<SettingsSection> optionalSection(String key) {
        asked.put(key, SECTION);
        Setting setting = settings.get(key);
        return setting == null ? Optional.empty() : Optional.of(sectionOf(pathOf(key), setting.value, setting.line));
    }

    /** Those of a list that must be there. */
    List<SettingsSection> sections(String key) {
        if (!settings.containsKey(key)) {
            missing.add(key);
        }
        return optionalSections(key);
    }

    /** None when there is no list. */
    List<SettingsSection> optionalSections(String key) {
        asked.put(key, LIST);
        Setting setting = settings.get(key);
        if (setting == null) {
            return List.of();
        }
        if (!(setting.value instanceof SequenceNode list) || list.getValue().isEmpty()) {
            refuse(setting.value, pathOf(key), LIST);
            return List.of();
        }
        var sections = new ArrayList<SettingsSection>();
        for (Node node : list.getValue()) {
            sections.add(sectionOf("%s[%d]".formatted(pathOf(key), sections.size() + 1), node, lineOf(node)));
        }
        return sections;
    }

    private SettingsSection sectionOf(String sectionPath, Node node, int sectionLine) {
        if (!(node instanceof MappingNode)) {
            refuse(node, sectionPath, SECTION);
        }
        return new SettingsSection(sectionPath, node, sectionLine, problems);
    }

    /** Notes a problem of a setting that is right by itself. */
    void problem(String key, String text) {
        Setting setting = settings.get(key);
        problems.add(setting == null ? line : setting.line, pathOf(key) + ": " + text);
    }

    /** To be called when all settings have been asked for. */
    void end() {
        if (absent) {
            return;
        }
        for (var setting : settings.entrySet()) {
            if (!asked.containsKey(setting.getKey())) {
                unknown(setting.getKey(), setting.getValue().line);
            }
        }
        for (String key : missing) {
            problems.add(line, where() + " needs \"" + key + "\": " + asked.get(key));
        }
    }

    private void unknown(String key, int settingLine) {
        var unset =
                asked.keySet().stream().filter(it -> !settings.containsKey(it)).toList();
        Optional<String> meant = Spelling.nearest(key, unset);
        meant.ifPresent(missing::remove); // one mistake is told once
        problems.add(
                settingLine,
                "no setting \"" + shorten(key) + "\" in " + where() + "; "
                        + meant.map(it -> "did you mean \"" + it + "\"?")
                                .orElseGet(() -> "there are " + String.join(", ", asked.keySet())));
    }

    private void refuse(Node node, String what, String right) {
        problems.add(lineOf(node), what + " is to be " + right + ", not " + describe(node));
    }

    private String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private String where() {
        return path.isEmpty() ? "the file" : path;
    }

    private static String describe(Node node) {
        return switch (node) {
            case MappingNode _ -> SECTION;
            case SequenceNode list -> list.getValue().isEmpty() ? "an empty list" : "a list";
            case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> "nothing";
            case ScalarNode scalar -> "\"" + shorten(scalar.getValue()) + "\"";
            default -> node.getNodeType().toString();
        };
    }

    private static String shorten(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= TEXT_SHOWN_MAX ? line : line.substring(0, TEXT_SHOWN_MAX) + "…";
    }

    private static int lineOf(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }
}

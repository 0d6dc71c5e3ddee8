package dev.evenkeel.router;

import dev.evenkeel.metadata.IndexDefinition;
import dev.evenkeel.metadata.IndexSettings;
import dev.evenkeel.metadata.TableDefinition;
import dev.evenkeel.metadata.TableSettings;
import dev.evenkeel.metadata.Throughput;
import dev.evenkeel.model.AttributeType;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.IndexSchema;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.KeyAttribute;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.Projection;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** The tables of every {@link World}. */
final class Tables {
    private static final KeyAttribute ID = new KeyAttribute("id", AttributeType.S);
    private static final KeyAttribute SORT = new KeyAttribute("sort", AttributeType.N);
    private static final KeyAttribute TIME = new KeyAttribute("time", AttributeType.N);
    private static final KeyAttribute NOTE = new KeyAttribute("note", AttributeType.S);
    private static final KeyAttribute COLOUR = new KeyAttribute("colour", AttributeType.S);
    private static final KeyAttribute KIND = new KeyAttribute("kind", AttributeType.S);

    /** {@code id}; no indexes. */
    static final TableDefinition PLAIN = definition("plain", KeySchema.of(ID), List.of(), List.of());

    /**
     * {@code id, sort} with local indexes {@code byTime} (keys only) and {@code byNote} (all), and global ones
     * {@code byColour} (colour and sort, with note) and {@code byKind} (kind, all).
     */
    static final TableDefinition RICH = definition(
            "rich",
            KeySchema.of(ID, SORT),
            List.of(
                    new IndexSchema("byTime", IndexSchema.Kind.LOCAL, 1, KeySchema.of(ID, TIME), Projection.KEYS_ONLY),
                    new IndexSchema("byNote", IndexSchema.Kind.LOCAL, 2, KeySchema.of(ID, NOTE), Projection.ALL)),
            List.of(
                    index(
                            "byColour",
                            KeySchema.of(COLOUR, SORT),
                            new Projection(Projection.Kind.INCLUDE, Set.of("note"))),
                    index("byKind", KeySchema.of(KIND), Projection.ALL)));

    /** {@code id} with a global index {@code byPlace} of two and two attributes. */
    static final TableDefinition PLACES = definition(
            "places",
            KeySchema.of(ID),
            List.of(),
            List.of(index("byPlace", new KeySchema(List.of(COLOUR, KIND), List.of(TIME, NOTE)), Projection.KEYS_ONLY)));

    static final List<TableDefinition> ALL = List.of(PLAIN, RICH, PLACES);

    private Tables() {}

    private static IndexDefinition index(String name, KeySchema key, Projection projection) {
        return new IndexDefinition(name, key, projection, IndexSettings.of(Throughput.ZERO));
    }

    private static TableDefinition definition(
            String name, KeySchema key, List<IndexSchema> local, List<IndexDefinition> global) {
        var attributes = new LinkedHashSet<>(key.attributes());
        local.forEach(index -> attributes.addAll(index.key().attributes()));
        global.forEach(index -> attributes.addAll(index.key().attributes()));
        return new TableDefinition(
                name,
                "arn:aws:dynamodb:us-east-1:000000000000:table/" + name,
                new UUID(0, name.hashCode()),
                Instant.EPOCH,
                key,
                List.copyOf(attributes),
                local,
                global,
                TableSettings.forOnDemand(),
                Map.of());
    }

    /** An item of names and values by turns; strings and whole numbers. */
    static Item item(Object... namesAndValues) {
        var attributes = new LinkedHashMap<String, AttributeValue>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            var value = namesAndValues[i + 1];
            attributes.put(
                    (String) namesAndValues[i],
                    value instanceof String text
                            ? AttributeValue.of(text)
                            : AttributeValue.of(((Number) value).longValue()));
        }
        return Item.of(attributes);
    }

    static long sort(Item item) {
        return Long.parseLong(((AttributeValue.N) Objects.requireNonNull(item.get("sort")))
                .value()
                .toString());
    }

    static boolean is(Item item, String attribute, String value) {
        return AttributeValue.of(value).equals(item.get(attribute));
    }
}

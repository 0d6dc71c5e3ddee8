package dev.evenkeel.metadata;

import dev.evenkeel.model.AttributeType;
import dev.evenkeel.model.IndexSchema;
import dev.evenkeel.model.KeyAttribute;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.Projection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Tables and settings for tests: one plain, and any number drawn from a seed. */
final class Samples {
    static final Instant NOW = Instant.ofEpochMilli(1_764_000_000_123L);

    private static final List<String> NAMES = List.of("pk", "sk", "a", "b", "c", "d", "e", "grüße");

    private final Random random;

    Samples(Random random) {
        this.random = random;
    }

    static TableDefinition plain(String name) {
        return definition(name, List.of(), List.of(), TableSettings.forOnDemand(), Map.of());
    }

    static TableDefinition withIndexes(String name, String... indexNames) {
        var indexes = new ArrayList<IndexDefinition>();
        for (var index : indexNames) {
            indexes.add(index(index, "a"));
        }
        return definition(name, List.of(), indexes, TableSettings.forOnDemand(), Map.of());
    }

    static IndexDefinition index(String name, String attribute) {
        return new IndexDefinition(
                name, KeySchema.of(attribute(attribute)), Projection.ALL, IndexSettings.of(Throughput.ZERO));
    }

    static KeyAttribute attribute(String name) {
        return new KeyAttribute(name, AttributeType.S);
    }

    private static TableDefinition definition(
            String name,
            List<IndexSchema> local,
            List<IndexDefinition> global,
            TableSettings settings,
            Map<String, String> tags) {
        var attributes = new LinkedHashSet<KeyAttribute>();
        attributes.add(attribute("pk"));
        local.forEach(index -> attributes.addAll(index.key().attributes()));
        global.forEach(index -> attributes.addAll(index.key().attributes()));
        return new TableDefinition(
                name,
                "arn:aws:dynamodb:us-east-1:000000000000:table/" + name,
                new UUID(name.hashCode(), 42),
                NOW,
                KeySchema.of(attribute("pk")),
                List.copyOf(attributes),
                local,
                global,
                settings,
                tags);
    }

    TableDefinition anyTable(String name) {
        var global = new ArrayList<IndexDefinition>();
        for (int i = random.nextInt(3); i > 0; i--) {
            global.add(anyIndex("gsi-" + i));
        }
        var local = new ArrayList<IndexSchema>();
        for (int i = random.nextInt(3); i > 0; i--) {
            local.add(new IndexSchema(
                    "lsi-" + i,
                    IndexSchema.Kind.LOCAL,
                    i,
                    KeySchema.of(attribute("pk"), attribute("sk")),
                    anyProjection()));
        }
        return definition(name, local, global, anySettings(), anyTags());
    }

    /** That image after some random changes of a cluster that were not refused. */
    static CatalogImage withCluster(CatalogImage image, Random random) {
        var changes = new RandomClusterChanges(random);
        var now = image;
        for (int i = 0; i < 40; i++) {
            try {
                now = CatalogTransition.apply(now, changes.any(now), now.version() + 1);
            } catch (RefusedChangeException refused) {
                continue; // many are
            }
        }
        return now;
    }

    IndexDefinition anyIndex(String name) {
        var hash = new ArrayList<KeyAttribute>();
        var range = new ArrayList<KeyAttribute>();
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            hash.add(attribute(NAMES.get(i)));
        }
        for (int i = random.nextInt(5); i > 0; i--) {
            range.add(attribute("r" + i));
        }
        return new IndexDefinition(name, new KeySchema(hash, range), anyProjection(), anyIndexSettings());
    }

    Projection anyProjection() {
        return switch (random.nextInt(3)) {
            case 0 -> Projection.ALL;
            case 1 -> Projection.KEYS_ONLY;
            default -> new Projection(Projection.Kind.INCLUDE, Set.of(anyName(), "x"));
        };
    }

    TableSettings anySettings() {
        var start = random.nextBoolean() ? TableSettings.forOnDemand() : TableSettings.forProvisioned(5, 7);
        return start.withBilling(start.billing(), random.nextBoolean() ? anyInstant() : null)
                .withThroughput(anyProvisioned())
                .withOnDemand(new OnDemandThroughput(random.nextInt(-1, 9), random.nextInt(-1, 9)))
                .withWarm(anyThroughput())
                .withTableClass(any(TableClass.class), random.nextBoolean() ? anyInstant() : null)
                .withDeletionProtection(random.nextBoolean())
                .withKmsKeyArn(random.nextBoolean() ? "arn:aws:kms:key/1" : null)
                .withStream(new StreamSettings(
                        random.nextBoolean() ? any(StreamViewType.class) : null,
                        random.nextBoolean() ? "2026-01-01T00:00:00.000" : null));
    }

    IndexSettings anyIndexSettings() {
        return IndexSettings.of(anyThroughput())
                .withThroughput(anyProvisioned())
                .withOnDemand(new OnDemandThroughput(random.nextInt(-1, 9), random.nextInt(-1, 9)));
    }

    Map<String, String> anyTags() {
        var tags = new HashMap<String, String>();
        for (int i = random.nextInt(4); i > 0; i--) {
            tags.put("key " + random.nextInt(9), "välue " + random.nextInt(9));
        }
        return tags;
    }

    private ProvisionedThroughput anyProvisioned() {
        return new ProvisionedThroughput(
                anyThroughput(),
                random.nextBoolean() ? anyThroughput() : null,
                random.nextBoolean() ? anyInstant() : null,
                random.nextBoolean() ? anyInstant() : null,
                random.nextInt(5));
    }

    private Throughput anyThroughput() {
        return new Throughput(random.nextLong(1L << 40), random.nextInt(9));
    }

    /** Of few, so that a settled one is often the one that is set. */
    TimeToLive anyTimeToLive() {
        return new TimeToLive(random.nextBoolean() ? "until" : "größe", any(TimeToLiveStatus.class), random.nextInt(2));
    }

    Instant anyInstant() {
        return Instant.ofEpochMilli(random.nextLong(1L << 42));
    }

    <E extends Enum<E>> E any(Class<E> type) {
        var members = List.copyOf(EnumSet.allOf(type));
        return members.get(random.nextInt(members.size()));
    }

    String anyName() {
        return NAMES.get(random.nextInt(NAMES.size()));
    }
}

package dev.evenkeel.metadata;

import dev.evenkeel.metadata.CatalogChange.TableChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Changes drawn from a seed, of few tables and few indexes, so that many of them meet and many are refused. */
final class RandomChanges {
    private final Random random;
    private final Samples samples;

    RandomChanges(Random random) {
        this.random = random;
        this.samples = new Samples(random);
    }

    /** Any change of tables 1 to 9 or of the cluster. */
    CatalogChange any() {
        return random.nextInt(4) == 0
                ? new RandomClusterChanges(random).any(CatalogImage.EMPTY)
                : any(random.nextInt(1, 10), random.nextInt(1, 10));
    }

    /** Any change; those of one table are of {@code tableId}, as of {@code tableVersion}. */
    CatalogChange any(int tableId, long tableVersion) {
        return switch (random.nextInt(6)) {
            case 0, 1 -> new CatalogChange.CreateTable(samples.anyTable("table-" + random.nextInt(6)), anyPlacement(6));
            case 2 -> guarded(tableId, tableVersion);
            default -> ofTable(tableId);
        };
    }

    private CatalogChange guarded(int tableId, long tableVersion) {
        var changes = new ArrayList<TableChange>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            changes.add(ofTable(tableId));
        }
        long version = random.nextInt(4) == 0 ? CatalogChange.Guarded.ANY_VERSION : tableVersion;
        return new CatalogChange.Guarded(tableId, version, changes);
    }

    private TableChange ofTable(int tableId) {
        return switch (random.nextInt(14)) {
            case 0 -> new CatalogChange.SetTableStatus(tableId, samples.any(TableStatus.class));
            case 1 -> new CatalogChange.SetTableSettings(tableId, samples.anySettings());
            case 2 -> new CatalogChange.FinishTransition(tableId, samples.anyInstant());
            case 3 -> addIndex(tableId);
            case 4 ->
                new CatalogChange.SetIndexStatus(
                        tableId, indexName(), samples.any(IndexStatus.class), random.nextBoolean());
            case 5 -> new CatalogChange.SetIndexSettings(tableId, indexName(), samples.anyIndexSettings());
            case 6 -> new CatalogChange.DropIndex(tableId, indexName());
            case 7, 8 -> new CatalogChange.Tag(tableId, samples.anyTags());
            case 9 ->
                new CatalogChange.Untag(tableId, List.copyOf(samples.anyTags().keySet()));
            case 10, 11 -> new CatalogChange.SetTimeToLive(tableId, samples.anyTimeToLive());
            case 12 -> new CatalogChange.SettleTimeToLive(tableId, samples.anyTimeToLive());
            default -> new CatalogChange.DropTable(tableId);
        };
    }

    private TableChange addIndex(int tableId) {
        var definition = samples.anyIndex(indexName());
        return new CatalogChange.AddIndex(tableId, definition, definition.key().attributes(), anyPlacement(4));
    }

    private Placement anyPlacement(int partitionsBound) {
        int partitions = random.nextInt(1, partitionsBound);
        return random.nextInt(3) == 0 ? new Placement(partitions, 1) : Placement.spread(partitions);
    }

    private String indexName() {
        return "gsi-" + random.nextInt(4);
    }
}

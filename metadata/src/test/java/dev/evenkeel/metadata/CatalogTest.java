package dev.evenkeel.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.metadata.CatalogChange.AddIndex;
import dev.evenkeel.metadata.CatalogChange.CreateTable;
import dev.evenkeel.metadata.CatalogChange.DropIndex;
import dev.evenkeel.metadata.CatalogChange.DropTable;
import dev.evenkeel.metadata.CatalogChange.FinishTransition;
import dev.evenkeel.metadata.CatalogChange.Guarded;
import dev.evenkeel.metadata.CatalogChange.SetIndexStatus;
import dev.evenkeel.metadata.CatalogChange.SetTableStatus;
import dev.evenkeel.metadata.CatalogChange.Tag;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import dev.evenkeel.replication.MemoryLog;
import dev.evenkeel.replication.SoloGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class CatalogTest {
    private static final Placement ONE = new Placement(1, 1);

    private final CatalogStateMachine machine = CatalogStateMachine.inMemory();
    private final Catalog catalog = new Catalog(SoloGroup.open(1, new MemoryLog(), machine), machine, new Random(1));

    private Table create(TableDefinition definition) {
        return catalog.propose(new CreateTable(definition, ONE))
                .table(definition.name())
                .orElseThrow();
    }

    @Test
    void theSecondTableOfANameIsRefused() {
        var table = create(Samples.plain("orders"));

        assertThatThrownBy(() -> create(Samples.plain("orders")))
                .isInstanceOf(DynamoException.class)
                .hasMessage("Attempt to change a resource which is still in use: Table is being created: orders")
                .extracting(it -> ((DynamoException) it).code())
                .isEqualTo(ErrorCode.RESOURCE_IN_USE);

        catalog.propose(new FinishTransition(table.id(), Samples.NOW));
        assertThatThrownBy(() -> create(Samples.plain("orders"))).hasMessage("Table already exists: orders");
    }

    @Test
    void ofManyThatCreateTheSameTableAtOnceOneSucceeds() throws Exception {
        var tasks = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < 50; i++) {
            var name = "table-" + i % 10;
            tasks.add(() -> {
                try {
                    return create(Samples.plain(name)) != null;
                } catch (DynamoException refused) {
                    return false;
                }
            });
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            int created = 0;
            for (var done : threads.invokeAll(tasks)) {
                created += done.get() ? 1 : 0;
            }
            assertThat(created).isEqualTo(10);
        }
        assertThat(catalog.image().tables()).hasSize(10);
    }

    @Test
    void listenersHearTheImageOfTheMomentAndEveryLaterOneInOrder() {
        create(Samples.plain("first"));
        var heard = new ArrayList<CatalogImage>();

        catalog.listen(heard::add);
        create(Samples.plain("second"));
        assertThatThrownBy(() -> create(Samples.plain("second"))).isInstanceOf(DynamoException.class);
        create(Samples.plain("third"));

        assertThat(heard).extracting(CatalogImage::version).containsExactly(1L, 2L, 4L); // 3 was refused
        assertThat(heard.getLast()).isSameAs(catalog.image());
    }

    @Test
    void guardedChangesAreAllOrNone() {
        var table = create(Samples.withIndexes("orders", "by-a"));

        assertThatThrownBy(() -> catalog.propose(new Guarded(
                        table.id(),
                        table.version(),
                        List.of(
                                new SetTableStatus(table.id(), TableStatus.UPDATING),
                                new DropIndex(table.id(), "no-such-index")))))
                .isInstanceOf(DynamoException.class);

        assertThat(catalog.image().table("orders")).contains(table);
    }

    @Test
    void aChangeMadeFromAnOldTableIsStale() {
        var table = create(Samples.plain("orders"));
        catalog.propose(new Tag(table.id(), Map.of("k", "v")));

        assertThatThrownBy(() -> catalog.propose(new Guarded(
                        table.id(), table.version(), List.of(new SetTableStatus(table.id(), TableStatus.DELETING)))))
                .isInstanceOf(StaleTableException.class)
                .hasMessage("table orders is at version 2, not 1");
    }

    @Test
    void finishingCreationMakesTableAndIndexesActive() {
        var table = create(Samples.withIndexes("orders", "by-a", "by-b"));

        var done = catalog.propose(new FinishTransition(table.id(), Samples.NOW.plusSeconds(9)))
                .table("orders")
                .orElseThrow();

        assertThat(done.status()).isEqualTo(TableStatus.ACTIVE);
        assertThat(done.globalIndexes()).extracting(GlobalIndex::status).containsOnly(IndexStatus.ACTIVE);
        assertThat(done.settings().onDemandSince()).isEqualTo(table.createdAt());
    }

    @Test
    void anIndexHoldsItsTableWhileItGetsAndLosesItsPartitionsButNotWhileItBackfills() {
        int id = create(Samples.plain("orders")).id();
        catalog.propose(new FinishTransition(id, Samples.NOW));
        catalog.propose(new AddIndex(id, Samples.index("by-z", "z"), List.of(Samples.attribute("z")), ONE));
        assertThat(finish(id).status()).isEqualTo(TableStatus.UPDATING);

        catalog.propose(new SetIndexStatus(id, "by-z", IndexStatus.CREATING, true));
        assertThat(finish(id).status()).isEqualTo(TableStatus.ACTIVE);
        assertThat(finish(id).globalIndexes().getFirst().status()).isEqualTo(IndexStatus.CREATING);

        catalog.propose(new SetIndexStatus(id, "by-z", IndexStatus.DELETING, false));
        assertThat(finish(id).status()).isEqualTo(TableStatus.UPDATING);
        assertThat(finish(id).schema().globalIndexes()).isEmpty(); // takes no more writes

        catalog.propose(new DropIndex(id, "by-z"));
        assertThat(finish(id).status()).isEqualTo(TableStatus.ACTIVE);
        assertThat(finish(id).attributes()).containsExactly(Samples.attribute("pk"));
    }

    private Table finish(int id) {
        return catalog.propose(new FinishTransition(id, Samples.NOW))
                .tableById(id)
                .orElseThrow();
    }

    @Test
    void aTableBeingDeletedStaysSo() {
        int id = create(Samples.plain("orders")).id();
        catalog.propose(new SetTableStatus(id, TableStatus.DELETING));

        assertThat(finish(id).status()).isEqualTo(TableStatus.DELETING);
    }

    @Test
    void idsOfDroppedTablesAreNotGivenAgain() {
        var first = create(Samples.withIndexes("orders", "by-a"));
        catalog.propose(new DropTable(first.id()));
        assertThat(catalog.image().partitions(first.id())).isEmpty();
        assertThat(catalog.image().partitions(first.globalIndexes().getFirst().id()))
                .isEmpty();

        var second = create(Samples.plain("orders"));

        assertThat(second.id()).isEqualTo(3);
        assertThat(catalog.image().partitions(3).getFirst().id()).isEqualTo(3);
    }

    @Test
    void aFiftyFirstTagIsRefused() {
        int id = create(Samples.plain("orders")).id();
        var fifty = new HashMap<String, String>();
        for (int i = 0; i < 50; i++) {
            fifty.put("k" + i, "v");
        }
        catalog.propose(new Tag(id, fifty));
        catalog.propose(new Tag(id, Map.of("k0", "another value")));

        assertThatThrownBy(() -> catalog.propose(new Tag(id, Map.of("one", "more"))))
                .hasMessage("Number of Tags exceed the current limit for the provided ResourceArn");
    }
}

package dev.evenkeel.router;

import dev.evenkeel.metadata.CatalogImage;
import dev.evenkeel.metadata.IndexStatus;
import dev.evenkeel.metadata.Table;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import dev.evenkeel.router.table.TableArns;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds tables for operations on items. A request asks once and keeps what it got, so that it sees one version. */
final class Routes {
    private final Supplier<CatalogImage> catalog;
    private final Supplier<CatalogImage> newest;
    private final TableArns arns;
    private final PartitionDirectory partitions;

    /** @param newest the catalog with every change made so far, also on other nodes; asked when something is missing */
    Routes(
            Supplier<CatalogImage> catalog,
            Supplier<CatalogImage> newest,
            TableArns arns,
            PartitionDirectory partitions) {
        this.catalog = catalog;
        this.newest = newest;
        this.arns = arns;
        this.partitions = partitions;
    }

    /**
     * @param nameOrArn DynamoDB takes a table's ARN wherever it takes its name
     * @throws DynamoException ResourceNotFoundException, also for a table that is being created or deleted
     */
    TableRoute table(String nameOrArn) {
        return table(nameOrArn, null);
    }

    /** As {@link #table(String)}, to read an index. If it is missing or not yet readable, the route is the newest. */
    TableRoute table(String nameOrArn, @Nullable String indexName) {
        var name = arns.nameOf(nameOrArn);
        var image = catalog.get();
        if (serving(image, name).filter(table -> isReadable(table, indexName)).isEmpty()) {
            image = newest.get();
        }
        var table = serving(image, name).orElseThrow(DynamoException::resourceNotFound);
        return new TableRoute(nameOrArn, table, image, partitions);
    }

    private static Optional<Table> serving(CatalogImage image, String name) {
        return image.table(name).filter(Table::isServing);
    }

    private static boolean isReadable(Table table, @Nullable String indexName) {
        return indexName == null
                || (table.schema().index(indexName).isPresent()
                        && table.globalIndex(indexName)
                                .filter(index -> index.status() == IndexStatus.CREATING)
                                .isEmpty());
    }

    /**
     * The way to the table that has that name by now; empty when the catalog has not changed since.
     *
     * @throws DynamoException ResourceNotFoundException, when there is none any more
     */
    Optional<TableRoute> renewed(TableRoute route) {
        return newest.get().version() == route.image().version()
                ? Optional.empty()
                : Optional.of(table(route.calledAs()));
    }

    /**
     * A handler that begins again, once, when what it went to has gone and the catalog here was old: another node may have
     * made a table of the same name. For handlers that have done nothing when they fail so.
     */
    <I, O> OperationHandler<I, O> renewing(OperationHandler<I, O> handler) {
        return input -> {
            long version = catalog.get().version();
            try {
                return handler.handle(input);
            } catch (DynamoException failure) {
                if (failure.code() != ErrorCode.RESOURCE_NOT_FOUND
                        || newest.get().version() == version) {
                    throw failure;
                }
                return handler.handle(input);
            }
        };
    }
}

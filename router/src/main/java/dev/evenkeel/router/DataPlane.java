package dev.evenkeel.router;

import dev.evenkeel.metadata.CatalogImage;
import dev.evenkeel.router.table.TableArns;
import dev.evenkeel.router.transaction.TransactionCoordinator;
import java.util.function.Supplier;

/** The operations on items. */
public final class DataPlane {
    private DataPlane() {}

    /**
     * Adds a handler for each of them.
     *
     * @param catalog the current image; asked once for every table of a request
     * @param arns of the tables here
     */
    public static Router.Builder register(
            Router.Builder router, Supplier<CatalogImage> catalog, TableArns arns, PartitionDirectory partitions) {
        return register(router, catalog, catalog, arns, partitions);
    }

    /**
     * The same where tables may be made on other nodes.
     *
     * @param newest the catalog with every change made so far, wherever; asked when a table or index is missing
     */
    public static Router.Builder register(
            Router.Builder router,
            Supplier<CatalogImage> catalog,
            Supplier<CatalogImage> newest,
            TableArns arns,
            PartitionDirectory partitions) {
        var routes = new Routes(catalog, newest, arns, partitions);
        return router.handle("PutItem", routes.renewing(new PutItemHandler(routes)))
                .handle("GetItem", routes.renewing(new GetItemHandler(routes)))
                .handle("UpdateItem", routes.renewing(new UpdateItemHandler(routes)))
                .handle("DeleteItem", routes.renewing(new DeleteItemHandler(routes)))
                .handle("BatchGetItem", routes.renewing(new BatchGetItemHandler(routes)))
                .handle("BatchWriteItem", new BatchWriteItemHandler(routes))
                .handle("ExecuteStatement", routes.renewing(new ExecuteStatementHandler(routes)))
                .handle("BatchExecuteStatement", new BatchExecuteStatementHandler(routes))
                .handle("Query", routes.renewing(new QueryHandler(routes)))
                .handle("Scan", routes.renewing(new ScanHandler(routes)));
    }

    /** Adds the operations on several items at once, all or none of them. */
    public static Router.Builder registerTransactions(
            Router.Builder router,
            Supplier<CatalogImage> catalog,
            Supplier<CatalogImage> newest,
            TableArns arns,
            PartitionDirectory partitions,
            TransactionCoordinator coordinator) {
        var routes = new Routes(catalog, newest, arns, partitions);
        return router.handle("TransactWriteItems", routes.renewing(new TransactWriteItemsHandler(routes, coordinator)))
                .handle("TransactGetItems", routes.renewing(new TransactGetItemsHandler(routes, coordinator)))
                .handle("ExecuteTransaction", routes.renewing(new ExecuteTransactionHandler(routes, coordinator)));
    }
}

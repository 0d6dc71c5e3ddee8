package dev.evenkeel.router.table;

import dev.evenkeel.api.shape.CreateTableInput;
import dev.evenkeel.api.shape.CreateTableOutput;
import dev.evenkeel.api.shape.DeleteTableInput;
import dev.evenkeel.api.shape.DeleteTableOutput;
import dev.evenkeel.api.shape.DescribeContinuousBackupsInput;
import dev.evenkeel.api.shape.DescribeContinuousBackupsOutput;
import dev.evenkeel.api.shape.DescribeContributorInsightsInput;
import dev.evenkeel.api.shape.DescribeContributorInsightsOutput;
import dev.evenkeel.api.shape.DescribeEndpointsRequest;
import dev.evenkeel.api.shape.DescribeEndpointsResponse;
import dev.evenkeel.api.shape.DescribeKinesisStreamingDestinationInput;
import dev.evenkeel.api.shape.DescribeKinesisStreamingDestinationOutput;
import dev.evenkeel.api.shape.DescribeLimitsInput;
import dev.evenkeel.api.shape.DescribeLimitsOutput;
import dev.evenkeel.api.shape.DescribeTableInput;
import dev.evenkeel.api.shape.DescribeTableOutput;
import dev.evenkeel.api.shape.DescribeTableReplicaAutoScalingInput;
import dev.evenkeel.api.shape.DescribeTableReplicaAutoScalingOutput;
import dev.evenkeel.api.shape.DescribeTimeToLiveInput;
import dev.evenkeel.api.shape.DescribeTimeToLiveOutput;
import dev.evenkeel.api.shape.GetResourcePolicyInput;
import dev.evenkeel.api.shape.GetResourcePolicyOutput;
import dev.evenkeel.api.shape.ListTablesInput;
import dev.evenkeel.api.shape.ListTablesOutput;
import dev.evenkeel.api.shape.ListTagsOfResourceInput;
import dev.evenkeel.api.shape.ListTagsOfResourceOutput;
import dev.evenkeel.api.shape.NoOutput;
import dev.evenkeel.api.shape.TagResourceInput;
import dev.evenkeel.api.shape.UntagResourceInput;
import dev.evenkeel.api.shape.UpdateTableInput;
import dev.evenkeel.api.shape.UpdateTableOutput;
import dev.evenkeel.api.shape.UpdateTimeToLiveInput;
import dev.evenkeel.api.shape.UpdateTimeToLiveOutput;
import dev.evenkeel.metadata.Catalog;
import dev.evenkeel.metadata.CatalogChange.CreateTable;
import dev.evenkeel.metadata.CatalogChange.Guarded;
import dev.evenkeel.metadata.CatalogChange.SetTableStatus;
import dev.evenkeel.metadata.CatalogChange.TableChange;
import dev.evenkeel.metadata.PartitionLifecycle;
import dev.evenkeel.metadata.StaleTableException;
import dev.evenkeel.metadata.Table;
import dev.evenkeel.metadata.TableStatistics;
import dev.evenkeel.metadata.TableStatus;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.Ticker;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The operations on tables, one method each. Inputs have the shape that the model asks for
 * ({@link dev.evenkeel.api.Operation#validate}); what the model cannot say is checked here, in DynamoDB's order and words.
 * A refusal is a {@link DynamoException}. For any thread.
 */
public final class TableOperations {
    private static final int LIST_LIMIT_DEFAULT = 100;

    private final Catalog catalog;
    private final TableOptions options;
    private final Ticker ticker;
    private final RandomGenerator random;
    private final TableArns arns;
    private final TableDescriber describer;
    private final Transitions transitions;
    private final BooleanSupplier drives;
    private final TagOperations tags;
    private final SideOperations side;

    /**
     * Begins nothing; see {@link #resume}.
     *
     * @param random for the ids of tables
     * @param scheduler for what {@link TableOptions#delay} delays, and for what has to be tried again
     */
    public TableOperations(
            Catalog catalog,
            PartitionLifecycle partitions,
            TableStatistics statistics,
            TableOptions options,
            Ticker ticker,
            RandomGenerator random,
            TransitionScheduler scheduler) {
        this(catalog, partitions, statistics, options, ticker, random, scheduler, () -> true);
    }

    /** @param drives whether this node carries on with what is begun here; else another does, which sees the catalog */
    public TableOperations(
            Catalog catalog,
            PartitionLifecycle partitions,
            TableStatistics statistics,
            TableOptions options,
            Ticker ticker,
            RandomGenerator random,
            TransitionScheduler scheduler,
            BooleanSupplier drives) {
        this.drives = drives;
        this.catalog = catalog;
        this.options = options;
        this.ticker = ticker;
        this.random = random;
        this.arns = new TableArns(options);
        this.describer = new TableDescriber(statistics);
        this.transitions = new Transitions(catalog, partitions, options.delay(), ticker, scheduler);
        this.tags = new TagOperations(catalog, arns);
        this.side = new SideOperations(catalog, arns, options);
    }

    /**
     * Carries on with what was under way before a restart, or on the node that did so before. The partitions of all tables
     * in the catalog must be open or about to be.
     */
    public void resume() {
        transitions.resume();
    }

    /** Carries on with whatever other nodes have begun; on the one node that does so for all. */
    public void carryOn() {
        transitions.carryOnAll();
    }

    private void carryOn(Table table) {
        if (drives.getAsBoolean()) {
            transitions.carryOn(table.id());
        } else {
            transitions.awaitOther(table.id());
        }
    }

    public CreateTableOutput createTable(CreateTableInput input) {
        var name = arns.nameOf(Objects.requireNonNull(input.tableName()));
        var definition = new NewTable(input, options).definition(name, newUuid(), ticker.now());
        var created = catalog.propose(new CreateTable(definition, options.placement()))
                .table(name)
                .orElseThrow();
        var answer = describer.describe(created, ticker.now());
        carryOn(created);
        return CreateTableOutput.builder().tableDescription(answer).build();
    }

    public UpdateTableOutput updateTable(UpdateTableInput input) {
        UpdateRequestRules.check(input);
        var updated = change(input.tableName(), table -> UpdatePlan.of(input, table, options, ticker.now()));
        var answer = describer.describe(updated, ticker.now());
        carryOn(updated);
        return UpdateTableOutput.builder().tableDescription(answer).build();
    }

    public DeleteTableOutput deleteTable(DeleteTableInput input) {
        var deleted = change(input.tableName(), TableOperations::deletion);
        var answer = describer.describe(deleted, ticker.now());
        carryOn(deleted);
        return DeleteTableOutput.builder().tableDescription(answer).build();
    }

    private static List<TableChange> deletion(Table table) {
        BusyTable.requireDeletable(table);
        if (table.settings().deletionProtection()) {
            throw DynamoException.validation("Resource cannot be deleted as it is currently protected against"
                    + " deletion. Disable deletion protection first.");
        }
        return List.of(new SetTableStatus(table.id(), TableStatus.DELETING));
    }

    /** Decides from the table as it is and has the decision taken; decides again when it was too late. */
    private Table change(@Nullable String nameOrArn, Function<Table, List<TableChange>> decide) {
        var name = arns.nameOf(Objects.requireNonNull(nameOrArn));
        while (true) {
            var table = table(name);
            var changes = decide.apply(table);
            if (changes.isEmpty()) {
                return table;
            }
            try {
                return catalog.propose(new Guarded(table.id(), table.version(), changes))
                        .tableById(table.id())
                        .orElseThrow();
            } catch (StaleTableException _) {
                // somebody else was first: look again
            }
        }
    }

    public DescribeTableOutput describeTable(DescribeTableInput input) {
        var table = table(arns.nameOf(Objects.requireNonNull(input.tableName())));
        return DescribeTableOutput.builder()
                .table(describer.describe(table, ticker.now()))
                .build();
    }

    /** In the order of the names' bytes. The start need not be the name of a table. */
    public ListTablesOutput listTables(ListTablesInput input) {
        var names = catalog.newestKnown().tableNames();
        int from = firstAfter(names, input.exclusiveStartTableName());
        int limit = input.limit() == null ? LIST_LIMIT_DEFAULT : input.limit();
        int to = Math.min(names.size(), from + limit);
        return ListTablesOutput.builder()
                .tableNames(names.subList(from, to))
                .lastEvaluatedTableName(to < names.size() ? names.get(to - 1) : null)
                .build();
    }

    private static int firstAfter(List<String> names, @Nullable String start) {
        if (start == null) {
            return 0;
        }
        int at = Collections.binarySearch(names, start);
        return at < 0 ? -at - 1 : at + 1;
    }

    public NoOutput tagResource(TagResourceInput input) {
        tags.tag(input);
        return NoOutput.INSTANCE;
    }

    public NoOutput untagResource(UntagResourceInput input) {
        tags.untag(input);
        return NoOutput.INSTANCE;
    }

    public ListTagsOfResourceOutput listTagsOfResource(ListTagsOfResourceInput input) {
        return tags.list(input);
    }

    public DescribeLimitsOutput describeLimits(DescribeLimitsInput input) {
        return side.limits();
    }

    public DescribeEndpointsResponse describeEndpoints(DescribeEndpointsRequest input) {
        return side.endpoints();
    }

    /** The answer is the request: how far it is, DescribeTimeToLive tells. */
    public UpdateTimeToLiveOutput updateTimeToLive(UpdateTimeToLiveInput input) {
        var wanted = Objects.requireNonNull(input.timeToLiveSpecification());
        carryOn(change(input.tableName(), table -> TimeToLiveOperations.changes(wanted, table)));
        return UpdateTimeToLiveOutput.builder().timeToLiveSpecification(wanted).build();
    }

    public DescribeTimeToLiveOutput describeTimeToLive(DescribeTimeToLiveInput input) {
        return TimeToLiveOperations.describe(table(arns.nameOf(Objects.requireNonNull(input.tableName()))));
    }

    public DescribeContinuousBackupsOutput describeContinuousBackups(DescribeContinuousBackupsInput input) {
        return side.continuousBackups(input);
    }

    public DescribeContributorInsightsOutput describeContributorInsights(DescribeContributorInsightsInput input) {
        return side.contributorInsights(input);
    }

    public DescribeKinesisStreamingDestinationOutput describeKinesisStreamingDestination(
            DescribeKinesisStreamingDestinationInput input) {
        return side.kinesis(input);
    }

    public DescribeTableReplicaAutoScalingOutput describeTableReplicaAutoScaling(
            DescribeTableReplicaAutoScalingInput input) {
        return side.autoScaling(input);
    }

    public GetResourcePolicyOutput getResourcePolicy(GetResourcePolicyInput input) {
        return side.resourcePolicy(input);
    }

    /** As of now, wherever it was changed last: here is where clients look whether a change is done. */
    private Table table(String name) {
        return catalog.newestKnown().table(name).orElseThrow(() -> Refusals.tableNotFound(name));
    }

    /** Version 4, variant 2 (RFC 9562): random but for six bits. */
    private UUID newUuid() {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & ~(0b11L << 62)) | (0b10L << 62);
        return new UUID(high, low);
    }
}

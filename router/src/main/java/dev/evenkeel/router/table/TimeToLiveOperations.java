package dev.evenkeel.router.table;

import dev.evenkeel.api.shape.DescribeTimeToLiveOutput;
import dev.evenkeel.api.shape.TimeToLiveDescription;
import dev.evenkeel.api.shape.TimeToLiveSpecification;
import dev.evenkeel.metadata.CatalogChange.SetTimeToLive;
import dev.evenkeel.metadata.CatalogChange.TableChange;
import dev.evenkeel.metadata.Table;
import dev.evenkeel.metadata.TableStatus;
import dev.evenkeel.metadata.TimeToLive;
import dev.evenkeel.metadata.TimeToLiveStatus;
import dev.evenkeel.model.DynamoException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether and how the items of a table expire, in DynamoDB's words. DynamoDB takes one change in about half an hour and
 * refuses the next with {@link #tooOften}; here that is so only while a change is under way.
 */
final class TimeToLiveOperations {
    private static final String DISABLED = "DISABLED";

    private TimeToLiveOperations() {}

    /**
     * The change of a table as it is. What contradicts what the table has is told before what comes too early. A table that
     * is being deleted takes changes, as it does at AWS.
     */
    static List<TableChange> changes(TimeToLiveSpecification wanted, Table table) {
        if (table.status() == TableStatus.CREATING) {
            throw Refusals.inUse("Table " + table.name() + " is being created");
        }
        var attribute = Objects.requireNonNull(wanted.attributeName());
        var current = table.timeToLive();
        boolean isWanted = Objects.requireNonNull(wanted.enabled());
        var next = isWanted ? enabled(current, attribute, table) : disabled(current, attribute);
        return List.of(new SetTimeToLive(table.id(), next));
    }

    private static TimeToLive enabled(@Nullable TimeToLive current, String attribute, Table table) {
        if (current == null) {
            return new TimeToLive(attribute, TimeToLiveStatus.ENABLING, table.version());
        }
        if (current.status() == TimeToLiveStatus.DISABLING) {
            throw tooOften();
        }
        requireSame(current, attribute);
        throw DynamoException.validation("TimeToLive is already enabled");
    }

    private static TimeToLive disabled(@Nullable TimeToLive current, String attribute) {
        if (current == null || current.status() == TimeToLiveStatus.DISABLING) {
            throw DynamoException.validation("TimeToLive is already disabled");
        }
        requireSame(current, attribute);
        if (current.status() == TimeToLiveStatus.ENABLING) {
            throw tooOften();
        }
        return current.withStatus(TimeToLiveStatus.DISABLING);
    }

    private static void requireSame(TimeToLive current, String attribute) {
        if (!current.attribute().equals(attribute)) {
            throw DynamoException.validation(
                    "TimeToLive is active on a different AttributeName: current AttributeName is "
                            + current.attribute());
        }
    }

    private static DynamoException tooOften() {
        return DynamoException.validation("Time to live has been modified multiple times within a fixed interval");
    }

    static DescribeTimeToLiveOutput describe(Table table) {
        if (table.status() == TableStatus.CREATING || table.status() == TableStatus.DELETING) {
            throw DynamoException.validation("Cannot describe time to live while table is in " + table.status()
                    + " state: Current table state is " + table.status());
        }
        var timeToLive = table.timeToLive();
        var description = TimeToLiveDescription.builder();
        return DescribeTimeToLiveOutput.builder()
                .timeToLiveDescription(
                        timeToLive == null
                                ? description.timeToLiveStatus(DISABLED).build()
                                : description
                                        .timeToLiveStatus(timeToLive.status().name())
                                        .attributeName(timeToLive.attribute())
                                        .build())
                .build();
    }
}

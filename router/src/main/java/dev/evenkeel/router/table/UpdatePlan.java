package dev.evenkeel.router.table;

import dev.evenkeel.api.shape.UpdateTableInput;
import dev.evenkeel.metadata.BillingMode;
import dev.evenkeel.metadata.CatalogChange.SetTableSettings;
import dev.evenkeel.metadata.CatalogChange.SetTableStatus;
import dev.evenkeel.metadata.CatalogChange.TableChange;
import dev.evenkeel.metadata.OnDemandThroughput;
import dev.evenkeel.metadata.StreamSettings;
import dev.evenkeel.metadata.StreamViewType;
import dev.evenkeel.metadata.Table;
import dev.evenkeel.metadata.TableClass;
import dev.evenkeel.metadata.TableSettings;
import dev.evenkeel.metadata.TableStatus;
import dev.evenkeel.metadata.Throughput;
import dev.evenkeel.model.DynamoException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What an UpdateTable request comes to for one table as it is: changes for the catalog, or a refusal. The catalog takes
 * them only while the table still is as it was here.
 */
final class UpdatePlan {
    private final UpdateTableInput input;
    private final Table table;
    private final TableOptions options;
    private final Instant now;
    private final BillingMode billing;
    private TableSettings settings;
    private boolean holdsTable;

    private UpdatePlan(UpdateTableInput input, Table table, TableOptions options, Instant now) {
        this.input = input;
        this.table = table;
        this.options = options;
        this.now = now;
        this.settings = table.settings();
        var asked = input.billingMode();
        this.billing = asked == null ? settings.billing() : BillingMode.valueOf(asked);
    }

    /** @return empty when nothing is to change */
    static List<TableChange> of(UpdateTableInput input, Table table, TableOptions options, Instant now) {
        return new UpdatePlan(input, table, options, now).changes();
    }

    private List<TableChange> changes() {
        BusyTable.requireNotComingOrGoing(table);
        planThroughput();
        planOnDemand();
        planWarm();
        planStream();
        planEncryption();
        planTableClass();
        planDeletionProtection();
        var indexes = new IndexUpdatePlan(input, table, billing, options, now);
        var indexChanges = indexes.changes();

        var changes = new ArrayList<TableChange>();
        if (holdsTable || indexes.holdsTable()) {
            changes.add(new SetTableStatus(table.id(), TableStatus.UPDATING));
        }
        if (!settings.equals(table.settings())) {
            changes.add(new SetTableSettings(table.id(), settings));
        }
        changes.addAll(indexChanges);
        return changes;
    }

    private void planThroughput() {
        var given = input.provisionedThroughput();
        if (given != null && billing == BillingMode.PAY_PER_REQUEST) {
            throw UpdateRequestRules.neitherUnits();
        }
        if (billing != settings.billing()) {
            BusyTable.requireSteadyThroughput(table);
            var units = given == null ? Throughput.ZERO : ThroughputRules.provisioned(given);
            settings = settings.withBilling(
                            billing, billing == BillingMode.PAY_PER_REQUEST ? null : settings.onDemandSince())
                    .withThroughput(settings.throughput().withUnits(units))
                    .withOnDemand(OnDemandThroughput.NONE);
            holdsTable = true;
        } else if (given != null) {
            planUnits(ThroughputRules.provisioned(given));
        }
    }

    private void planUnits(Throughput asked) {
        var throughput = settings.throughput();
        var current = throughput.pending() == null ? throughput.units() : throughput.pending();
        if (asked.equals(current)) {
            throw unchanged("the table", "the table", current);
        }
        BusyTable.requireSteadyThroughput(table);
        if (current.fallsTo(asked)) {
            DecreaseRule.check(throughput, now);
        }
        settings = settings.withThroughput(throughput.beginning(asked, now));
        holdsTable = true;
    }

    static DynamoException unchanged(String subject, String owner, Throughput current) {
        return DynamoException.validation("The provisioned throughput for " + subject
                + " will not change. The requested value equals the current value. Current ReadCapacityUnits"
                + " provisioned for " + owner + ": " + current.readUnits() + ". Requested ReadCapacityUnits: "
                + current.readUnits() + ". Current WriteCapacityUnits provisioned for " + owner + ": "
                + current.writeUnits() + ". Requested WriteCapacityUnits: " + current.writeUnits()
                + ". Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher"
                + " limits.");
    }

    private void planOnDemand() {
        var given = input.onDemandThroughput();
        if (given == null || !ThroughputRules.isGiven(given)) {
            return;
        }
        if (billing == BillingMode.PROVISIONED) {
            throw ThroughputRules.onDemandRefused(
                    given, " for OnDemandThroughput cannot be specified when the table BillingMode is PROVISIONED");
        }
        var next = ThroughputRules.onDemand(given, settings.onDemand(), true, "table");
        if (table.status() == TableStatus.UPDATING) {
            throw BusyTable.inUse(
                    table, "OnDemandThroughput cannot be updated while BillingMode update is in progress");
        }
        settings = settings.withOnDemand(next);
    }

    private void planWarm() {
        var given = input.warmThroughput();
        if (given != null) {
            settings = settings.withWarm(ThroughputRules.raisedWarm(given, settings.warm(), "table"));
        }
    }

    private void planStream() {
        var given = input.streamSpecification();
        if (given == null) {
            return;
        }
        var stream = settings.stream();
        boolean enables = Objects.requireNonNull(given.streamEnabled());
        if (enables && stream.isEnabled()) {
            throw DynamoException.validation("Table already has an enabled stream: TableName: " + table.name());
        }
        if (!enables && !stream.isEnabled()) {
            throw DynamoException.validation("Table has no stream to disable: TableName: " + table.name());
        }
        BusyTable.requireSteadyForStream(table);
        var next = enables
                ? new StreamSettings(
                        StreamViewType.valueOf(Objects.requireNonNull(given.streamViewType())),
                        StreamLabels.after(stream.label(), now))
                : new StreamSettings(null, stream.label());
        settings = settings.withStream(next);
        holdsTable = true;
    }

    private void planEncryption() {
        var given = input.sseSpecification();
        if (given == null) {
            return;
        }
        var current = settings.kmsKeyArn();
        var next = EncryptionRules.keyArn(given, options);
        if (next == null && current == null) {
            throw Refusals.invalid("Table is already encrypted by default");
        }
        if (next != null && next.equals(current) && next.equals(given.kmsMasterKeyId())) {
            throw Refusals.invalid("Table is already encrypted with given KMSMasterKeyId. Use KMSMasterKeyId parameter"
                    + " if you want to change Master Key");
        }
        settings = settings.withKmsKeyArn(next);
    }

    private void planTableClass() {
        var given = input.tableClass();
        if (given == null) {
            return;
        }
        var next = TableClass.valueOf(given);
        var current = settings.tableClass() == null ? TableClass.STANDARD : settings.tableClass();
        if (next != current) {
            if (table.status() == TableStatus.UPDATING) {
                throw BusyTable.inUse(table, "Can't update table class when a table class update is in progress");
            }
            settings = settings.withTableClass(next, now);
            holdsTable = true;
        }
    }

    private void planDeletionProtection() {
        var given = input.deletionProtectionEnabled();
        if (given != null) {
            settings = settings.withDeletionProtection(given);
        }
    }
}

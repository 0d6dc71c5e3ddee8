package dev.evenkeel.router.table;

import dev.evenkeel.api.shape.GlobalSecondaryIndexUpdate;
import dev.evenkeel.api.shape.UpdateTableInput;
import dev.evenkeel.metadata.BillingMode;
import dev.evenkeel.model.DynamoException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with an UpdateTable request whatever the table is, in the order in which DynamoDB says it. UpdateTable
 * takes one change at a time, with few exceptions.
 */
final class UpdateRequestRules {
    private final UpdateTableInput input;
    private final List<GlobalSecondaryIndexUpdate> indexUpdates;

    private UpdateRequestRules(UpdateTableInput input) {
        this.input = input;
        var updates = input.globalSecondaryIndexUpdates();
        this.indexUpdates = updates == null ? List.of() : updates;
    }

    static void check(UpdateTableInput input) {
        var rules = new UpdateRequestRules(input);
        rules.refuseUnsupported();
        rules.requireSomething();
        rules.checkThroughput();
        rules.checkIndexUpdates();
        rules.requireOneChange();
        rules.checkStream();
    }

    private void refuseUnsupported() {
        refuseUnsupported(input.replicaUpdates(), "ReplicaUpdates");
        refuseUnsupported(input.multiRegionConsistency(), "MultiRegionConsistency");
        refuseUnsupported(input.globalTableWitnessUpdates(), "GlobalTableWitnessUpdates");
        refuseUnsupported(input.vectorIndexUpdates(), "VectorIndexUpdates");
    }

    private static void refuseUnsupported(@Nullable Object given, String name) {
        if (given != null) {
            throw Refusals.unsupported(name);
        }
    }

    private void requireSomething() {
        boolean something = input.billingMode() != null
                || input.provisionedThroughput() != null
                || input.streamSpecification() != null
                || input.sseSpecification() != null
                || input.tableClass() != null
                || input.deletionProtectionEnabled() != null
                || ThroughputRules.isGiven(input.onDemandThroughput())
                || input.warmThroughput() != null;
        if (!something && indexUpdates.isEmpty()) {
            throw DynamoException.validation("At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled,"
                    + " GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates, MultiAccountReplicaReady,"
                    + " ReplicaTransitRoleArn, MultiRegionConsistency, DeletionProtectionEnabled,"
                    + " OnDemandThroughput, WarmThroughput or TableClass is required");
        }
        if (input.globalSecondaryIndexUpdates() != null && indexUpdates.isEmpty()) {
            throw Refusals.invalid("List of GlobalSecondaryIndexUpdates is empty");
        }
    }

    private void checkThroughput() {
        var throughput = input.provisionedThroughput();
        boolean toProvisioned = BillingMode.PROVISIONED.name().equals(input.billingMode());
        if (toProvisioned && throughput == null) {
            throw Refusals.invalid("ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
        }
        if (throughput != null) {
            if (input.billingMode() != null && !toProvisioned) {
                throw neitherUnits();
            }
            ThroughputRules.requireInBounds(ThroughputRules.provisioned(throughput));
        }
    }

    static DynamoException neitherUnits() {
        return Refusals.invalid("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is"
                + " PAY_PER_REQUEST");
    }

    private void checkIndexUpdates() {
        var names = new HashSet<String>();
        for (var update : indexUpdates) {
            checkIndexUpdate(update, names);
        }
    }

    private static void checkIndexUpdate(GlobalSecondaryIndexUpdate update, Set<String> names) {
        int actions = (update.update() == null ? 0 : 1)
                + (update.create() == null ? 0 : 1)
                + (update.delete() == null ? 0 : 1);
        if (actions == 0) {
            throw Refusals.invalid("One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create,"
                    + " GlobalSecondaryIndexUpdate.Delete must not be null");
        }
        if (actions > 1) {
            throw Refusals.invalid(
                    "Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object");
        }
        var name = indexName(update);
        if (!names.add(name)) {
            throw Refusals.invalid(
                    "Only one global secondary index update per index is allowed simultaneously. Index: " + name);
        }
    }

    static String indexName(GlobalSecondaryIndexUpdate given) {
        var update = given.update();
        var create = given.create();
        var delete = given.delete();
        @Nullable String name = null;
        if (update != null) {
            name = update.indexName();
        } else if (create != null) {
            name = create.indexName();
        } else if (delete != null) {
            name = delete.indexName();
        }
        return Objects.requireNonNull(name);
    }

    private void requireOneChange() {
        int changes = count(
                input.billingMode() != null || input.provisionedThroughput() != null,
                input.streamSpecification() != null,
                input.sseSpecification() != null,
                input.tableClass() != null,
                input.deletionProtectionEnabled() != null,
                ThroughputRules.isGiven(input.onDemandThroughput()),
                input.warmThroughput() != null,
                !indexUpdates.isEmpty());
        if (changes > 1) {
            refuseCombination();
        }
    }

    private static int count(boolean... given) {
        int count = 0;
        for (boolean one : given) {
            count += one ? 1 : 0;
        }
        return count;
    }

    private void refuseCombination() {
        requireAlone(input.sseSpecification(), "Server-Side Encryption modification");
        requireAlone(input.tableClass(), "TableClass modification");
        requireAlone(input.deletionProtectionEnabled(), "DeletionProtection modification");
        boolean createsIndex = indexUpdates.stream().anyMatch(update -> update.create() != null);
        if (input.warmThroughput() != null && createsIndex) {
            throw Refusals.invalid("Create global secondary index cannot be specified when updating WarmThroughput");
        }
        requireAlone(input.warmThroughput(), "WarmThroughput");
        if (ThroughputRules.isGiven(input.onDemandThroughput())
                && (input.streamSpecification() != null || !indexUpdates.isEmpty())) {
            throw Refusals.invalid(
                    "OnDemandThroughput can only be combined with BillingMode in an UpdateTable request");
        }
        boolean changesIndexes = createsIndex || indexUpdates.stream().anyMatch(update -> update.delete() != null);
        if (input.provisionedThroughput() != null && input.streamSpecification() != null) {
            throw Refusals.invalid("You cannot modify stream status while updating table IOPS");
        }
        if (input.provisionedThroughput() != null && changesIndexes) {
            throw Refusals.invalid("You cannot create or delete index while updating table IOPS");
        }
        if (input.streamSpecification() != null && changesIndexes) {
            throw Refusals.invalid("You cannot create or delete index while changing stream status");
        }
    }

    private static void requireAlone(@Nullable Object given, String what) {
        if (given != null) {
            throw Refusals.invalid(what + " must be the only operation in the request");
        }
    }

    private void checkStream() {
        var stream = input.streamSpecification();
        if (stream == null) {
            return;
        }
        boolean enables = Objects.requireNonNull(stream.streamEnabled());
        if (enables && stream.streamViewType() == null) {
            throw Refusals.invalid("If stream is being enabled then UpdateViewType is required");
        }
        if (!enables && stream.streamViewType() != null) {
            throw Refusals.invalid("If stream is being disabled, then UpdateViewType must not be specified");
        }
    }
}

package dev.evenkeel.router.table;

import dev.evenkeel.api.shape.AttributeDefinition;
import dev.evenkeel.api.shape.CreateTableInput;
import dev.evenkeel.api.shape.KeySchemaElement;
import dev.evenkeel.metadata.OnDemandThroughput;
import dev.evenkeel.metadata.StreamSettings;
import dev.evenkeel.metadata.StreamViewType;
import dev.evenkeel.metadata.TableClass;
import dev.evenkeel.metadata.TableDefinition;
import dev.evenkeel.metadata.TableSettings;
import dev.evenkeel.metadata.Throughput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A CreateTable request, checked in DynamoDB's order and made into what the catalog takes. */
final class NewTable {
    private static final String ON_DEMAND = "PAY_PER_REQUEST";

    private final CreateTableInput input;
    private final TableOptions options;
    private final boolean onDemand;

    NewTable(CreateTableInput input, TableOptions options) {
        this.input = input;
        this.options = options;
        this.onDemand = ON_DEMAND.equals(input.billingMode());
    }

    /** @param name of the table, {@code TableName} being a name or an ARN */
    TableDefinition definition(String name, UUID uuid, Instant now) {
        var attributes = input.attributeDefinitions();
        var elements = input.keySchema();
        if (attributes == null || elements == null) {
            throw missing(attributes, elements);
        }
        refuseUnsupported();
        var units = units();
        var ceilings = ceilings();
        var keys = new KeyRules(attributes);
        var tableKey = keys.tableKey(elements);
        var indexes =
                new NewIndexes(keys, tableKey, onDemand, input.localSecondaryIndexes(), input.globalSecondaryIndexes());
        var local = indexes.local();
        var global = indexes.global();
        ProjectionRules.requireFewAttributes(NewIndexes.projections(local, global));
        var settings = settings(units, ceilings, now);
        return new TableDefinition(
                name, options.tableArn(name), uuid, now, tableKey, keys.definitions(), local, global, settings, tags());
    }

    /** The model requires neither any more; DynamoDB does. */
    private static RuntimeException missing(
            @Nullable List<AttributeDefinition> attributes, @Nullable List<KeySchemaElement> elements) {
        var violations = new ArrayList<String>();
        if (attributes == null) {
            violations.add(notNull("attributeDefinitions"));
        }
        if (elements == null) {
            violations.add(notNull("keySchema"));
        }
        return Refusals.violations(violations);
    }

    private static String notNull(String member) {
        return "Value null at '" + member + "' failed to satisfy constraint: Member must not be null";
    }

    private void refuseUnsupported() {
        if (input.vectorIndexes() != null) {
            throw Refusals.unsupported("VectorIndexes");
        }
        if (input.globalTableSourceArn() != null) {
            throw Refusals.unsupported("GlobalTableSourceArn");
        }
        if (input.resourcePolicy() != null) {
            throw Refusals.unsupported("ResourcePolicy");
        }
    }

    private Throughput units() {
        var given = input.provisionedThroughput();
        if (onDemand) {
            if (given != null) {
                throw Refusals.invalid("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when"
                        + " BillingMode is PAY_PER_REQUEST");
            }
            return Throughput.ZERO;
        }
        if (given == null) {
            throw Refusals.invalid("ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode"
                    + " is PROVISIONED");
        }
        var units = ThroughputRules.provisioned(given);
        ThroughputRules.requireInBounds(units);
        return units;
    }

    private OnDemandThroughput ceilings() {
        var given = input.onDemandThroughput();
        if (given == null || !ThroughputRules.isGiven(given)) {
            return OnDemandThroughput.NONE;
        }
        if (!onDemand) {
            throw ThroughputRules.onDemandRefused(
                    given, " for OnDemandThroughput cannot be specified when table BillingMode is PROVISIONED.");
        }
        return ThroughputRules.onDemand(given, OnDemandThroughput.NONE, false, "table");
    }

    private TableSettings settings(Throughput units, OnDemandThroughput ceilings, Instant now) {
        var settings = onDemand
                ? TableSettings.forOnDemand()
                : TableSettings.forProvisioned(units.readUnits(), units.writeUnits());
        settings = settings.withOnDemand(ceilings)
                .withWarm(ThroughputRules.newWarm(input.warmThroughput(), units, "table"))
                .withDeletionProtection(Boolean.TRUE.equals(input.deletionProtectionEnabled()))
                .withStream(stream(now));
        var encryption = input.sseSpecification();
        if (encryption != null) {
            settings = settings.withKmsKeyArn(EncryptionRules.keyArn(encryption, options));
        }
        var tableClass = input.tableClass();
        return tableClass == null ? settings : settings.withTableClass(TableClass.valueOf(tableClass), null);
    }

    private StreamSettings stream(Instant now) {
        var given = input.streamSpecification();
        if (given == null) {
            return StreamSettings.OFF;
        }
        var view = given.streamViewType();
        if (!Objects.requireNonNull(given.streamEnabled())) {
            if (view != null) {
                throw Refusals.invalid(
                        "Table is being created with a stream disabled, UpdateViewType should not be" + " specified");
            }
            return StreamSettings.OFF;
        }
        if (view == null) {
            throw Refusals.invalid("Table is being created with a stream enabled, UpdateViewType is required");
        }
        return new StreamSettings(StreamViewType.valueOf(view), StreamLabels.at(now));
    }

    private Map<String, String> tags() {
        var tags = input.tags();
        return tags == null ? Map.of() : TagRules.read(tags);
    }
}

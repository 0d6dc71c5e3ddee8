package dev.evenkeel.server.transfer;

import dev.evenkeel.api.Operation;
import dev.evenkeel.api.shape.CreateTableInput;
import dev.evenkeel.model.AttributeType;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.KeyAttribute;
import dev.evenkeel.model.KeySchema;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What of a table travels: name, key, indexes, how it is billed. Streams, TTL, tags, encryption and policies do not: they
 * belong to where a table is.
 */
public final class TransferTable {
    static final String ON_DEMAND = "PAY_PER_REQUEST";

    private final CreateTableInput input;
    private final KeySchema key;

    private TransferTable(CreateTableInput input) {
        this.input = input;
        this.key = key(input);
    }

    /** @throws TransferException when it is not the input of a CreateTable */
    static TransferTable ofCreateTable(byte[] json) {
        return new TransferTable(read(json));
    }

    /**
     * Reads the {@code Table} of a DescribeTable: its members are called as those of CreateTable, but for how it is billed.
     *
     * @throws TransferException when it is none
     */
    static TransferTable ofDescription(byte[] json) {
        try {
            JsonObject description = JsonObject.parse(json);
            boolean onDemand = description
                    .object("BillingModeSummary")
                    .flatMap(summary -> summary.raw("BillingMode"))
                    .filter(mode -> mode.length == ON_DEMAND.length() + 2)
                    .isPresent();
            var input = read(json).toBuilder().billingMode(onDemand ? ON_DEMAND : "PROVISIONED");
            return new TransferTable(input.build());
        } catch (IOException e) {
            throw new TransferException("This is no description of a table: " + e.getMessage(), e);
        }
    }

    @SuppressWarnings("unchecked") // the name says the type
    private static CreateTableInput read(byte[] json) {
        try {
            return ((Operation<CreateTableInput, ?>)
                            Operation.named("CreateTable").orElseThrow())
                    .read(json);
        } catch (DynamoException e) {
            throw new TransferException("This is no input of a CreateTable: " + e.getMessage(), e);
        }
    }

    private static KeySchema key(CreateTableInput input) {
        List<KeyAttribute> partition = keyAttributes(input, "HASH");
        if (partition.isEmpty()) {
            throw new TransferException("The table has no partition key");
        }
        return new KeySchema(partition, keyAttributes(input, "RANGE"));
    }

    private static List<KeyAttribute> keyAttributes(CreateTableInput input, String keyType) {
        return orNone(input.keySchema()).stream()
                .filter(element -> keyType.equals(element.keyType()))
                .map(element -> keyAttribute(input, String.valueOf(element.attributeName())))
                .toList();
    }

    private static KeyAttribute keyAttribute(CreateTableInput input, String name) {
        return orNone(input.attributeDefinitions()).stream()
                .filter(definition -> name.equals(definition.attributeName()))
                .map(definition -> AttributeType.ofWireName(String.valueOf(definition.attributeType())))
                .filter(Objects::nonNull)
                .filter(AttributeType::isScalarKey)
                .map(type -> new KeyAttribute(name, type))
                .findFirst()
                .orElseThrow(() -> new TransferException("The table does not say the type of its key " + name));
    }

    static <T> List<T> orNone(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    String name() {
        return String.valueOf(input.tableName());
    }

    KeySchema key() {
        return key;
    }

    TransferTable withName(String name) {
        return new TransferTable(input.toBuilder().tableName(name).build());
    }

    /** The key as people write it, e.g. {@code customer (S), number (N)}. */
    static String describe(KeySchema key) {
        return key.attributes().stream()
                .map(attribute -> attribute.name() + " (" + attribute.type() + ")")
                .reduce((before, next) -> before + ", " + next)
                .orElse("");
    }

    /** The input of the CreateTable that makes it, in one line. */
    String createTable() {
        return CreateTableWriter.write(input);
    }
}

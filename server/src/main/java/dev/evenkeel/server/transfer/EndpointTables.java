package dev.evenkeel.server.transfer;

import dev.evenkeel.model.KeySchema;
import java.io.IOException;
import java.util.Optional;

/** The tables at one endpoint: looked at, and made. */
record EndpointTables(DynamoClient client) {
    /**
     * A table that is there.
     *
     * @param arn as the endpoint has it
     * @param items about how many it has; DynamoDB counts every six hours
     */
    record Found(TransferTable table, String arn, long items, boolean active) {}

    /** Empty when there is none of that name. */
    Optional<Found> find(String name) {
        try {
            JsonObject answer = client.call("DescribeTable", "{\"TableName\":" + quoted(name) + "}");
            byte[] description = answer.raw("Table").orElseThrow(() -> new IOException("it has no Table"));
            JsonObject table = JsonObject.parse(description);
            return Optional.of(new Found(
                    TransferTable.ofDescription(description),
                    table.text("TableArn").orElse("table/" + name),
                    table.number("ItemCount").orElse(0L),
                    !table.text("TableStatus").orElse("ACTIVE").equals("CREATING")));
        } catch (RefusedException e) {
            if (e.isFor("ResourceNotFoundException")) {
                return Optional.empty();
            }
            throw new TransferException("Table " + name + " at " + client.endpoint() + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new TransferException(client.endpoint() + " does not answer as DynamoDB does: " + e.getMessage(), e);
        }
    }

    /** @throws TransferException when there is none */
    Found existing(String name) {
        return find(name)
                .orElseThrow(() -> new TransferException("There is no table " + name + " at " + client.endpoint()));
    }

    /**
     * Makes a table and waits until it takes items.
     *
     * @return what is there
     */
    Found create(TransferTable table) {
        try {
            client.call("CreateTable", table.createTable());
        } catch (RefusedException e) {
            if (!e.isFor("ResourceInUseException")) { // else an attempt that seemed to fail has made it
                throw new TransferException(
                        "Table " + table.name() + " cannot be created at " + client.endpoint() + ": " + e.getMessage(),
                        e);
            }
        }
        BackOff backOff = client.backOff();
        Optional<Found> found = find(table.name());
        while (found.isEmpty() || !found.get().active()) {
            backOff.pause("Table " + table.name() + " at " + client.endpoint() + " does not become active");
            found = find(table.name());
        }
        return found.get();
    }

    /** @throws TransferException when items with that key are not for that table */
    static void requireKey(Found found, KeySchema key, String whose) {
        KeySchema there = found.table().key();
        if (!there.equals(key)) {
            throw new TransferException("The key of table " + found.table().name() + " is "
                    + TransferTable.describe(there) + ", that of " + whose + " is " + TransferTable.describe(key));
        }
    }

    /** Names of tables and numbers of segments need no escaping; what is no name is told by the endpoint. */
    static String quoted(String name) {
        return "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}

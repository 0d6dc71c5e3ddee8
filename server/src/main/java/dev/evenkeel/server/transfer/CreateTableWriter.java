package dev.evenkeel.server.transfer;

import static dev.evenkeel.server.transfer.TransferTable.orNone;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.evenkeel.api.shape.AttributeDefinition;
import dev.evenkeel.api.shape.CreateTableInput;
import dev.evenkeel.api.shape.GlobalSecondaryIndex;
import dev.evenkeel.api.shape.KeySchemaElement;
import dev.evenkeel.api.shape.LocalSecondaryIndex;
import dev.evenkeel.api.shape.OnDemandThroughput;
import dev.evenkeel.api.shape.Projection;
import dev.evenkeel.api.shape.ProvisionedThroughput;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the input of a CreateTable as JSON: the API's codecs read inputs only. */
final class CreateTableWriter {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final CreateTableInput input;

    private CreateTableWriter(CreateTableInput input) {
        this.input = input;
    }

    /** In one line. */
    static String write(CreateTableInput input) {
        return new CreateTableWriter(input).createTable();
    }

    private String createTable() {
        var text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("TableName", input.tableName());
            writeDefinitions(json);
            writeKey(json, input.keySchema());
            writeBilling(json);
            writeLocalIndexes(json);
            writeGlobalIndexes(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return text.toString();
    }

    private void writeDefinitions(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("AttributeDefinitions");
        for (AttributeDefinition definition : orNone(input.attributeDefinitions())) {
            json.writeStartObject();
            json.writeStringField("AttributeName", definition.attributeName());
            json.writeStringField("AttributeType", definition.attributeType());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeKey(JsonGenerator json, @Nullable List<KeySchemaElement> key) throws IOException {
        json.writeArrayFieldStart("KeySchema");
        for (KeySchemaElement element : orNone(key)) {
            json.writeStartObject();
            json.writeStringField("AttributeName", element.attributeName());
            json.writeStringField("KeyType", element.keyType());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private boolean isOnDemand() {
        return TransferTable.ON_DEMAND.equals(input.billingMode());
    }

    private void writeBilling(JsonGenerator json) throws IOException {
        if (isOnDemand()) {
            json.writeStringField("BillingMode", TransferTable.ON_DEMAND);
        }
        writeThroughput(json, input.provisionedThroughput(), input.onDemandThroughput());
    }

    /** A description tells zeros of what is billed by request, which CreateTable refuses. */
    private void writeThroughput(
            JsonGenerator json, @Nullable ProvisionedThroughput provisioned, @Nullable OnDemandThroughput onDemand)
            throws IOException {
        if (!isOnDemand() && provisioned != null) {
            json.writeObjectFieldStart("ProvisionedThroughput");
            writeUnits(json, "ReadCapacityUnits", provisioned.readCapacityUnits());
            writeUnits(json, "WriteCapacityUnits", provisioned.writeCapacityUnits());
            json.writeEndObject();
        }
        if (isOnDemand() && onDemand != null) {
            json.writeObjectFieldStart("OnDemandThroughput");
            writeUnits(json, "MaxReadRequestUnits", onDemand.maxReadRequestUnits());
            writeUnits(json, "MaxWriteRequestUnits", onDemand.maxWriteRequestUnits());
            json.writeEndObject();
        }
    }

    private static void writeUnits(JsonGenerator json, String name, @Nullable Long units) throws IOException {
        if (units != null) {
            json.writeNumberField(name, units);
        }
    }

    private void writeLocalIndexes(JsonGenerator json) throws IOException {
        List<LocalSecondaryIndex> indexes = orNone(input.localSecondaryIndexes());
        if (!indexes.isEmpty()) {
            json.writeArrayFieldStart("LocalSecondaryIndexes");
            for (LocalSecondaryIndex index : indexes) {
                json.writeStartObject();
                json.writeStringField("IndexName", index.indexName());
                writeKey(json, index.keySchema());
                writeProjection(json, index.projection());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }

    private void writeGlobalIndexes(JsonGenerator json) throws IOException {
        List<GlobalSecondaryIndex> indexes = orNone(input.globalSecondaryIndexes());
        if (!indexes.isEmpty()) {
            json.writeArrayFieldStart("GlobalSecondaryIndexes");
            for (GlobalSecondaryIndex index : indexes) {
                json.writeStartObject();
                json.writeStringField("IndexName", index.indexName());
                writeKey(json, index.keySchema());
                writeProjection(json, index.projection());
                writeThroughput(json, index.provisionedThroughput(), index.onDemandThroughput());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }

    private static void writeProjection(JsonGenerator json, @Nullable Projection projection) throws IOException {
        if (projection != null) {
            json.writeObjectFieldStart("Projection");
            json.writeStringField("ProjectionType", projection.projectionType());
            List<String> attributes = orNone(projection.nonKeyAttributes());
            if (!attributes.isEmpty()) {
                json.writeArrayFieldStart("NonKeyAttributes");
                for (String attribute : attributes) {
                    json.writeString(attribute);
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        }
    }
}

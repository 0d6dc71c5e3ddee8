package dev.evenkeel.server.cluster;

import com.fasterxml.jackson.core.JsonFactory;
import dev.evenkeel.storage.StoreDigest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A digest of everything that each storage replica of a node holds: what must be equal when their LSNs are. */
final class ReplicaDigests {
    private static final JsonFactory JSON = new JsonFactory();

    private ReplicaDigests() {}

    static byte[] json(String node, List<HostedGroup> groups) {
        var out = new ByteArrayOutputStream();
        try (var json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("node", node);
            json.writeArrayFieldStart("groups");
            for (var group : groups) {
                var store = group.store();
                if (store != null) {
                    long before = store.appliedLsn();
                    var digest = StoreDigest.of(store, new byte[0], null);
                    json.writeStartObject();
                    json.writeNumberField("id", group.group().id());
                    json.writeNumberField("appliedLsn", before);
                    json.writeBooleanField("settled", before == store.appliedLsn());
                    json.writeNumberField("entries", digest.entries());
                    json.writeStringField("digest", digest.sha256());
                    json.writeEndObject();
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}

package dev.evenkeel.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * The payload of the first frame each way. The answer names the one version that both will speak.
 *
 * @param versionMin the oldest version of the protocol its sender speaks
 * @param versionMax the newest
 * @param cluster the cluster its sender belongs to
 * @param from the sender's id
 * @param to the id of the node the sender believes to talk to; an address may have changed hands
 */
record Hello(int versionMin, int versionMax, String cluster, String from, String to) {
    static final int VERSION_MIN = 1;
    static final int VERSION_MAX = 1;

    /** The longest name of a cluster or node, in bytes. */
    static final int NAME_BYTES_MAX = 255;

    /** What is taken from a stranger before it has said who it is: a hello, or the reason for refusing ours. */
    static final int PAYLOAD_BYTES_MAX = 8 * 1024;

    static void checkName(String what, String name) {
        if (name.isBlank() || name.getBytes(UTF_8).length > NAME_BYTES_MAX) {
            throw new IllegalArgumentException(what + " must have 1 to " + NAME_BYTES_MAX + " bytes: " + name);
        }
    }

    /** Why its sender cannot be talked to by the node {@code self}; null when it can. */
    @Nullable
    String objection(String ownCluster, String self) {
        if (versionMin > VERSION_MAX || versionMax < VERSION_MIN) {
            return from + " speaks versions " + versionMin + " to " + versionMax + " of the protocol, " + self
                    + " speaks " + VERSION_MIN + " to " + VERSION_MAX;
        }
        if (!cluster.equals(ownCluster)) {
            return from + " belongs to the cluster \"" + cluster + "\", " + self + " to \"" + ownCluster + "\"";
        }
        if (!to.equals(self)) {
            return from + " looks for " + to + ", but this is " + self;
        }
        return null;
    }

    /** The newest version that its sender and this node both speak. */
    int commonVersion() {
        return Math.min(versionMax, VERSION_MAX);
    }

    byte[] encode() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(versionMin);
            out.writeByte(versionMax);
            for (String name : new String[] {cluster, from, to}) {
                byte[] utf8 = name.getBytes(UTF_8);
                out.writeByte(utf8.length);
                out.write(utf8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // an array does not fail
        }
        return bytes.toByteArray();
    }

    /** What a later version appends is passed over. */
    static Hello decode(byte[] payload) throws FrameException {
        try (var in = new DataInputStream(new ByteArrayInputStream(payload))) {
            return new Hello(in.readUnsignedByte(), in.readUnsignedByte(), name(in), name(in), name(in));
        } catch (IOException e) {
            throw new FrameException("a hello of " + payload.length + " bytes ends too early");
        }
    }

    private static String name(DataInputStream in) throws IOException {
        var utf8 = new byte[in.readUnsignedByte()];
        in.readFully(utf8);
        return new String(utf8, UTF_8);
    }
}

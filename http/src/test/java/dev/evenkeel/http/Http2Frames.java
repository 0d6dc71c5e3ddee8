package dev.evenkeel.http;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** HTTP/2 frames by hand. */
final class Http2Frames {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int WINDOW_UPDATE = 8;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;
    static final int WINDOW = 65_535; // the protocol's initial one
    static final int FRAME_MAX = 16_384;

    private Http2Frames() {}

    static byte[] preface() throws IOException {
        var out = new ByteArrayOutputStream();
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.write(frame(SETTINGS, 0, 0, new byte[0]));
        return out.toByteArray();
    }

    /** HPACK: three entries of the static table (:method POST, :scheme http, :path /). */
    static byte[] postHeaders() {
        return new byte[] {(byte) 0x83, (byte) 0x86, (byte) 0x84};
    }

    static byte[] frame(int type, int flags, int stream, byte[] payload) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeByte(payload.length >> 16);
        out.writeShort(payload.length);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
        return bytes.toByteArray();
    }

    record Frame(int type, int stream, byte[] payload) {}

    static Frame nextFrame(DataInputStream in) throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        in.readByte();
        int stream = in.readInt();
        return new Frame(type, stream, in.readNBytes(length));
    }

    static byte[] payloadOfNext(DataInputStream in, int wanted) throws IOException {
        while (true) {
            Frame next = nextFrame(in);
            if (next.type() == wanted) {
                return next.payload();
            }
        }
    }
}

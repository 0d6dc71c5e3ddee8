package dev.evenkeel.verify.clock;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The constants of a class file, see chapter 4.4 of the Java Virtual Machine Specification. Code names the methods it calls
 * through them, so calls are turned to another class without a look at the code.
 */
final class ConstantPool {
    private static final int COUNT_OFFSET = 8;
    private static final int FIRST_OFFSET = 10;
    private static final int COUNT_MAX = 0xFFFF;

    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;
    private static final int METHOD = 10;

    private final byte[] classFile;
    private final ByteBuffer bytes;
    private final int count;

    /** Where each constant begins. */
    private final int[] offsets;

    /** Where the last constant ends. */
    private final int end;

    ConstantPool(byte[] classFile) {
        this.classFile = classFile;
        bytes = ByteBuffer.wrap(classFile);
        count = unsigned(COUNT_OFFSET);
        offsets = new int[count];
        int offset = FIRST_OFFSET;
        for (int i = 1; i < count; i++) {
            offsets[i] = offset;
            int tag = bytes.get(offset);
            offset += length(offset, tag);
            if (tag == LONG || tag == DOUBLE) {
                i++; // they count twice
            }
        }
        end = offset;
    }

    private int length(int offset, int tag) {
        return switch (tag) {
            case UTF8 -> 3 + unsigned(offset + 1);
            case CLASS, 8, 16, 19, 20 -> 3;
            case 15 -> 4;
            case 3, 4, 9, METHOD, 11, 12, 17, 18 -> 5;
            case LONG, DOUBLE -> 9;
            default -> throw new IllegalArgumentException("no constant has the tag " + tag);
        };
    }

    private int unsigned(int offset) {
        return Short.toUnsignedInt(bytes.getShort(offset));
    }

    /** The class file with these methods taken from another class; empty when it names none of them. */
    Optional<byte[]> withMethodsOf(String owner, Predicate<MethodName> isMoved) {
        var moved = new ArrayList<Integer>();
        for (int i = 1; i < count; i++) {
            if (offsets[i] > 0 && bytes.get(offsets[i]) == METHOD && isMoved.test(method(offsets[i]))) {
                moved.add(offsets[i]);
            }
        }
        if (moved.isEmpty()) {
            return Optional.empty();
        }
        if (count + 2 > COUNT_MAX) {
            throw new IllegalStateException("no room for another constant");
        }
        return Optional.of(rewritten(owner, moved));
    }

    private MethodName method(int offset) {
        int owner = offsets[unsigned(offset + 1)];
        int nameAndType = offsets[unsigned(offset + 3)];
        return new MethodName(text(unsigned(owner + 1)), text(unsigned(nameAndType + 1)));
    }

    private String text(int index) {
        int offset = offsets[index];
        return new String(classFile, offset + 3, unsigned(offset + 1), StandardCharsets.UTF_8);
    }

    private byte[] rewritten(String owner, List<Integer> moved) {
        var name = owner.getBytes(StandardCharsets.UTF_8);
        var head = ByteBuffer.wrap(classFile.clone());
        head.putShort(COUNT_OFFSET, (short) (count + 2));
        moved.forEach(offset -> head.putShort(offset + 1, (short) (count + 1)));
        var added = ByteBuffer.allocate(3 + name.length + 3)
                .put((byte) UTF8)
                .putShort((short) name.length)
                .put(name)
                .put((byte) CLASS)
                .putShort((short) count);
        var out = new ByteArrayOutputStream();
        out.write(head.array(), 0, end);
        out.writeBytes(added.array());
        out.write(classFile, end, classFile.length - end);
        return out.toByteArray();
    }
}

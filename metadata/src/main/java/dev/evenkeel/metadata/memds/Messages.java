package dev.evenkeel.metadata.memds;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The messages of MemDS.
 *
 * <pre>
 * request  = format:u8 kind:u8 …
 * lookup   = tableId:i32 position…           → result:u8, and when that is FOUND a route
 * lookups  = lookup request…                 → lookup answer… in the same order
 * push     = fact…                           → nothing
 * status   = nothing                         → rootHash:i64 facts:n synchronised:u8
 * subtrees = question… (whole:u8 prefix)     → subtree… (entry… child…) of the first questions; as many as fit
 * route    = partition key:raw value:raw, group value:raw   (see {@link FactCodec})
 * prefix   = halfBytes:n bytes…
 * child    = prefix hash:i64 size:n
 * answer   = format:u8 …
 * </pre>
 */
final class Messages {
    static final int FORMAT = 1;

    static final int LOOKUP = 1;
    static final int PUSH = 2;
    static final int STATUS = 3;
    static final int SUBTREES = 4;
    static final int LOOKUPS = 5;

    static final int NOT_YET = 0;
    static final int FOUND = 1;
    static final int UNKNOWN = 2;

    /** An answer about subtrees ends once it is longer, with questions left to be asked again. */
    static final int SUBTREES_BYTES_SOFT_MAX = 1 << 20;

    private Messages() {}

    /** Reads a message to its end. */
    static <T> T decode(byte[] message, Function<MessageSource, T> codec) {
        var in = new MessageSource(message);
        int format = in.u8();
        if (format != FORMAT) {
            throw new CorruptMessageException("a message of format " + format + "; this release reads " + FORMAT);
        }
        try {
            var value = codec.apply(in);
            in.end();
            return value;
        } catch (IllegalArgumentException broken) {
            throw new CorruptMessageException("a message contradicts itself: " + broken.getMessage(), broken);
        }
    }

    static MessageSink answer(int bytesExpected) {
        return new MessageSink(bytesExpected).u8(FORMAT);
    }

    private static MessageSink request(int kind, int bytesExpected) {
        return new MessageSink(2 + bytesExpected).u8(FORMAT).u8(kind);
    }

    static byte[] lookup(int tableId, byte[] position) {
        return request(LOOKUP, Integer.BYTES + position.length)
                .i32(tableId)
                .rest(position, 0)
                .toBytes();
    }

    static LookupAnswer readLookupAnswer(MessageSource in) {
        int result = in.u8();
        return switch (result) {
            case FOUND -> new LookupAnswer.Found(FactCodec.readRoute(in));
            case NOT_YET -> new LookupAnswer.NotYet();
            case UNKNOWN -> new LookupAnswer.Unknown();
            default -> throw new CorruptMessageException("no lookup has result " + result);
        };
    }

    static byte[] lookups(List<byte[]> requests) {
        return request(LOOKUPS, 32 * requests.size())
                .list(requests, MessageSink::raw)
                .toBytes();
    }

    static byte[] lookupsAnswer(List<byte[]> answers) {
        return answer(128 * answers.size()).list(answers, MessageSink::raw).toBytes();
    }

    static List<byte[]> readLookupsAnswer(MessageSource in) {
        return in.list(MessageSource::raw);
    }

    static byte[] push(PartitionPush push) {
        return request(PUSH, 128)
                .list(push.facts(), (out, fact) -> writeEntry(out, FactCodec.encode(fact)))
                .toBytes();
    }

    static PartitionPush readPush(MessageSource in) {
        return new PartitionPush(in.list(i -> FactCodec.decode(readEntry(i))));
    }

    static byte[] status() {
        return request(STATUS, 0).toBytes();
    }

    static byte[] statusAnswer(MemdsStatus status) {
        return answer(16)
                .i64(status.rootHash())
                .number(status.facts())
                .u8(status.synchronised() ? 1 : 0)
                .toBytes();
    }

    static MemdsStatus readStatusAnswer(MessageSource in) {
        return new MemdsStatus(in.i64(), in.count(), in.u8() == 1);
    }

    static byte[] subtrees(List<Subtree.Question> questions) {
        return request(SUBTREES, 16 * questions.size())
                .list(questions, Messages::writeQuestion)
                .toBytes();
    }

    private static void writeQuestion(MessageSink out, Subtree.Question question) {
        out.u8(question.whole() ? 1 : 0);
        writePrefix(out, question.prefix());
    }

    static List<Subtree.Question> readQuestions(MessageSource in) {
        return in.list(i -> {
            boolean whole = i.u8() == 1;
            return new Subtree.Question(readPrefix(i), whole);
        });
    }

    static byte[] subtreesAnswer(SubtreeReader reader, List<Subtree.Question> questions) {
        var out = answer(4_096);
        for (var question : questions) {
            if (out.length() > SUBTREES_BYTES_SOFT_MAX) {
                break;
            }
            var subtree = reader.read(question);
            out.list(subtree.entries(), Messages::writeEntry).list(subtree.children(), Messages::writeChild);
        }
        return out.toBytes();
    }

    static List<Subtree> readSubtreesAnswer(MessageSource in) {
        var subtrees = new ArrayList<Subtree>();
        while (in.remaining() > 0) {
            subtrees.add(new Subtree(in.list(Messages::readEntry), in.list(Messages::readChild)));
        }
        return subtrees;
    }

    private static void writeChild(MessageSink out, Subtree.Child child) {
        writePrefix(out, child.prefix());
        out.i64(child.summary().hash()).number(child.summary().size());
    }

    private static Subtree.Child readChild(MessageSource in) {
        return new Subtree.Child(readPrefix(in), new PerkleSummary(in.i64(), in.count()));
    }

    private static void writePrefix(MessageSink out, PerklePrefix prefix) {
        out.number(prefix.depth()).rest(prefix.path(), 0);
    }

    private static PerklePrefix readPrefix(MessageSource in) {
        int depth = in.count();
        if (depth > PerkleBucket.KEY_BYTES_MAX * Nibbles.PER_BYTE) {
            throw new CorruptMessageException("no key has " + depth + " half bytes");
        }
        return new PerklePrefix(in.bytes(Nibbles.bytes(depth)), depth);
    }

    private static void writeEntry(MessageSink out, PerkleEntry entry) {
        out.raw(entry.key()).raw(entry.value());
    }

    private static PerkleEntry readEntry(MessageSource in) {
        return new PerkleEntry(in.raw(), in.raw());
    }
}

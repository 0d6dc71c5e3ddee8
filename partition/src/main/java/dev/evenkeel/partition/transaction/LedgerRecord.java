package dev.evenkeel.partition.transaction;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import dev.evenkeel.model.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * What the ledger knows of a transaction: all that somebody needs who has to end it in its coordinator's place.
 *
 * <pre>
 * value = version:u8 id state:u8 timestamp digest finishedMillis count participant…
 * </pre>
 *
 * @param timestamp the transaction's place in the order of all
 * @param digest of the request, when the client gave it a token; else empty
 * @param finishedMillis when it ended, in milliseconds since the epoch; 0 before
 * @param participants empty when it has ended
 */
public record LedgerRecord(
        TransactionId id,
        State state,
        long timestamp,
        Bytes digest,
        long finishedMillis,
        List<Participant> participants) {
    private static final int VERSION = 1;

    /**
     * PREPARING to COMMITTING: all participants have accepted.
     * PREPARING to CANCELLING: one has not, or nobody went on with it.
     * COMMITTING to COMPLETED: all participants have been told; or to nothing, when nobody will ask again.
     * CANCELLING to nothing: likewise; its token is free again. To CANCELLED, when others have done so in the coordinator's
     * place: it must not begin again under the same name.
     */
    public enum State {
        PREPARING(1),
        COMMITTING(2),
        CANCELLING(3),
        COMPLETED(4),
        CANCELLED(5);

        private final int code;

        State(int code) {
            this.code = code;
        }

        private static State of(int code) {
            for (var state : values()) {
                if (state.code == code) {
                    return state;
                }
            }
            throw new IllegalStateException("a ledger record of unknown state " + code);
        }
    }

    public LedgerRecord {
        participants = List.copyOf(participants);
    }

    public static LedgerRecord preparing(
            TransactionId id, long timestamp, Bytes digest, List<Participant> participants) {
        return new LedgerRecord(id, State.PREPARING, timestamp, digest, 0, participants);
    }

    /** Of a transaction that one entry has done whole. */
    public static LedgerRecord completed(TransactionId id, long timestamp, Bytes digest, long finishedMillis) {
        return new LedgerRecord(id, State.COMPLETED, timestamp, digest, finishedMillis, List.of());
    }

    public LedgerRecord decided(boolean commits) {
        return new LedgerRecord(id, commits ? State.COMMITTING : State.CANCELLING, timestamp, digest, 0, participants);
    }

    /** What is remembered of it when all participants have been told. */
    public LedgerRecord ended(long nowMillis) {
        var end = state == State.CANCELLING ? State.CANCELLED : State.COMPLETED;
        return new LedgerRecord(id, end, timestamp, digest, nowMillis, List.of());
    }

    public boolean hasToken() {
        return digest.length() > 0;
    }

    /** Whether somebody may have to end it. */
    public boolean isOpen() {
        return state != State.COMPLETED && state != State.CANCELLED;
    }

    public byte[] encode() {
        var out = new ByteWriter(128).u8(VERSION);
        write(out);
        return out.toBytes();
    }

    public void write(ByteWriter out) {
        id.write(out);
        out.u8(state.code).unsigned(timestamp).bytes(digest.array()).unsigned(finishedMillis);
        out.unsigned(participants.size());
        participants.forEach(participant -> participant.write(out));
    }

    public static LedgerRecord decode(byte[] value) {
        var in = new ByteReader(value);
        int version = in.u8();
        if (version != VERSION) {
            throw new IllegalStateException(
                    "a ledger record of version " + version + ", this release reads " + VERSION);
        }
        return read(in);
    }

    public static LedgerRecord read(ByteReader in) {
        var id = TransactionId.read(in);
        var state = State.of(in.u8());
        long timestamp = in.unsigned();
        var digest = Bytes.wrap(in.bytes());
        long finishedMillis = in.unsigned();
        var participants = new ArrayList<Participant>();
        for (long i = in.unsigned(); i > 0; i--) {
            participants.add(Participant.read(in));
        }
        return new LedgerRecord(id, state, timestamp, digest, finishedMillis, participants);
    }
}

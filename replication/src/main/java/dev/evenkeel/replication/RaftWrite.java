package dev.evenkeel.replication;

import java.io.IOException;
import java.util.List;

/** A Raft group's change of its log or its vote. */
abstract sealed class RaftWrite extends LogWrite {
    final DiskRaftLog log;

    private RaftWrite(DiskRaftLog log) {
        this.log = log;
    }

    @Override
    LogMember member() {
        return log;
    }

    /** Takes note that its records are durable, from an offset of a segment on. */
    abstract void publish(Segment segment, long offset);

    /** Entries that follow the last one. */
    static final class Append extends RaftWrite {
        private final List<RaftEntry> entries;
        private final long memoryBytes;
        private final long recordBytes;

        /** @param entries not to be changed until it is done */
        Append(DiskRaftLog log, List<RaftEntry> entries) {
            super(log);
            this.entries = entries;
            long memory = 0;
            long records = 0;
            for (var entry : entries) {
                memory += entry.memoryBytes();
                records += RecordFormat.bytes(entry);
            }
            memoryBytes = memory;
            recordBytes = records;
        }

        @Override
        long memoryBytes() {
            return memoryBytes;
        }

        @Override
        long recordBytes() {
            return recordBytes;
        }

        @Override
        void put(RecordWriter records) throws IOException {
            for (var entry : entries) {
                records.put(log.id, RaftRecordKind.of(entry.kind()), entry.index(), entry.term(), entry.payload());
            }
        }

        @Override
        void publish(Segment segment, long offset) {
            log.state.append(segment, offset, entries);
        }
    }

    /** Anything else: one record. */
    static final class Change extends RaftWrite {
        private final RaftRecordKind kind;
        private final long index;
        private final long term;
        private final byte[] payload;

        Change(DiskRaftLog log, RaftRecordKind kind, long index, long term, byte[] payload) {
            super(log);
            this.kind = kind;
            this.index = index;
            this.term = term;
            this.payload = payload;
        }

        @Override
        long memoryBytes() {
            return payload.length + 64L;
        }

        @Override
        long recordBytes() {
            return RecordFormat.raftBytes(payload);
        }

        @Override
        void put(RecordWriter records) throws IOException {
            records.put(log.id, kind, index, term, payload);
        }

        @Override
        void publish(Segment segment, long offset) {
            log.states.apply(log.id, kind, index, term, payload);
        }
    }
}

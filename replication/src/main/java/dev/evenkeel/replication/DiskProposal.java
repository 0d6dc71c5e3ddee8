package dev.evenkeel.replication;

import java.io.IOException;

/** A solo group's proposal. */
final class DiskProposal extends LogWrite implements Proposal {
    final DiskGroup group;
    final LogEntry entry;

    DiskProposal(DiskGroup group, LogEntry entry) {
        this.group = group;
        this.entry = entry;
    }

    @Override
    public long lsn() {
        return entry.lsn();
    }

    @Override
    LogMember member() {
        return group;
    }

    @Override
    long memoryBytes() {
        return entry.memoryBytes();
    }

    @Override
    long recordBytes() {
        return RecordFormat.bytes(entry);
    }

    @Override
    void put(RecordWriter records) throws IOException {
        records.put(group.id, entry);
    }
}

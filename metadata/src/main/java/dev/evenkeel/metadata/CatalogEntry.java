package dev.evenkeel.metadata;

/**
 * A change as it stands in the log.
 *
 * <pre>
 * entry = format:u8 proposer:i64 proposal:i64 change
 * </pre>
 *
 * @param proposer tells one run of one node from all others, so that only the one waiting for this entry takes its
 *     outcome
 * @param proposal numbers the proposer's entries
 */
record CatalogEntry(long proposer, long proposal, CatalogChange change) {
    private static final int FORMAT = 1;

    byte[] encode() {
        var out = new Sink().u8(FORMAT).i64(proposer).i64(proposal);
        ChangeCodec.write(out, change);
        return out.toBytes();
    }

    static CatalogEntry decode(byte[] bytes) {
        var in = new Source(bytes);
        int format = in.u8();
        if (format != FORMAT) {
            throw new CorruptCatalogException("catalog entry format " + format + "; this release reads " + FORMAT);
        }
        try {
            var entry = new CatalogEntry(in.i64(), in.i64(), ChangeCodec.read(in));
            in.end();
            return entry;
        } catch (IllegalArgumentException broken) {
            throw new CorruptCatalogException("a catalog entry contradicts itself: " + broken.getMessage(), broken);
        }
    }
}
